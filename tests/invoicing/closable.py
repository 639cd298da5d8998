"""A small month that can be closed: two charges with a team, to the last day, and its invoice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from finops.access.actor import local_actor
from finops.core.period import BillingPeriod
from finops.invoicing import closing
from finops.invoicing.closing import Outlook
from finops.invoicing.closing import Terms
from tests.faults.bill import costing
from tests.invoicing.bill import AT
from tests.invoicing.bill import bring
from tests.invoicing.bill import days
from tests.invoicing.bill import invoice
from tests.invoicing.bill import MONTH
from tests.invoicing.bill import tell

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.command import Call
    from finops.access.workspace import Workspace

TERMS = Terms()
TEAM = '{"team": "search"}'


def charge(cost: str, month: str = MONTH, **other: str) -> dict[str, str]:
    """A charge of the last day of a month, owned by a team."""
    end = BillingPeriod.parse(month).end
    last = {
        "ChargePeriodStart": f"{end - timedelta(days=1)}T00:00:00Z",
        "ChargePeriodEnd": f"{end}T00:00:00Z",
    }
    return costing(cost, **{**days(month), **last, "Tags": TEAM, "InvoiceId": month, **other})


def prepare(workspace: Workspace, path: Path, month: str = MONTH) -> None:
    """Bring a month of 30 USD and its invoice."""
    charges = [charge("10", month), charge("20", month, ServiceName="Disk", ResourceId="r-2")]
    bring(workspace, path, charges)
    tell(workspace, invoice(month, "30", month=month))


def look(
    workspace: Workspace, month: str = MONTH, *, provider: str = "", terms: Terms = TERMS
) -> Outlook:
    """How far a month is."""
    return closing.look(
        workspace,
        BillingPeriod.parse(month),
        actor=local_actor(),
        provider=provider,
        terms=terms,
    )


def by(name: str, key: str | None = None) -> Call:
    """A call of a person."""
    return {"actor": local_actor(name), "at": AT, "origin": "test", "key": key}


def step(
    workspace: Workspace, name: str, month: str = MONTH, *, provider: str = "", terms: Terms = TERMS
) -> Outlook:
    """A person takes the next step to the close; how far the month is then."""
    advance(workspace, name, month, provider=provider, terms=terms)
    return look(workspace, month, provider=provider, terms=terms)


def advance(
    workspace: Workspace, name: str, month: str = MONTH, *, provider: str = "", terms: Terms = TERMS
) -> None:
    """A person takes the next step to the close."""
    found = look(workspace, month, provider=provider, terms=terms)
    closing.advance(workspace, found, reason="the month is done", terms=terms, call=by(name))


def back(workspace: Workspace, name: str, month: str = MONTH, *, reason: str = "late") -> Outlook:
    """A person takes the next step to open a month again."""
    found = look(workspace, month)
    closing.advance_reopening(workspace, found, reason=reason, terms=TERMS, call=by(name))
    return look(workspace, month)


def shut(workspace: Workspace, month: str = MONTH) -> str:
    """Close a month by two people; its seal."""
    for name in ("Ann", "Bob"):
        advance(workspace, name, month)
    return look(workspace, month).seal
