"""For each waste rule a resource that it finds, and one that is nearly it."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import Any
from typing import NamedTuple

from finops.ingestion.inventory import Known
from finops.ingestion.printed import item
from finops.workloads.resources import Estate
from finops.workloads.resources import Meter
from finops.workloads.resources import Resource
from finops.workloads.resources import Window

TODAY = date(2026, 5, 1)
WINDOW = Window(date(2026, 4, 1), TODAY)
PROVIDERS = {"aws": "AWS", "azure": "Microsoft", "gcp": "Google Cloud"}
AZURE = "/subscriptions/1/resourceGroups/rg/providers/x/y/z1"


IDS = {"aws": "vol-0ab12345", "azure": AZURE, "gcp": "//x/projects/p/zones/z/i/one"}


def meter(text: str, quantity: str = "720", cost: str = "30", **more: str) -> Meter:
    """What was used of one price; all of it in cash unless `covered` says otherwise."""
    covered = Decimal(more.get("covered", "0"))
    return Meter(
        text=text,
        service="service",
        unit="Hours",
        quantity=Decimal(quantity),
        weekend=Decimal(more.get("weekend", "0")),
        effective=Decimal(cost) + covered,
        cash=Decimal(cost),
        covered=covered,
        listed=Decimal(more.get("listed", cost)),
    )


def resource(*meters: Meter, rule: str = "aws", **more: Any) -> Resource:  # noqa: ANN401
    """A resource that was there in the whole window."""
    provider = rule.partition("-")[0]
    told = {
        "id": {"aws": "vol-0ab12345", "azure": AZURE, "gcp": "//x/projects/p/zones/z/i/one"}[
            provider
        ],
        "name": "one",
        "provider": PROVIDERS[provider],
        "account": "1",
        "region": "eu-west-1",
        "zone": "",
        "team": "search",
        "environment": "prod",
        "first": WINDOW.start,
        "last": WINDOW.end - timedelta(days=1),
        "meters": meters,
        **more,
    }
    return Resource(**told)


def said(kind: str, *, name: str = "", ago: int = 1, **facts: object) -> dict[Any, Known]:
    """What was said of the resource some days ago."""
    told = Known(item=item(kind, "x", facts, name=name), day=TODAY - timedelta(days=ago))
    return {(kind, name): told}


def cpu(average: str, maximum: str, days: str = "14") -> dict[Any, Known]:
    """What its processor did."""
    return said("metric", name="cpu", average=average, maximum=maximum, days=days)


def estate(*resources: Resource) -> Estate:
    """These resources and nothing else."""
    return Estate(window=WINDOW, currency="USD", resources=resources)


class Pair(NamedTuple):
    """A rule, a resource that it finds, and the near miss."""

    rule: str
    found: Resource
    missed: Resource


def metered(rule: str, text: str, near: str) -> Pair:
    """A rule that looks at the meter alone."""
    return Pair(rule, resource(meter(text), rule=rule), resource(meter(near), rule=rule))


def told(rule: str, text: str, yes: dict[Any, Known], no: dict[Any, Known]) -> Pair:
    """A rule that needs to be told."""
    one, other = (resource(meter(text), rule=rule, said=known) for known in (yes, no))
    return Pair(rule, one, other)


def aged(rule: str, text: str) -> Pair:
    """A rule that looks at the age."""
    one, other = (
        resource(meter(text), rule=rule, first=TODAY - timedelta(days=days)) for days in (400, 360)
    )
    return Pair(rule, one, other)


def awake(rule: str, text: str) -> Pair:
    """A rule that looks at weekends: April 2026 has eight such days of thirty."""
    one, other = (
        resource(meter(text, "720", weekend=hours), rule=rule, environment="staging")
        for hours in ("192", "100")
    )
    return Pair(rule, one, other)


def lonely(rule: str, hours: str, traffic: str) -> Pair:
    """A rule that looks for traffic beside the hours."""
    busy = resource(meter(hours), meter(traffic, "40"), rule=rule)
    return Pair(rule, resource(meter(hours), meter(traffic, "0.2"), rule=rule), busy)


FREE, USED = said("disk", attached=False), said("disk", attached=True)
LOOSE, HELD = said("address", attached=False), said("address", attached=True)
CASES = (
    metered("aws-idle-address", "publicipv4:idleaddress", "publicipv4:inuseaddress"),
    told("aws-unattached-address", "publicipv4:inuseaddress", LOOSE, HELD),
    told("aws-unattached-disk", "ebs:volumeusage.gp3", FREE, USED),
    metered("aws-gp2", "euw1-ebs:volumeusage.gp2", "euw1-ebs:volumeusage.gp3"),
    metered("aws-provisioned-iops", "ebs:volumeusage.io1", "ebs:volumeusage.gp3"),
    metered("aws-magnetic-disk", "$0.05 per gb-month of magnetic provisioned storage", "x"),
    aged("aws-old-snapshot", "ebs:snapshotusage"),
    lonely("aws-idle-nat", "natgateway-hours", "natgateway-bytes"),
    lonely("aws-idle-balancer", "loadbalancerusage", "lcuusage"),
    lonely("aws-idle-endpoint", "vpcendpoint-hours", "vpcendpoint-bytes"),
    metered("aws-previous-generation", "boxusage:m4.large", "boxusage:m7i.large"),
    told("aws-idle-machine", "boxusage:m7i.large", cpu("2", "9"), cpu("2", "60")),
    told("aws-oversized-machine", "boxusage:m7i.large", cpu("12", "30"), cpu("30", "60")),
    awake("aws-nonproduction-always-on", "boxusage:m7i.large"),
    Pair(
        "aws-nonproduction-multi-zone",
        resource(meter("multi-azusage:db.r6g.large"), environment="staging"),
        resource(meter("multi-azusage:db.r6g.large"), environment="Production"),
    ),
    told("aws-idle-database", "instanceusage:db.r6g.large", cpu("1", "3"), cpu("1", "3", "2")),
    told("aws-oversized-database", "instanceusage:db.r6g.xl", cpu("9", "30"), cpu("9", "50")),
    metered("aws-old-database-class", "instanceusage:db.m4.large", "instanceusage:db.m6g.large"),
    metered("aws-old-cache-node", "nodeusage:cache.r4.large", "nodeusage:cache.r6g.large"),
    metered("aws-database-extended-support", "extendedsupport:yr1-yr2:mysql5.7", "x"),
    metered(
        "aws-cluster-extended-support",
        "amazoneks-hours:extendedsupport",
        "amazoneks-hours:percluster",
    ),
    told(
        "aws-log-retention",
        "timedstorage-bytehrs",
        said("logs", retention="never"),
        said("logs", retention="30"),
    ),
    told("azure-unattached-disk", "p30 lrs disk", FREE, said("disk", attached=False, replica=True)),
    told("azure-unattached-address", "standard ipv4 static public ip", LOOSE, HELD),
    told(
        "azure-stopped-machine",
        "d8s v5",
        said("instance", state="stopped"),
        said("instance", state="deallocated"),
    ),
    told("azure-idle-machine", "d8s v5", cpu("2", "9"), cpu("6", "9")),
    told("azure-oversized-machine", "d8s v5", cpu("12", "30"), cpu("2", "9")),
    awake("azure-nonproduction-always-on", "d8s v5"),
    metered("azure-previous-generation", "d4s v2 vm", "d4s v5 vm"),
    metered("azure-premium-snapshot", "premium lrs snapshots", "standard lrs snapshots"),
    aged("azure-old-snapshot", "standard lrs snapshots"),
    told("azure-empty-plan", "app service plan p1", said("plan", sites=0), said("plan", sites=2)),
    told(
        "azure-idle-balancer",
        "standard load balancer",
        said("balancer", backends=0),
        said("balancer", backends=3),
    ),
    told(
        "azure-idle-gateway",
        "application gateway fixed cost",
        said("balancer", backends=0),
        said("balancer", backends=0, ago=9),
    ),
    told("azure-idle-nat", "nat gateway", said("nat", subnets=0), said("nat", subnets=1)),
    metered("gcp-idle-address", "static ip charge", "external ip charge on a standard vm"),
    aged("gcp-old-snapshot", "storage pd snapshot in belgium"),
    metered("gcp-previous-generation", "n1 predefined instance core", "n2 instance core"),
    awake("gcp-nonproduction-always-on", "n2 instance core running in emea"),
)
"""Every rule, as a case and as a near miss."""
