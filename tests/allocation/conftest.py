"""A company of three teams, with two months of bills of accounts that some of them share."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC
from typing import Any
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.allocation.published import newest_version
from finops.allocation.published import publish_rules
from finops.core.mapping import RuleSet
from finops.core.organization import Organization
from finops.ingestion import ingest
from finops.ingestion.organization import publish_organization
from tests.faults import bill
from tests.invoicing.conftest import opened
from tests.measures.conftest import mini
from tests.measures.conftest import mini_workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.allocation.published import Published

__all__ = ["mini", "mini_workspace", "opened"]

AT = datetime(2026, 8, 2, tzinfo=UTC)
MARKET: dict[str, Any] = {
    "name": "Market",
    "teams": [
        {"id": "search", "name": "Search", "cost_center": "CC-1"},
        {"id": "data", "name": "Data", "cost_center": "CC-1"},
        {"id": "web", "name": "Web", "cost_center": "CC-2"},
    ],
    "cost_centers": [{"id": "CC-1", "name": "One"}, {"id": "CC-2", "name": "Two"}],
    "dimensions": {
        "x_Team": {"tags": ["team"]},
        "x_CostCenter": {"from": {"dimension": "x_Team"}},
    },
}


def month(number: int) -> dict[str, str]:
    """What makes a charge one of June (6) or of July (7)."""
    start, end = f"2026-{number:02}-01T00:00:00Z", f"2026-{number + 1:02}-01T00:00:00Z"
    return {
        "BillingPeriodStart": start,
        "BillingPeriodEnd": end,
        "ChargePeriodStart": start,
        "ChargePeriodEnd": f"2026-{number:02}-02T00:00:00Z",
        "InvoiceId": f"I-{number}",
    }


def charges(number: int) -> Iterator[dict[str, str]]:
    """100 of search, 40 of data, 30 of web; 12 and 7 that carry no team, 5 of a whole account."""
    when = month(number)
    for cost, team, account in (("100", "search", "a"), ("40", "data", "b"), ("30", "web", "b")):
        tags = f'{{"team": "{team}"}}'
        yield bill.costing(cost, **when, Tags=tags, SubAccountId=account, SubAccountName=account)
    bare = {"SubAccountId": "a", "SubAccountName": "a"}
    yield bill.costing("12", **when, **bare, ResourceId="r-9", ResourceName="web-front-1")
    yield bill.costing("7", **when, **bare, ResourceId="r-8", ResourceName="")
    other = {"SubAccountId": "c", "SubAccountName": "web-prod"}
    yield bill.costing("5", **when, **other, ServiceName="Support", ResourceId="")


def publish(
    workspace: Workspace, body: dict[str, Any], *, base: int | None = None, reason: str = "agreed"
) -> Published:
    """Publish rules as everybody does."""
    read = newest_version(workspace).number if base is None else base
    return publish_rules(
        workspace.store,
        actor=local_actor("ana"),
        at=AT,
        origin="cli",
        root=workspace.root,
        rules=RuleSet.from_mapping(body),
        base=read,
        reason=reason,
    )


def organize(workspace: Workspace, body: dict[str, Any]) -> None:
    """Publish an organization as everybody does."""
    publish_organization(
        workspace.store,
        actor=local_actor("ana"),
        at=AT,
        origin="cli",
        root=workspace.root,
        organization=Organization.from_mapping(body),
    )


@pytest.fixture
def market(tmp_path: Path) -> Iterator[Workspace]:
    """The company with the bills of June and July 2026, and no rules yet."""
    workspace = make_workspace(tmp_path / "workspace")
    organize(workspace, MARKET)
    for number in (6, 7):
        file = bill.write(tmp_path / f"{number}.csv", charges(number))
        ingest.run(workspace, [str(file)], actor=local_actor(), at=AT)
    yield workspace
    workspace.close()


@pytest.fixture
def files(market: Workspace) -> Callable[[str], dict[str, bytes]]:
    """The derived files that the newest snapshot names of a month, with their bytes."""

    def read(of: str) -> dict[str, bytes]:
        snapshot = market.snapshot()
        assert snapshot
        names = [n for p in snapshot.charges if p.month == of for n in (p.mapped, p.rollup)]
        return {name: (market.root / name).read_bytes() for name in names}

    return read
