from __future__ import annotations

from typing import Any

import pytest

from finops.ingestion.printed_aws import moment
from finops.ingestion.printed_aws import SHAPES

BY_KEY = {shape.key: shape for shape in SHAPES}


@pytest.mark.parametrize(
    ("key", "entry", "facts"),
    [
        ("Volumes", {"VolumeId": "v", "State": "available", "Attachments": []}, {"attached": "no"}),
        ("Volumes", {"VolumeId": "v", "State": "in-use"}, {"attached": "yes"}),
        ("Addresses", {"AllocationId": "e", "PublicIp": "1.2.3.4"}, {"attached": "no"}),
        ("Addresses", {"AllocationId": "e", "AssociationId": "a"}, {"attached": "yes"}),
        (
            "Snapshots",
            {"SnapshotId": "s", "StartTime": "2024-03-01T10:00:00Z"},
            {"created": "2024-03-01"},
        ),
        (
            "Snapshots",
            {
                "SnapshotId": "s",
                "Description": "This snapshot is created by the AWS Backup service.",
            },
            {"managed": "yes"},
        ),
        ("Instances", {"InstanceId": "i", "State": {"Name": "stopped"}}, {"state": "stopped"}),
        ("LoadBalancers", {"LoadBalancerArn": "l", "Type": "network"}, {"type": "network"}),
        ("LoadBalancerDescriptions", {"LoadBalancerName": "l"}, {"backends": "0"}),
        ("NatGateways", {"NatGatewayId": "n", "State": "available"}, {"state": "available"}),
        ("logGroups", {"arn": "g"}, {"retention": "never"}),
        ("logGroups", {"arn": "g", "retentionInDays": 30}, {"retention": "30"}),
        ("DBInstances", {"DBInstanceArn": "d", "MultiAZ": True}, {"multi_az": "yes"}),
    ],
)
def test_what_is_printed_is_told_in_our_words(
    key: str, entry: dict[str, Any], facts: dict[str, str]
) -> None:
    told = BY_KEY[key].read(entry)
    assert told is not None
    assert facts.items() <= dict(told.facts).items()


def test_a_recorded_moment_is_a_day() -> None:
    assert moment({"__class__": "datetime", "year": 2021, "month": 9, "day": 1}) == "2021-09-01"
    assert moment(None) is None
