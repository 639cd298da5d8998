"""The demo company's inventory: what read-only commands would print of some of its resources."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING

from finops.demo.ownership import Life

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from typing import Any

    from finops.demo.seasons import Month
    from finops.demo.usage import Site

    Entry = dict[str, Any]

PRINTED, METRICS = "inventory.json", "resource-metrics.csv"
_CPU, _DAYS = "cpu", 14
_YEARS = 2


def _aws_address(resource: str, month: Month, *, loose: bool) -> Entry:
    del month
    held = {} if loose else {"AssociationId": f"eipassoc-{_last(resource)[-17:]}"}
    return {"AllocationId": _last(resource), "Domain": "vpc", **held}


def _aws_disk(resource: str, month: Month, *, loose: bool) -> Entry:
    del month
    machine = {"InstanceId": f"i-{_last(resource)[-17:]}", "State": "attached"}
    state = "available" if loose else "in-use"
    return {
        "VolumeId": _last(resource), "State": state, "Attachments": [] if loose else [machine]
    }  # fmt: skip


def _aws_snapshot(resource: str, month: Month, *, loose: bool) -> Entry:
    """Of a machine that is gone, two years ago; or one that a backup plan keeps."""
    made = month.period.start.replace(year=month.period.year - _YEARS)
    kept = "before the move" if loose else "This snapshot is created by the AWS Backup service."
    return {
        "SnapshotId": _last(resource), "StartTime": f"{made}T04:00:00Z", "Description": kept
    }  # fmt: skip


def _aws_logs(resource: str, month: Month, *, loose: bool) -> Entry:
    del month
    name = resource.partition(":log-group:")[2]
    return {"arn": f"{resource}:*", "logGroupName": name} | (
        {} if loose else {"retentionInDays": 30}
    )


def _azure_disk(resource: str, month: Month, *, loose: bool) -> Entry:
    del month
    holder = None if loose else resource.replace("/disks/disk-", "/virtualMachines/vm-")
    state = "Unattached" if loose else "Attached"
    return _azure(resource, "Microsoft.Compute/disks", diskState=state, managedBy=holder)


def _azure_address(resource: str, month: Month, *, loose: bool) -> Entry:
    del month
    held = None if loose else {"id": f"{resource}/ipConfigurations/first"}
    return _azure(resource, "Microsoft.Network/publicIPAddresses", ipConfiguration=held)


def _azure_machine(resource: str, month: Month, *, loose: bool) -> Entry:
    del month
    state = "VM stopped" if loose else "VM running"
    return _azure(resource, "Microsoft.Compute/virtualMachines", powerState=state)


def _azure_plan(resource: str, month: Month, *, loose: bool) -> Entry:
    del month
    return _azure(resource, "Microsoft.Web/serverfarms", numberOfSites=0 if loose else 3)


def _azure_balancer(resource: str, month: Month, *, loose: bool) -> Entry:
    del month
    behind = [] if loose else [{"id": f"{resource}/backend/first"}]
    pools = [{"name": "pool", "backendIPConfigurations": behind}]
    return _azure(resource, "Microsoft.Network/loadBalancers", backendAddressPools=pools)


def _azure(resource: str, kind: str, **more: object) -> Entry:
    return {"id": resource, "type": kind, **more}


KINDS: dict[str, tuple[str, Callable[..., Entry]]] = {
    "aws-address": ("Addresses", _aws_address),
    "aws-disk": ("Volumes", _aws_disk),
    "aws-snapshot": ("Snapshots", _aws_snapshot),
    "aws-logs": ("logGroups", _aws_logs),
    "azure-disk": ("", _azure_disk),
    "azure-address": ("", _azure_address),
    "azure-machine": ("", _azure_machine),
    "azure-plan": ("", _azure_plan),
    "azure-balancer": ("", _azure_balancer),
}
"""Under which key `aws` prints each kind, and how; `az` prints lists."""


def printed(here: Site, month: Month) -> str:
    """What the commands print, one document after another, as of the end of the story."""
    documents = []
    for kind, (key, entry) in KINDS.items():
        entries = [
            entry(resource, month, loose=loose) for resource, loose in _told(here, kind, month)
        ]
        documents.append({key: entries} if key else entries)
    return "".join(f"{json.dumps(document, indent=1)}\n" for document in documents)


def metrics_csv(here: Site, month: Month) -> str:
    """What the processors of some machines did, as the csv that a person makes of metrics."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("resource", "metric", "average", "maximum", "days"))
    for one in here.company.waste["told"]:
        if one["kind"] == _CPU:
            for resource, _ in _resources(here, one, month):
                writer.writerow((resource, _CPU, one["average"], one["maximum"], _DAYS))
    return out.getvalue()


def _told(here: Site, kind: str, month: Month) -> Iterator[tuple[str, bool]]:
    for one in here.company.waste["told"]:
        if one["kind"] == kind:
            yield from _resources(here, one, month)


def _resources(here: Site, one: dict[str, Any], month: Month) -> Iterator[tuple[str, bool]]:
    """The ids of a workload's resources, and whether nothing uses each."""
    work = here.company.named[one["workload"]]
    loose = one.get("loose", range(1, work.resources + 1))
    for slot in range(work.resources):
        place = here.registry.find(Life(work, slot, 0), month).resource
        yield here.book.resources.values[place].id, slot + 1 in loose


def _last(resource: str) -> str:
    return resource.rpartition("/")[2]
