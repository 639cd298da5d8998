"""A company of two teams with an owner each, and a month that both can be asked to accept."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

from finops.access.actor import Actor
from finops.access.actor import local_actor
from finops.access.roles import Role
from finops.core.organization import Organization
from finops.core.period import BillingPeriod
from finops.ingestion.organization import publish_organization
from finops.operations.standing import Terms
from finops.operations.telling import tell
from tests.invoicing.bill import AT
from tests.invoicing.bill import bring
from tests.invoicing.bill import invoice
from tests.invoicing.bill import tell as headed
from tests.invoicing.closable import charge
from tests.invoicing.closable import shut

if TYPE_CHECKING:
    from datetime import date
    from datetime import datetime
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.operations.telling import Told

TERMS = Terms(quiet_days=10, quiet_months=2)
ORGANIZATION: dict[str, Any] = {
    "name": "Market",
    "teams": [
        {"id": "search", "name": "Search", "lead": "ines", "cost_center": "CC-1"},
        {"id": "data", "name": "Data", "lead": "kenji", "cost_center": "CC-2"},
    ],
    "people": [
        {"id": "ines", "name": "Ines Moreau", "team": "search"},
        {"id": "kenji", "name": "Kenji Watanabe", "team": "data"},
    ],
    "cost_centers": [{"id": "CC-1", "name": "One", "owner": "ines"}, {"id": "CC-2", "name": "Two"}],
    "dimensions": {
        "x_Team": {"tags": ["team"]},
        "x_CostCenter": {"from": {"dimension": "x_Team"}},
    },
}


def call(name: str, *, at: datetime = AT, roles: tuple[Role, ...] = (Role.ENGINEER,)) -> Any:  # noqa: ANN401 -- of any command
    """A call of a person who has these roles and no others."""
    return {"actor": Actor(name, frozenset(roles)), "at": at, "origin": "test", "key": None}


def organize(workspace: Workspace) -> None:
    """Publish the company as everybody does."""
    publish_organization(
        workspace.store,
        root=workspace.root,
        organization=Organization.from_mapping(ORGANIZATION),
        actor=local_actor(),
        at=AT,
        origin="test",
    )


def market(workspace: Workspace, path: Path, months: tuple[str, ...] = ("2026-04",)) -> None:
    """Months in which search costs 60 and data 40, with their invoices."""
    organize(workspace)
    charges = []
    for month in months:
        others = {"Tags": '{"team": "data"}', "ResourceId": "r-2", "ServiceName": "Disk"}
        charges += [charge("60", month), charge("40", month, **others)]
        headed(workspace, invoice(month, "100", month=month))
    bring(workspace, path, charges)


def closed(workspace: Workspace, *months: str) -> None:
    """Close months on the day of `AT`."""
    for month in months:
        shut(workspace, month)


def told(
    workspace: Workspace,
    scope: str = "search",
    month: str = "2026-04",
    today: date | None = None,
) -> Told:
    """A statement on a day; on that of `AT` where none is said."""
    period = BillingPeriod.parse(month)
    return tell(
        workspace, workspace.dataset(), period, scope=scope, today=today or AT.date(), terms=TERMS
    )
