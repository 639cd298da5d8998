"""Sprints: every day from the first on falls in one, and names tell them apart."""

from __future__ import annotations

import itertools
from datetime import date
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.core.document import Node
from finops.core.sprint import read
from finops.core.sprint import SprintCalendar
from finops.errors import InputError

calendars = st.builds(
    SprintCalendar,
    team=st.just("search"),
    start=st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    days=st.integers(1, 60),
    pattern=st.just("{year}-{place:02}"),
)
SEARCH = SprintCalendar(team="search", start=date(2026, 9, 28))


def test_two_weeks_are_a_sprint_unless_it_says_otherwise() -> None:
    found = SEARCH.sprint_of(date(2026, 10, 12))
    assert found == ("search", 2, "Sprint 2", date(2026, 10, 12), date(2026, 10, 26))
    assert SEARCH.sprint_of(date(2026, 9, 27)) is None


def test_the_sprints_of_a_month_are_those_that_have_a_day_in_it() -> None:
    found = list(SEARCH.sprints(date(2026, 10, 1), date(2026, 11, 1)))
    assert [one.number for one in found] == [1, 2, 3]
    assert list(SEARCH.sprints(date(2026, 9, 1), date(2026, 9, 28))) == []


def test_a_place_is_counted_anew_each_year() -> None:
    yearly = SprintCalendar(
        team="ml", start=date(2026, 12, 14), days=7, pattern="{year}-{place:02}"
    )
    found = yearly.sprints(date(2026, 12, 14), date(2027, 1, 12))
    assert [one.name for one in found] == ["2026-01", "2026-02", "2026-03", "2027-01", "2027-02"]


@given(calendars, st.integers(0, 4000))
def test_a_day_falls_in_one_sprint_and_no_two_overlap(calendar: SprintCalendar, after: int) -> None:
    day = calendar.start + timedelta(days=after)
    found = calendar.sprint_of(day)
    assert found is not None
    assert found.start <= day < found.end
    assert list(calendar.sprints(day, day + timedelta(days=1))) == [found]
    following = calendar.sprint_of(found.end)
    assert following is not None
    assert (following.start, following.number) == (found.end, found.number + 1)


@given(calendars, st.integers(0, 2000))
def test_no_two_sprints_have_one_name_and_places_count_without_gaps(
    calendar: SprintCalendar, after: int
) -> None:
    start = calendar.start + timedelta(days=after)
    found = list(calendar.sprints(start, start + timedelta(days=800)))
    assert len({one.name for one in found}) == len(found)
    for one, following in itertools.pairwise(found):
        year, place = map(int, following.name.split("-"))
        last = int(one.name.split("-")[1])
        assert place == (last + 1 if year == one.start.year else 1)


@pytest.mark.parametrize(
    ("days", "pattern", "said"),
    [
        (0, "{number}", "days: 0 is not"),
        (-14, "{number}", "days: -14 is not"),
        (400, "{number}", "days: 400 is not"),
        (14, "Sprint", "gives two sprints one name"),
        (14, "{year}", "gives two sprints one name"),
        (14, "{place}", "gives two sprints one name"),
        (14, "{number:999999999}", "is no name"),
        (14, "{who}", "is no name"),
        (14, "{number", "is no name"),
        (14, "{number.real.x}", "is no name"),
        (14, "{}", "is no name"),
    ],
)
def test_what_cannot_be_a_calendar_is_refused(days: int, pattern: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        SprintCalendar(team="a", start=date(2026, 1, 1), days=days, pattern=pattern)


def test_a_calendar_is_read_as_people_write_it() -> None:
    told = {"team": "search", "start": date(2026, 9, 28)}
    assert read(Node(told)) == SEARCH
    assert read(Node(told | {"start": "2026-09-28", "days": 14})) == SEARCH


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"start": "soon"}, r"sprint_calendars\[0\].start: 'soon' is not a day"),
        ({"start": "20260928"}, r"sprint_calendars\[0\].start: '20260928' is not a day"),
        ({"days": 0}, r"sprint_calendars\[0\]: days: 0 is not a number of days"),
        ({"team": None}, r"sprint_calendars\[0\].team: a text must stand here"),
        ({"length": 7}, r"sprint_calendars\[0\].length: nothing of this name"),
    ],
)
def test_what_is_wrong_is_named_with_its_path(changed: dict[str, object], said: str) -> None:
    told = {"team": "search", "start": "2026-09-28"} | changed
    with pytest.raises(InputError, match=said):
        read(Node(told, "sprint_calendars[0]"))
