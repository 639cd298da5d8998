"""Open the demo company: its bills are brought in through the same door as anybody's."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from typing import TYPE_CHECKING

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.allocation import rule_files
from finops.allocation.published import publish_rules
from finops.config import load_settings
from finops.demo import accrued
from finops.demo import inventory
from finops.demo.build import generate
from finops.demo.closes import close_books
from finops.demo.clusters import CLUSTER
from finops.demo.company import load_company
from finops.demo.contracts import agree_units
from finops.demo.meetings import hold_meetings
from finops.demo.restated import FOLDER as LATE
from finops.demo.saved import save
from finops.demo.statements import hear_owners
from finops.errors import ImportRefused
from finops.errors import UsageError
from finops.exchange import rates
from finops.ingestion import ingest
from finops.ingestion import invoices
from finops.ingestion import organization
from finops.ingestion.budgets import BUDGETS
from finops.ingestion.events import EVENTS
from finops.ingestion.inventory import bring_inventory
from finops.ingestion.metrics import METRICS
from finops.ingestion.opencost import bring_opencost
from finops.ingestion.report import Status

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from datetime import datetime

    from finops.access.workspace import Workspace
    from finops.ingestion.report import ImportReport

TRUTH = "truth.json"
"""What the generator knows of its own company; in the workspace, for whoever wants to check."""


def open_demo(
    root: Path,
    *,
    today: date,
    at: datetime,
    seed: int = 1,
    months: int = 25,
    progress: Callable[[str, float], None] = lambda _what, _share: None,
) -> tuple[Workspace, tuple[ImportReport, ...]]:
    """Make the demo company in an empty folder: organization, rates, and its last months of bills.

    Raises:
        UsageError: the folder already holds data.
        ImportRefused: its own bills were refused, which is a fault in Tieout.
    """
    if (root / TRUTH).exists():
        message = f"{root} already holds a demo company."
        raise UsageError(message, remedy="Name another folder with --workspace.")
    settings = load_settings(root)
    workspace = make_workspace(root, url=settings.records_url, memory=settings.memory_limit)
    if workspace.snapshot() is not None:
        message = f"{root} already holds data."
        raise UsageError(message, remedy="Name another folder with --workspace.")
    with tempfile.TemporaryDirectory(prefix="demo-", dir=root) as folder:
        made = Path(folder)
        progress("making up the company", 0.0)
        generate(made, today=today, seed=seed, months=months)
        reports = _bring(workspace, made, today=today, at=at, progress=progress)
        progress("closing the books", 1.0)
        _books(workspace, made, at=at)
        late = _late(workspace, made, at=at)
        agree_units(workspace, at=at)
        progress("holding the meetings", 1.0)
        _meet(workspace, made, today=today, at=at)
        shutil.copy(made / TRUTH, root / TRUTH)
    if wrong := [report for report in (*reports, *late) if report.status is not Status.COMMITTED]:
        raise ImportRefused(wrong[0].message)
    (root / "finops.toml").write_text(f"today = {today.isoformat()}\n")
    return workspace, reports


def _books(workspace: Workspace, made: Path, *, at: datetime) -> None:
    """Book the last month that is closed twice: accrued, and once its invoices have come."""
    last = accrued.month(_months(made))
    if last:
        accrued.post_books(workspace, last, at=at)
        _invoices(workspace, made, {last}, at=at)
    close_books(workspace, at=at)
    if last:
        accrued.post_books(workspace, last, at=at)


def _invoices(workspace: Workspace, made: Path, months: set[str], *, at: datetime) -> None:
    """The invoices of some months."""
    told = invoices.read(made / "invoices.csv")
    headers = tuple(one for one in told if one.month in months)
    who: dict[str, Any] = {"actor": local_actor("demo"), "at": at, "origin": "demo"}
    invoices.add_invoices(workspace.store, headers=headers, file="invoices.csv", **who)


def _meet(workspace: Workspace, made: Path, *, today: date, at: datetime) -> None:
    """What people decided, said of their statements, and saved."""
    company = load_company()
    hold_meetings(workspace, company, today=today, at=at)
    hear_owners(workspace, company, today=today, at=at)
    told = json.loads((made / TRUTH).read_text("utf-8"))["facts"]["savings"]
    save(workspace, company, told, today=today, at=at)


def _months(made: Path) -> list[str]:
    return sorted({path.stem for path in (made / "charges").rglob("*.parquet")})


def _late(workspace: Workspace, made: Path, *, at: datetime) -> tuple[ImportReport, ...]:
    """Bills of closed months that are delivered again; none where nothing came late."""
    folder = made / LATE
    if not folder.exists():
        return ()
    return ingest.run(workspace, [str(folder)], actor=local_actor("demo"), at=at, origin="demo")


def _bring(
    workspace: Workspace,
    made: Path,
    *,
    today: date,
    at: datetime,
    progress: Callable[[str, float], None],
) -> tuple[ImportReport, ...]:
    """Who the company is, its rates, plans, inventory and bills, by the commands of everybody."""
    who: dict[str, Any] = {"actor": local_actor("demo"), "at": at, "origin": "demo"}
    organization.publish_organization(
        workspace.store,
        root=workspace.root,
        organization=organization.read(made / "organization.yaml"),
        **who,
    )
    publish_rules(
        workspace.store,
        root=workspace.root,
        rules=rule_files.read(made / "rules.yaml"),
        base=0,
        reason="as agreed by finance and engineering",
        **who,
    )
    told = rates.read(made / "rates.csv")
    rates.add_rates(workspace.store, rates=told, file="rates.csv", **who)
    months = _months(made)
    _invoices(workspace, made, {*months} - {accrued.month(months)}, at=at)
    for subject in (METRICS, BUDGETS, EVENTS):
        subject.bring_file(workspace, made / f"{subject.name}.csv", who=who)
    bring_opencost(workspace, made / "opencost.csv", cluster=CLUSTER, who=who)
    for name in (inventory.PRINTED, inventory.METRICS):
        bring_inventory(workspace, made / name, day=today - timedelta(days=1), who=who)
    bills = [str(made / "charges")]
    return ingest.run(workspace, bills, progress=progress, **who)
