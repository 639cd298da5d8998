"""A bill of August to October on which savings of every kind were made at the end of September.

Quantities are what is used, so that cost = quantity x price; each resource has a price of its own
unless it is said otherwise.
"""

from __future__ import annotations

import json
from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.access.actor import Actor
from finops.access.actor import local_actor
from finops.access.roles import Role
from finops.core.organization import Organization
from finops.core.period import BillingPeriod
from finops.ingestion.metrics import add_metrics
from finops.ingestion.metrics import Grain
from finops.ingestion.metrics import Kind as Counted
from finops.ingestion.metrics import Metric
from finops.ingestion.organization import publish_organization
from finops.records.models import PeriodClose
from finops.savings.agree import agree
from finops.savings.agree import Terms
from finops.savings.saving import Kind
from finops.savings.saving import Share
from finops.savings.steps import Done
from finops.savings.steps import implement
from finops.savings.steps import Proposal
from finops.savings.steps import propose
from finops.savings.verify import Signed
from finops.savings.verify import verify
from tests.corpus import charge
from tests.corpus import written
from tests.corpus.workspaces import AT
from tests.corpus.workspaces import bring

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace
    from tests.corpus import Charge

MADE = date(2026, 9, 30)
CUT = date(2026, 10, 17)
"""The day on which the provider cuts the price of what is used later."""
TODAY = date(2026, 11, 18)
SEPTEMBER, OCTOBER = BillingPeriod(2026, 9), BillingPeriod(2026, 10)
FIRST, LAST = date(2026, 8, 1), date(2026, 10, 31)

ORGANIZATION: dict[str, Any] = {
    "name": "Shop",
    "teams": [
        {"id": "search", "name": "Search", "lead": "ines"},
        {"id": "data", "name": "Data", "lead": "kenji"},
        {"id": "web", "name": "Web", "product": "web"},
    ],
    "people": [
        {"id": "ines", "name": "Ines Moreau", "team": "search", "email": "ines@shop.example"},
        {"id": "kenji", "name": "Kenji Watanabe", "team": "data"},
        {"id": "fay", "name": "Fay Finance"},
        {"id": "omar", "name": "Omar Ops", "team": "data"},
    ],
    "products": [{"id": "web", "name": "Web"}],
    "dimensions": {"x_Team": {"tags": ["team"]}},
}


class Use(NamedTuple):
    """What a resource uses on a day, and at which price."""

    quantity: Decimal
    price: Decimal = Decimal(1)
    said: dict[str, str] = {}  # noqa: RUF012 -- never changed


def units(day: date) -> Decimal:
    """Requests of a day: 900,000 in September and 1,116,000 in October."""
    if day >= date(2026, 10, 1):
        return Decimal(36_000)
    return Decimal(30_000) + (6_000 if day.day % 2 else -6_000)


def used(resource: str, day: date) -> Use | None:  # noqa: C901, PLR0911, PLR0912 -- a table
    """What a resource uses on a day; None where it is not there."""
    after = day > MADE
    wave = Decimal((day.toordinal() * 7919) % 13 - 6)
    match resource:
        case "gone":
            return None if after else Use(Decimal(10))
        case "moved":
            return None if after else Use(Decimal(12))
        case "moved-2":
            return Use(Decimal("12.5")) if after else None
        case "web":
            steady = Decimal(100) + units(day) * 200 / 30_000
            return Use(Decimal(240) if after else steady)
        case "back":
            return Use(Decimal(50) if after and day.day <= 20 else Decimal(150))
        case "cut":
            return Use(Decimal(40), Decimal("0.8") if after else Decimal(1))
        case "smaller":
            return Use(Decimal(20 if after else 40), Decimal("0.8") if after else Decimal(1))
        case "later" | "later-smaller":
            less = resource != "later" and day >= CUT
            return Use(Decimal(20 if less else 40), Decimal("0.8") if day >= CUT else Decimal(1))
        case "noisy":
            return Use(Decimal(100) + 2 * wave)
        case "covered":
            return Use(Decimal(12 if after else 24), Decimal(1), held("cd-1", "Used", resource))
        case "cd-1":
            return Use(Decimal(12), Decimal(1), held("cd-1", "Unused", "")) if after else None
        case "cd-2-used":
            return Use(Decimal(20), Decimal("1.5"), held("cd-2", "Used", resource))
        case "cd-2":
            return Use(Decimal(2), Decimal(1), held("cd-2", "Unused", ""))
        case _:
            return None


def held(commitment: str, status: str, resource: str) -> dict[str, str]:
    """What a charge says that a commitment covers, or that a commitment left unused."""
    return {
        "CommitmentDiscountId": commitment,
        "CommitmentDiscountStatus": status,
        "CommitmentDiscountCategory": "Spend",
        "CommitmentDiscountType": "Savings Plan",
        "CommitmentDiscountName": commitment,
        "ResourceId": resource,
    }


RESOURCES = (
    *("gone", "moved", "moved-2", "web", "back", "cut", "smaller", "noisy"),
    *("later", "later-smaller"),
    *("covered", "cd-1", "cd-2-used", "cd-2"),
)
SKUS = {"smaller": "cut", "later-smaller": "later"}
TEAMS = {"web": "web", "noisy": "data"}
REGIONS = {"moved": "us-east-1", "moved-2": "us-east-1"}


def rows(first: date = FIRST, last: date = LAST) -> Iterator[Charge]:
    """One charge a day and resource."""
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        month = BillingPeriod.of(day)
        for name in RESOURCES:
            use = used(name, day)
            if use is None:
                continue
            full = use.quantity * use.price
            cost = use.quantity if use.said else full
            sku = SKUS.get(name, name)
            yield charge(
                f"{cost}",
                BillingPeriodStart=f"{month.start}T00:00:00Z",
                BillingPeriodEnd=f"{month.end}T00:00:00Z",
                ChargePeriodStart=f"{day}T00:00:00Z",
                ChargePeriodEnd=f"{day + timedelta(days=1)}T00:00:00Z",
                InvoiceId=f"INV-{month}",
                RegionId=REGIONS.get(name, "eu-west-1"),
                ServiceName="Web" if name == "web" else "Compute",
                SkuId=sku,
                SkuMeter=sku,
                PricingQuantity=f"{use.quantity}",
                Tags=json.dumps({"team": TEAMS.get(name, "search")}),
            ) | {
                "ResourceId": name,
                "ContractedCost": f"{full}",
                "ListCost": f"{full}",
                **dict.fromkeys(held("", "", ""), ""),
                "ResourceId": name,  # noqa: F601
                **use.said,
            }


def made(workspace: Workspace, folder: Path) -> Workspace:
    """The bill, the organization and what drives the web's cost, in a workspace."""
    publish_organization(
        workspace.store,
        root=workspace.root,
        organization=Organization.from_mapping(ORGANIZATION),
        actor=local_actor(),
        at=AT,
        origin="test",
    )
    metrics = (
        Metric(
            day=day,
            product="web",
            segment="",
            unit="requests",
            amount=units(day),
            kind=Counted.UNITS,
            grain=Grain.DAY,
        )
        for day in (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))
    )
    add_metrics(workspace.store, records=tuple(metrics), file="metrics.csv", **call("fay"))
    file = folder / "bill.csv"
    file.write_text(written(rows()))
    (report,) = bring(workspace, file)
    assert report.status == "committed", report.message
    return workspace


def call(name: str, *roles: Role, key: str | None = None) -> Any:  # noqa: ANN401 -- of any command
    """A call of a person who has these roles; without any, every role."""
    actor = Actor(name, frozenset(roles or tuple(Role)))
    return {"actor": actor, "at": AT.replace(month=11, day=18), "origin": "test", "key": key}


def shut(workspace: Workspace, *months: BillingPeriod, event: str = "closed") -> None:
    """Close months for the company, or say what else became of them."""
    for month in months:
        with workspace.store.writing() as session:
            session.add(
                PeriodClose(
                    revision=10_000,
                    provider="",
                    month=str(month),
                    event=event,
                    snapshot=1,
                    seal="",
                    reason="",
                    requested_by="fay",
                    approved_by="sam",
                    at=AT.isoformat(),
                )
            )


def agreed(  # noqa: PLR0913 -- what a saving is
    workspace: Workspace,
    scope: str,
    kind: Kind = Kind.RIGHTSIZE,
    *,
    team: str = "search",
    expected: str = "300",
    driver: str = "",
    split: tuple[Share, ...] = (),
    start: date = date(2026, 9, 1),
    by: str = "ines",
    finding: str = "",
) -> str:
    """A saving that is proposed, and agreed over September."""
    said = Proposal(
        title=f"Less {scope}",
        kind=kind,
        scope=scope,
        team=team,
        day=MADE,
        expected=Decimal(expected),
        finding=finding,
    )
    kept = propose(workspace.store, **call(by), said=said)
    return frozen(workspace, kept.key, driver=driver, split=split, start=start)


def frozen(
    workspace: Workspace,
    key: str,
    *,
    driver: str = "",
    split: tuple[Share, ...] = (),
    start: date = date(2026, 9, 1),
) -> str:
    """A saving that is agreed until the end of September."""
    terms = Terms(key=key, start=start, end=date(2026, 10, 1), driver=driver, split=split)
    agree(workspace, terms, today=MADE, call=call("fay", Role.FINANCE))
    return key


def done(workspace: Workspace, key: str, *, team: str = "search", by: str = "ines") -> str:
    """The saving, made on the last of September."""
    said = Done(key=key, team=team, day=MADE, evidence="change 481", today=TODAY)
    implement(workspace.store, **call(by), said=said)
    return key


def signed(
    workspace: Workspace,
    key: str,
    month: BillingPeriod = OCTOBER,
    *,
    by: str = "fay",
    why: str = "",
) -> Signed:
    """What comes of it when finance signs a month of it."""
    who = call(by, Role.FINANCE)
    return verify(workspace, key, month, today=TODAY, call=who, despite=why)
