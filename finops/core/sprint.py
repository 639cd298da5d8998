"""SprintCalendar: a team's sprints, one after the other from a first day, each with its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from finops.core.document import Node

PATTERN = "Sprint {number}"
_DAY = timedelta(days=1)
_LONGEST = 366
_SHAPE = re.compile(r"([^{}]|\{(number|year|place)(:0[1-4])?\})+")


class Sprint(NamedTuple):
    """One sprint of a team; half-open, so the end is the next one's first day."""

    team: str
    number: int
    name: str
    start: date
    end: date


@dataclass(frozen=True, kw_only=True)
class SprintCalendar:
    """A team's sprints of so many days each, without gaps, the first on `start`.

    `pattern` names them: `{number}` counts from 1 on, `{year}` is the year in which a sprint
    starts and `{place}` its place among those of that year.

    Raises:
        InputError: a sprint would have no length, or the pattern cannot name it.
    """

    team: str
    start: date
    days: int = 14
    pattern: str = PATTERN

    def __post_init__(self) -> None:
        if not 0 < self.days <= _LONGEST:
            message = f"days: {self.days} is not a number of days from 1 to {_LONGEST}."
            raise InputError(message)
        if not _SHAPE.fullmatch(self.pattern):
            message = f"pattern: {self.pattern!r} is no name for sprints."
            raise InputError(message, remedy="Use {number}, {year} and {place:02}.")
        if not (
            "{number" in self.pattern or ("{year" in self.pattern and "{place" in self.pattern)
        ):
            message = f"pattern: {self.pattern!r} gives two sprints one name."
            raise InputError(message, remedy="Use {number}, or {year} with {place}.")

    def sprint_of(self, day: date) -> Sprint | None:
        """The sprint that a day falls in; none before the first."""
        return None if day < self.start else self._sprint((day - self.start).days // self.days)

    def sprints(self, start: date, end: date) -> Iterator[Sprint]:
        """The sprints that have a day from `start` to before `end`, in order."""
        first = max(start, self.start)
        place = (first - self.start).days // self.days
        while first < end and (found := self._sprint(place)).start < end:
            yield found
            place += 1

    def _sprint(self, place: int) -> Sprint:
        start = self.start + place * self.days * _DAY
        newyear = max(start.replace(month=1, day=1), self.start)
        before = -(-(newyear - self.start).days // self.days)
        words = {"number": place + 1, "year": start.year, "place": place - before + 1}
        end = start + self.days * _DAY
        return Sprint(self.team, place + 1, self.pattern.format(**words), start, end)


def read(node: Node) -> SprintCalendar:
    """A team's sprints as people write them down: team, start, and if need be days and pattern.

    Raises:
        InputError: with the path of what is wrong.
    """
    part = node.named("team", "start", "days", "pattern")
    try:
        return SprintCalendar(
            team=part["team"].text(),
            start=part["start"].day(),
            days=14 if part["days"].value is None else part["days"].number(),
            pattern=part["pattern"].text_or_none() or PATTERN,
        )
    except InputError as error:
        if node.path and not str(error).startswith(node.path):
            node.refuse(str(error))
        raise
