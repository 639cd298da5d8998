"""What the read-only commands of `aws` print of disks, addresses, machines and the like."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from finops.ingestion.printed import item
from finops.ingestion.printed import Shape
from finops.ingestion.printed import within

if TYPE_CHECKING:
    from finops.ingestion.printed import Entry
    from finops.ingestion.printed import Item


def _volume(entry: Entry) -> Item:
    facts = {
        "attached": bool(entry.get("Attachments")) or entry.get("State") == "in-use",
        "type": entry.get("VolumeType"),
        "size": entry.get("Size"),
        "iops": entry.get("Iops"),
        "created": moment(entry.get("CreateTime")),
    }
    return item("disk", entry.get("VolumeId"), facts)


def _address(entry: Entry) -> Item:
    used = entry.get("AssociationId") or entry.get("InstanceId") or entry.get("NetworkInterfaceId")
    facts = {"attached": bool(used), "address": entry.get("PublicIp")}
    return item("address", entry.get("AllocationId"), facts)


def _snapshot(entry: Entry) -> Item:
    facts = {
        "created": moment(entry.get("StartTime")),
        "size": entry.get("VolumeSize"),
        "tier": entry.get("StorageTier"),
        "managed": "AWS Backup" in str(entry.get("Description") or ""),
    }
    return item("snapshot", entry.get("SnapshotId"), facts)


def _instance(entry: Entry) -> Item:
    state = within(entry, "State", "Name")
    facts = {"state": state, "type": entry.get("InstanceType")}
    return item("instance", entry.get("InstanceId"), facts)


def _balancer(entry: Entry) -> Item:
    facts = {"type": entry.get("Type"), "state": within(entry, "State", "Code")}
    return item("balancer", entry.get("LoadBalancerArn"), facts)


def _classic(entry: Entry) -> Item:
    facts = {"type": "classic", "backends": len(entry.get("Instances") or ())}
    return item("balancer", entry.get("LoadBalancerName"), facts)


def _gateway(entry: Entry) -> Item:
    return item("nat", entry.get("NatGatewayId"), {"state": entry.get("State")})


def _logs(entry: Entry) -> Item:
    facts = {"retention": entry.get("retentionInDays", "never"), "bytes": entry.get("storedBytes")}
    return item("logs", entry.get("arn") or entry.get("logGroupArn"), facts)


def _database(entry: Entry) -> Item:
    facts = {
        "state": entry.get("DBInstanceStatus"),
        "type": entry.get("DBInstanceClass"),
        "multi_az": entry.get("MultiAZ"),
    }
    return item("database", entry.get("DBInstanceArn"), facts)


def moment(told: object) -> str | None:
    """The day of a printed moment; a recorded one is taken apart into year, month and day."""
    if isinstance(told, Mapping):
        return date(int(told["year"]), int(told["month"]), int(told["day"])).isoformat()
    return str(told)[:10] if told else None


SHAPES = (
    Shape("Volumes", "aws ec2 describe-volumes", _volume),
    Shape("Addresses", "aws ec2 describe-addresses", _address),
    Shape("Snapshots", "aws ec2 describe-snapshots --owner-ids self", _snapshot),
    Shape("Instances", "aws ec2 describe-instances", _instance),
    Shape("LoadBalancers", "aws elbv2 describe-load-balancers", _balancer),
    Shape("LoadBalancerDescriptions", "aws elb describe-load-balancers", _classic),
    Shape("NatGateways", "aws ec2 describe-nat-gateways", _gateway),
    Shape("logGroups", "aws logs describe-log-groups", _logs),
    Shape("DBInstances", "aws rds describe-db-instances", _database),
)
"""What is read of `aws`, by the key under which it is printed."""
