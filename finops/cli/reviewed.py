"""What `finops review` prints: a meeting with its agenda, an entry, a table for people."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated
from typing import Any
from typing import TYPE_CHECKING

import typer

from finops.cli.printing import emit
from finops.cli.printing import plain
from finops.cli.printing import table
from finops.cli.session import session_of
from finops.core.amount import Amount

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from finops.access.command import Call
    from finops.access.workspace import Workspace
    from finops.cli.session import Session
    from finops.operations.entries import Entry

Work = Callable[["Workspace", "Session"], dict[str, object]]

Meeting = Annotated[
    str, typer.Option("--meeting", metavar="M", help="Its name, day or month; else the next.")
]

_COLUMNS: dict[str, dict[str, str]] = {
    "items": {
        "title": "item", "amount": "amount", "currency": "", "owner": "owner",
        "minutes": "minutes", "key": "key",
    },
    "outcomes": {
        "key": "decision", "choice": "choice", "result": "result", "expected": "expected",
        "effect": "on the bill", "error": "off by", "currency": "",
    },
}  # fmt: skip
"""What a person needs of the rows that a document has, and the headings of its columns."""


def show_work(context: typer.Context, work: Work, rows: str = "") -> None:
    """Open the workspace, do the work, and print what it found."""
    session = session_of(context)
    workspace = session.open
    try:
        document = work(workspace, session)
    finally:
        workspace.close()
    emit(session, document, lambda console: _print(console, document, rows))


def _print(console: Console, document: dict[str, object], rows: str) -> None:
    """What a line holds is not to be broken where it is no table: minutes are Markdown."""
    told = human(document, rows)
    console.print(told, soft_wrap=isinstance(told, str))


def call_of(session: Session) -> Call:
    """Who writes when, and from where."""
    return {"actor": session.actor, "at": session.moment, "origin": "cli", "key": None}


def agenda_of(workspace: Workspace, session: Session, key: str) -> dict[str, object]:
    """A meeting with its agenda, as one document."""
    from finops.operations import agenda as room
    from finops.operations import review
    from finops.operations.entries import log_of

    log = log_of(workspace)
    held = review.meeting_of(log, key)
    found = room.agenda(log, held, series=review.series_of(log, held), today=session.today)
    pack = log.find(room.Pack, key)
    return {
        "meeting": key,
        "day": held.day,
        "month": held.month,
        "snapshot": pack.snapshot_id if pack else "",
        "items": [{**one.model_dump(), "rank": one.rank} for one in found.items],
        "by_default": [one.model_dump() for one in found.by_default],
    }


def shown(entry: Entry | None) -> dict[str, object]:
    """An entry as it is printed."""
    return entry.model_dump() if entry else {}


def human(document: dict[str, object], rows: str) -> object:
    """The rows as a table of what a person needs, or the fields that say something, one a line."""
    if not rows:
        told = ((name, _one_line(value)) for name, value in document.items())
        return document.get("minutes") or table(("", ""), [one for one in told if one[1]])
    found = document[rows]
    records: Iterable[dict[str, Any]] = found if isinstance(found, list) else []
    named = _COLUMNS[rows]
    return table(tuple(named.values()), [[_cell(one, name) for name in named] for one in records])


def _one_line(value: object) -> str:
    """A value as it stands behind the name of its field; what is not there is nothing."""
    match plain(value):
        case None:
            return ""
        case dict() as parts:
            return ", ".join(f"{name} {part}" for name, part in parts.items() if part)
        case list() as parts:
            return "; ".join(map(_one_line, parts))
        case told:
            return str(told)


def _cell(one: dict[str, Any], name: str) -> object:
    """A value of a row; an amount as it is posted, in its own currency."""
    currency = one.get("currency") or one.get("measured", {}).get("currency", "")
    told = currency if name == "currency" else one[name]
    return Amount(told, currency) if isinstance(told, Decimal) else told
