"""`finops metrics`, `budgets` and `events`: what people tell beside the bills comes in by file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated
from typing import Any
from typing import TYPE_CHECKING

import typer

from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from finops.access.workspace import Workspace
    from finops.ingestion.kept import Subject

FILE = Annotated[Path, typer.Argument(metavar="FILE", help="A csv or xlsx file.")]

_IN_THE_DOCUMENT = {"first", "start", "end", "link"}
"""What a terminal has no room for; with --json it is there."""


def add_metrics(context: typer.Context, file: FILE) -> None:
    """Add business metrics: units, revenue, prices, outcomes and usage by product and segment."""
    from finops.ingestion.metrics import METRICS

    _add(context, file, METRICS)


def add_budgets(context: typer.Context, file: FILE) -> None:
    """Add budgets of teams, cost centers, products or everything, by fiscal period."""
    from finops.ingestion.budgets import BUDGETS

    _add(context, file, BUDGETS)


def add_events(context: typer.Context, file: FILE) -> None:
    """Add events that may have moved a cost: deploys, launches, migrations, changes of price."""
    from finops.ingestion.events import EVENTS

    _add(context, file, EVENTS)


def list_metrics(context: typer.Context) -> None:
    """Show each business metric: how far it reaches, and what is missing."""
    _list(context, "metrics", _metrics, _short)


def list_budgets(context: typer.Context) -> None:
    """Show the budgets of every version."""
    _list(context, "budgets", _budgets)


def list_events(context: typer.Context) -> None:
    """Show the events, the earliest first."""
    _list(context, "events", _events)


def _add(context: typer.Context, file: Path, subject: Subject[Any]) -> None:
    session = session_of(context)
    workspace = session.open
    who = {"actor": session.actor, "at": session.moment, "origin": "cli"}
    try:
        done = subject.bring_file(workspace, file, who=who)
    finally:
        workspace.close()
    told = f"{done.added} added, {done.replaced} replaced, {done.unchanged} unchanged."
    if done.status == "unchanged":
        told = f"Nothing new: all {done.unchanged} {subject.name} are there already."
    emit(session, {"status": done.status, **asdict(done)}, lambda console: console.print(told))


def _list(
    context: typer.Context,
    name: str,
    rows_of: Callable[[Workspace], Sequence[dict[str, object]]],
    short: Callable[[dict[str, object]], dict[str, object]] = dict,
) -> None:
    session = session_of(context)
    workspace = session.open
    try:
        rows = rows_of(workspace)
    finally:
        workspace.close()
    said: object = f"There are no {name} yet. Bring them with `finops {name} add FILE`."
    if rows:
        shown = [short(row) for row in rows]
        hidden = _IN_THE_DOCUMENT | {key for key in shown[0] if not any(row[key] for row in shown)}
        keys = [key for key in shown[0] if key not in hidden]
        heads = [key.replace("_", " ").capitalize() for key in keys]
        said = table(heads, [tuple(_shown(row[key]) for key in keys) for row in shown])
    emit(session, {name: rows}, lambda console: console.print(said))


def _short(row: dict[str, object]) -> dict[str, object]:
    """A metric with its name in one, since a terminal has no room for five columns of it."""
    names = [str(row[key]) for key in ("product", "segment", "kind", "currency") if row[key]]
    rest = ("grain", "last", "figures", "latest", "missing")
    return {"metric": f"{' '.join(names)}: {row['unit']}", **{key: row[key] for key in rest}}


def _shown(value: object) -> object:
    """A list is told by its length."""
    return len(value) if isinstance(value, list | tuple) else value


def _metrics(workspace: Workspace) -> Sequence[dict[str, object]]:
    from finops.ingestion.metric_gaps import series
    from finops.ingestion.metrics import metrics_of

    return [
        {
            "product": one.product,
            "segment": one.segment,
            "kind": str(one.kind),
            "unit": one.unit,
            "currency": one.currency,
            "grain": str(one.grain),
            "first": one.first,
            "last": one.last,
            "figures": len(one.figures),
            "latest": one.figures[-1][1],
            "missing": one.missing,
        }
        for one in series(metrics_of(workspace, workspace.snapshot()))
    ]


def _budgets(workspace: Workspace) -> Sequence[dict[str, object]]:
    from finops.ingestion.budgets import budgets_of

    return [
        {
            "version": one.version,
            "scope": one.scope,
            "fiscal_period": one.span.label,
            "start": one.span.start,
            "end": one.span.end,
            "amount": one.amount,
            "currency": one.currency,
        }
        for one in budgets_of(workspace, workspace.snapshot())
    ]


def _events(workspace: Workspace) -> Sequence[dict[str, object]]:
    from finops.ingestion.events import events_of

    return [
        {
            "date": one.day,
            "team": one.team,
            "service": one.service,
            "kind": str(one.kind),
            "text": one.text,
            "link": one.link,
        }
        for one in events_of(workspace, workspace.snapshot())
    ]
