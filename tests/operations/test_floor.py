"""Floor: the clock of the item that is talked about, the same for everybody."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from finops.operations.entries import log_of
from finops.operations.floor import Floor
from finops.operations.floor import give_floor
from finops.operations.floor import name_of
from finops.operations.floor import now
from finops.operations.floor import Pace
from finops.operations.material import Item
from tests.operations.room import AT
from tests.operations.room import by
from tests.operations.room import meeting

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

ITEMS = (Item(source="raised", title="one", minutes=20), Item(source="raised", title="two"))


@pytest.mark.parametrize(
    ("minutes", "pace", "clock"),
    [
        (14, Pace.IN_TIME, "6:00"),
        (15, Pace.NEARLY, "5:00"),
        (20, Pace.NEARLY, "0:00"),
        (21.5, Pace.OVER, "+1:30"),
    ],
)
def test_an_item_is_amber_in_its_last_five_minutes_and_red_beyond(
    opened: Workspace, minutes: float, pace: Pace, clock: str
) -> None:
    key = meeting(opened)
    entry = Floor(meeting=key, item=name_of(ITEMS[0]), began=AT.isoformat())
    give_floor(opened.store, **by(), entry=entry)
    found = now(log_of(opened), key, ITEMS, at=AT + timedelta(minutes=minutes))
    assert found is not None
    assert (found.place, found.pace, found.clock) == (0, pace, clock)


def test_before_the_meeting_begins_nothing_has_the_floor(opened: Workspace) -> None:
    key = meeting(opened)
    assert now(log_of(opened), key, ITEMS, at=AT) is None


def test_where_an_item_is_gone_the_one_in_its_place_has_the_floor(opened: Workspace) -> None:
    key = meeting(opened)
    gone = Floor(meeting=key, item="gone", began=AT.isoformat(), place=1)
    give_floor(opened.store, **by(), entry=gone)
    for items, title in ((ITEMS, "two"), (ITEMS[:1], "one")):
        found = now(log_of(opened), key, items, at=AT)
        assert found is not None
        assert found.item.title == title
    assert now(log_of(opened), key, (), at=AT) is None
