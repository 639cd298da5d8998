"""`finops audit verify`, `finops audit list`: is the log whole, and who did what in it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of

if TYPE_CHECKING:
    from finops.access.trail import Check
    from finops.access.trail import Entry

MOST = 100
"""How many events are listed when nobody says."""


def verify(context: typer.Context) -> None:
    """Prove that every event of the log is as it was written; name the first that is not."""
    from finops.access import trail

    session = session_of(context)
    workspace = session.open
    try:
        found = trail.verify(workspace.store, session.actor)
    finally:
        workspace.close()
    emit(session, document(found), lambda console: console.print(says(found), soft_wrap=True))
    if not found.unbroken:
        raise typer.Exit(1)


def list_events(
    context: typer.Context,
    *,
    actor: Annotated[str, typer.Option(metavar="PERSON", help="Of one person.")] = "",
    command: Annotated[str, typer.Option(metavar="C", help="Of one kind, as rates.add.")] = "",
    day: Annotated[
        datetime | None,
        typer.Option(metavar="DAY", formats=["%Y-%m-%d"], help="Of one day, in UTC."),
    ] = None,
    most: Annotated[int, typer.Option(metavar="N", min=1, help="At most so many.")] = MOST,
) -> None:
    """Show who did what, when and from where, the latest first; `--json` with before and after."""
    from finops.access import trail

    session = session_of(context)
    sought = trail.Sought(actor, command, day.date() if day else None)
    workspace = session.open
    try:
        found = trail.entries(workspace.store, session.actor, sought, most=most)
    finally:
        workspace.close()
    columns = ("Event", "When", "Who", "Did", "To what", "From")
    named = {"events": [line(entry) for entry in found]}
    rows = [(str(one.sequence), _when(one), *one[2:5], one.origin) for one in found]
    emit(session, named, lambda console: console.print(table(columns, rows)))


def document(found: Check) -> dict[str, object]:
    """What the proof found, as one JSON document."""
    return {
        "unbroken": found.unbroken,
        "events": found.events,
        "last": found.last.isoformat() if found.last else None,
        "head": found.head.hash,
        "noted": found.noted,
        "broken_at": found.findings[0].line if found.findings else None,
        "findings": [
            {"rule": one.rule, "event": one.line, "reason": one.reason} for one in found.findings
        ],
    }


def line(entry: Entry) -> dict[str, object]:
    """One event as it stands in JSON."""
    at = entry.at.isoformat() if entry.at else None
    return entry._asdict() | {"at": at}


def says(found: Check) -> str:
    """Whether the log is whole, in a sentence; where it is not, the first event that breaks."""
    if found.findings:
        first, more = found.findings[0], len(found.findings) - 1
        rest = f" {more} more findings follow from there." if more else ""
        return f"The log is broken at event {first.line}: {first.reason}.{rest}"
    if found.last is None:
        return "The log is unbroken: nothing has happened yet."
    return (
        f"The log is unbroken: {found.events:,} events to {found.last:%Y-%m-%d}, "
        f"head {found.head.hash}; {found.noted:,} of its ends are noted outside it."
    )


def _when(entry: Entry) -> str:
    return f"{entry.at:%Y-%m-%d %H:%M:%S}" if entry.at else "?"
