"""What can be looked back at: sprints that are over, and months that have one before them."""

from __future__ import annotations

from datetime import date

import pytest

from finops.core.organization import Organization
from finops.core.period import BillingPeriod
from finops.errors import UsageError
from finops.operations.spans import named
from finops.operations.spans import spans

MARKET = Organization.from_mapping(
    {
        "teams": [{"id": "search", "name": "Search"}],
        "sprint_calendars": [
            {"team": "search", "start": "2026-09-28", "days": 14, "pattern": "S{year}-{place:02}"}
        ],
    }
)
MONTHS = [BillingPeriod.parse(month) for month in ("2026-10", "2026-08", "2026-09")]
TODAY = date(2026, 10, 20)


def names(team: str, today: date = TODAY) -> list[str]:
    return [one.name for one in spans(MARKET, MONTHS, team, today)]


def test_everybody_looks_back_at_months_that_are_over_and_have_one_before_them() -> None:
    assert names("") == ["2026-09"]
    assert names("", date(2026, 11, 1)) == ["2026-10", "2026-09"]


def test_a_team_looks_back_at_its_sprints_too_the_latest_first() -> None:
    found = spans(MARKET, MONTHS, "search", TODAY)
    assert [one.days.end for one in found] == [date(2026, 10, 12), date(2026, 10, 1)]
    assert found[0].key == f"search {found[0].name}"


def test_without_a_name_it_is_the_latest_and_what_is_none_is_named() -> None:
    every = spans(MARKET, MONTHS, "", TODAY)
    assert named(every, "") == every[0]
    with pytest.raises(UsageError, match="no sprint or month '2026-13'") as caught:
        named(every, "2026-13")
    assert caught.value.remedy == "There are: 2026-09."
    with pytest.raises(UsageError, match="no team 'nobody'"):
        names("nobody")
