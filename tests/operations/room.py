"""A small company with a series of meetings: who writes, and what is written."""

from __future__ import annotations

from datetime import date
from datetime import datetime
from datetime import UTC
from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

from finops.access.actor import local_actor
from finops.invoicing.books import books_of
from finops.operations import decisions
from finops.operations.actions import Action
from finops.operations.decisions import Decision
from finops.operations.entries import log_of
from finops.operations.review import begin_series
from finops.operations.review import change_meeting
from finops.operations.review import Meeting
from finops.operations.review import Series
from tests.invoicing.bill import bring
from tests.invoicing.bill import invoice
from tests.invoicing.bill import tell
from tests.invoicing.closable import charge
from tests.invoicing.closable import shut

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.operations.entries import Log

AT = datetime(2026, 6, 24, 9, tzinfo=UTC)
DAY = date(2026, 5, 24)
SCOPE = "x_Team=search; ServiceName=VM"


def by(name: str = "Ann", key: str | None = None) -> Any:  # noqa: ANN401 -- of any command
    """A call of a person."""
    return {"actor": local_actor(name), "at": AT, "origin": "test", "key": key}


def meeting(workspace: Workspace, month: str = "2026-04", day: date = DAY) -> str:
    """A meeting about a month, in the one series."""
    log = log_of(workspace)
    series = log.of(Series)
    name = (
        series[0].key
        if series
        else begin_series(workspace.store, **by(), entry=Series(name="Cost review")).key
    )
    entry = Meeting(series=name, day=day, month=month, facilitator="Ann")
    return change_meeting(workspace.store, **by(), entry=entry).key


def decision(**other: object) -> Decision:
    """A decision to save 300 a month of search's machines."""
    usual = {
        "question": "Do we need the second replica?",
        "choice": "Switch it off",
        "owner": "Ines Moreau",
        "team": "search",
        "scope": SCOPE,
        "due": date(2026, 5, 31),
        "expected": Decimal(-300),
    }
    return Decision.model_validate({**usual, **other})


def action(**other: object) -> Action:
    """An action of the same."""
    usual = {"title": "Switch off", "owner": "Ines Moreau", "due": date(2026, 6, 14)}
    return Action.model_validate({**usual, **other})


def decided(workspace: Workspace, key: str, **other: object) -> str:
    """Put a decision on the record as a page would: with its frozen figure."""
    dataset = workspace.dataset()
    entry = decision(meeting=key, **other)
    books = books_of(workspace, dataset.snapshot)
    frozen = decisions.freeze(dataset, books.closings, entry, day=DAY)
    return decisions.decide(workspace.store, **by(), entry=frozen).key


def company(workspace: Workspace, path: Path, costs: dict[str, tuple[str, str]]) -> None:
    """Bring months with what machines and disks of search cost, and their invoices."""
    charges = []
    for month, (machines, disks) in costs.items():
        disk = {"ServiceName": "Disk", "ResourceId": "r-2"}
        charges += [charge(machines, month), charge(disks, month, **disk)]
        net = str(Decimal(machines) + Decimal(disks))
        tell(workspace, invoice(month, net, month=month))
    bring(workspace, path, charges)


def spring(workspace: Workspace, path: Path) -> None:
    """April and May, both closed: machines fall from 900 to 630, disks stay."""
    company(workspace, path, {"2026-04": ("900", "60"), "2026-05": ("630", "60")})
    for month in ("2026-04", "2026-05"):
        shut(workspace, month)


def log(workspace: Workspace) -> Log:
    """What was written."""
    return log_of(workspace)
