"""What `finops review` prints: a meeting with its agenda, an entry, a table for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.cli.printing import table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.access.workspace import Workspace
    from finops.cli.session import Session
    from finops.operations.entries import Entry

_COLUMNS = (
    *("source", "title", "amount", "currency", "owner", "minutes", "key"),
    *("result", "expected", "effect"),
)


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
        "items": [{**one.model_dump(mode="json"), "rank": one.rank} for one in found.items],
        "by_default": [one.model_dump(mode="json") for one in found.by_default],
    }


def shown(entry: Entry | None) -> dict[str, object]:
    """An entry as it is printed."""
    return entry.model_dump(mode="json") if entry else {}


def human(document: dict[str, object], rows: str) -> object:
    """The rows as a table of what a person needs, or the fields one a line."""
    if not rows:
        return document.get("minutes") or table(
            ("", ""), [(k, str(v)) for k, v in document.items()]
        )
    found = document[rows]
    records: Iterable[dict[str, object]] = found if isinstance(found, list) else []
    kept = [name for name in _COLUMNS if any(name in one for one in records)]
    return table(kept, [[str(one.get(name, "")) for name in kept] for one in records])
