from __future__ import annotations

from typing import Any

import pytest

from finops.ingestion.printed_azure import SHAPES

BY_TYPE = {shape.key: shape for shape in SHAPES}
DISK = "microsoft.compute/disks"
ADDRESS = "microsoft.network/publicipaddresses"
BALANCER = "microsoft.network/loadbalancers"


@pytest.mark.parametrize(
    ("kind", "entry", "facts"),
    [
        (DISK, {"diskState": "Unattached", "managedBy": None}, {"attached": "no", "replica": "no"}),
        (DISK, {"diskState": "Reserved", "managedBy": "/vm"}, {"attached": "yes"}),
        (DISK, {"properties": {"diskState": "ActiveSAS"}}, {"attached": "yes"}),
        (DISK, {"tags": {"ASR-ReplicaDisk": "1"}}, {"replica": "yes"}),
        (ADDRESS, {"properties": {"ipAddress": "1.2.3.4"}}, {"attached": "no"}),
        (ADDRESS, {"ipConfiguration": {"id": "/nic"}}, {"attached": "yes"}),
        (ADDRESS, {"natGateway": {"id": "/nat"}}, {"attached": "yes"}),
        (
            "microsoft.compute/snapshots",
            {"timeCreated": "2024-01-02T00:00:00Z"},
            {"created": "2024-01-02"},
        ),
        ("microsoft.compute/virtualmachines", {"powerState": "VM stopped"}, {"state": "stopped"}),
        (BALANCER, {"backendAddressPools": [{"id": "p"}]}, {"backends": "0"}),
        (BALANCER, {"backendAddressPools": [{"backendIPConfigurations": [{}]}]}, {"backends": "1"}),
        ("microsoft.web/serverfarms", {"properties": {"numberOfSites": 0}}, {"sites": "0"}),
        ("microsoft.network/natgateways", {}, {"subnets": "0"}),
    ],
)
def test_what_is_printed_is_told_in_our_words(
    kind: str, entry: dict[str, Any], facts: dict[str, str]
) -> None:
    told = BY_TYPE[kind].read({"id": "/subscriptions/1/x", **entry})
    assert told is not None
    assert facts.items() <= dict(told.facts).items()
