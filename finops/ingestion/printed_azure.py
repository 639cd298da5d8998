"""What `az … list` and Azure Resource Graph print of disks, addresses, machines and the like."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

from finops.ingestion.printed import item
from finops.ingestion.printed import Shape
from finops.ingestion.printed import within

if TYPE_CHECKING:
    from finops.ingestion.printed import Entry
    from finops.ingestion.printed import Item

DISKS = (
    'az rest --method get --url "/subscriptions/{subscriptionId}/providers/Microsoft.Compute/disks'
    '?api-version=2024-03-02"'
)
"""Every disk of a subscription; `az disk list` of some versions asks for a resource group."""

_NOT_FREE = {"activesas", "activeupload", "attached"}


def _disk(entry: Entry) -> Item:
    state, holder = _of(entry, "diskState"), _of(entry, "managedBy")
    tags = entry.get("tags") or {}
    facts = {
        "attached": bool(holder) or str(state or "").casefold() in _NOT_FREE,
        "replica": any("asr-" in str(key).casefold() for key in tags),
        "type": within(entry, "sku", "name"),
        "size": _of(entry, "diskSizeGb") or _of(entry, "diskSizeGB"),
    }
    return item("disk", entry.get("id"), facts)


def _address(entry: Entry) -> Item:
    used = _of(entry, "ipConfiguration") or _of(entry, "natGateway")
    facts = {"attached": bool(used), "address": _of(entry, "ipAddress")}
    return item("address", entry.get("id"), facts)


def _snapshot(entry: Entry) -> Item:
    created = str(_of(entry, "timeCreated") or "")[:10]
    facts = {"created": created or None, "type": within(entry, "sku", "name")}
    return item("snapshot", entry.get("id"), facts)


def _machine(entry: Entry) -> Item:
    shown = within(entry, "properties", "extended", "instanceView", "powerState", "displayStatus")
    state = str(entry.get("powerState") or shown or "").removeprefix("VM ")
    size = within(entry, "hardwareProfile", "vmSize")
    size = size or within(entry, "properties", "hardwareProfile", "vmSize")
    return item("instance", entry.get("id"), {"state": state or None, "type": size})


def _balancer(entry: Entry) -> Item:
    pools = _of(entry, "backendAddressPools") or ()
    named = ("backendIPConfigurations", "loadBalancerBackendAddresses", "backendAddresses")
    held = (len(_of(pool, name) or ()) for pool in pools for name in named)
    return item("balancer", entry.get("id"), {"backends": sum(held)})


def _plan(entry: Entry) -> Item:
    facts = {"sites": _of(entry, "numberOfSites"), "type": within(entry, "sku", "name")}
    return item("plan", entry.get("id"), facts)


def _gateway(entry: Entry) -> Item:
    return item("nat", entry.get("id"), {"subnets": len(_of(entry, "subnets") or ())})


def _of(entry: Entry, name: str) -> Any:  # noqa: ANN401 -- whatever was printed
    """`az` prints a property by itself, Resource Graph below `properties`."""
    return entry.get(name) if name in entry else within(entry, "properties", name)


SHAPES = (
    Shape("microsoft.compute/disks", DISKS, _disk),
    Shape("microsoft.network/publicipaddresses", "az network public-ip list", _address),
    Shape("microsoft.compute/snapshots", "az snapshot list", _snapshot),
    Shape("microsoft.compute/virtualmachines", "az vm list -d", _machine),
    Shape("microsoft.network/loadbalancers", "az network lb list", _balancer),
    Shape(
        "microsoft.network/applicationgateways", "az network application-gateway list", _balancer
    ),
    Shape("microsoft.web/serverfarms", "az appservice plan list", _plan),
    Shape("microsoft.network/natgateways", "az network nat gateway list", _gateway),
)
"""What is read of `az` and of Resource Graph, by the resource's type."""
