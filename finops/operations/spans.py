"""Spans: what a retrospective can look back at: a team's sprints, and the months."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.period import BillingPeriod
from finops.errors import UsageError
from finops.measures.window import Window

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from finops.core.organization import Organization
    from finops.dataset import Dataset


class Span(NamedTuple):
    """What is looked back at: a team's sprint, or a month of a team or of everybody."""

    team: str
    name: str
    days: Window

    @property
    def key(self) -> str:
        """What a decision that came out of it names: `search Search 2026-22`, `all 2026-10`."""
        return f"{self.team or 'all'} {self.name}"


def spans_of(dataset: Dataset, team: str, today: date) -> list[Span]:
    """What a team can look back at in a dataset, the latest first (`spans`)."""
    months = (BillingPeriod.parse(one.month) for one in dataset.snapshot.charges)
    return spans(dataset.organization, months, team, today)


def spans(
    organization: Organization, months: Iterable[BillingPeriod], team: str, today: date
) -> list[Span]:
    """What a team can look back at, the latest first: its sprints that are over, and months.

    The first month is left out, as there is nothing before it.

    Raises:
        UsageError: there is no such team.
    """
    if team and team not in {one.id for one in organization.teams}:
        message = f"There is no team {team!r}."
        raise UsageError(message)
    known = sorted(set(months))[1:]
    found = [Span(team, str(one), Window(one.start, one.end)) for one in known if one.end <= today]
    start = known[0].start if known else today
    for calendar in organization.sprint_calendars:
        if calendar.team == team:
            every = calendar.sprints(start, today)
            found += [
                Span(team, one.name, Window(one.start, one.end))
                for one in every
                if one.end <= today and one.start >= start
            ]
    return sorted(found, key=lambda one: (one.days.end, one.days.start), reverse=True)


def named(every: list[Span], name: str) -> Span:
    """The span of that name; without one the latest.

    Raises:
        UsageError: there is none.
    """
    found = next((one for one in every if name in {"", one.name}), None)
    if not every:
        message = "There is no sprint or month to look back at yet."
        remedy = "A sprint must be over, and a month needs the one before it: bring that bill too."
        raise UsageError(message, remedy=remedy)
    if found is None:
        some = ", ".join(one.name for one in every[:5])
        message = f"There is no sprint or month {name!r} to look back at."
        raise UsageError(message, remedy=f"There are: {some}.")
    return found
