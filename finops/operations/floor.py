"""Floor: which item the meeting is at, since when, and how much of its time is left."""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta
from enum import StrEnum
from typing import ClassVar
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.operations.entries import Entry
from finops.operations.entries import put

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finops.access.command import Transaction
    from finops.operations.entries import Kept
    from finops.operations.entries import Log
    from finops.operations.material import Item

SOON = timedelta(minutes=5)
PART = 3
"""An item is nearly over in its last five minutes, or in the last third of a short one."""


class Floor(Entry):
    """The item that has the floor; its name is the meeting's. `began` is a moment in UTC.

    Where its item is gone, because somebody has answered it, say, what now stands at its `place`
    has the floor.
    """

    kind: ClassVar[str] = "floor"

    item: str
    began: str
    place: int = 0


class Pace(StrEnum):
    """How an item stands in its time."""

    IN_TIME = "in time"
    NEARLY = "nearly over"
    OVER = "over"


class Now(NamedTuple):
    """The item that has the floor, its place, and the time that it has left (negative: over)."""

    item: Item
    place: int
    left: timedelta

    @property
    def pace(self) -> Pace:
        """Whether it is in its time, nearly over, or over."""
        if self.left < timedelta(0):
            return Pace.OVER
        soon = min(SOON, timedelta(minutes=self.item.minutes) / PART)
        return Pace.NEARLY if self.left <= soon else Pace.IN_TIME

    @property
    def clock(self) -> str:
        """`4:05` left, or `+1:30` over."""
        seconds = abs(int(self.left.total_seconds()))
        sign = "+" if self.left < timedelta(0) else ""
        return f"{sign}{seconds // 60}:{seconds % 60:02}"


@command("review.floor", permission=Permission.RUN_REVIEW)
def give_floor(transaction: Transaction, *, entry: Floor) -> Kept:
    """Go to an item of the agenda; its clock begins."""
    return put(transaction, entry.model_copy(update={"key": entry.meeting}))


def name_of(item: Item) -> str:
    """What an item is known by while its meeting lasts."""
    return item.key or f"{item.source}|{item.title}"


def now(log: Log, meeting: str, items: Sequence[Item], *, at: datetime) -> Now | None:
    """The item that has the floor; None before the meeting has begun or where nothing is left."""
    floor = log.find(Floor, meeting)
    names = [name_of(one) for one in items]
    if floor is None or not names:
        return None
    there = floor.item in names
    place = names.index(floor.item) if there else min(floor.place, len(names) - 1)
    spent = at - datetime.fromisoformat(floor.began)
    return Now(items[place], place, timedelta(minutes=items[place].minutes) - spent)
