"""Agenda: the earlier items get more of the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.operations.agenda import agenda
from finops.operations.entries import log_of
from finops.operations.review import meeting_of
from finops.operations.review import raise_item
from finops.operations.review import Raised
from finops.operations.review import series_of
from tests.operations.room import by
from tests.operations.room import meeting

if TYPE_CHECKING:
    from finops.access.workspace import Workspace


def test_without_a_pack_there_are_only_the_live_items(opened: Workspace) -> None:
    key = meeting(opened)
    log = log_of(opened)
    held = meeting_of(log, key)
    assert agenda(log, held, series=series_of(log, held), today=held.day).items == ()
    for title in ("one", "two", "three"):
        raise_item(opened.store, **by(), entry=Raised(meeting=key, title=title))
    log = log_of(opened)
    items = agenda(log, held, series=series_of(log, held), today=held.day).items
    assert [one.minutes for one in items] == [27, 20, 13]
