"""The demo's cluster, at figures that can be checked by hand."""

from __future__ import annotations

from datetime import date

from finops.demo.business import Count
from finops.demo.clusters import IDLE
from finops.demo.clusters import namespaces
from finops.demo.clusters import opencost_csv
from finops.demo.clusters import team
from finops.demo.seasons import story

MONTH = story(date(2026, 11, 21))[-1]


def count(name: str, hours: int, kind: str = "usage") -> Count:
    told = ("2026-11-01", MONTH, "platform", name, "hours", hours, 0, kind, "", "month")
    return Count(*told)


def test_a_team_has_two_namespaces_and_what_nobody_used_is_beside_them() -> None:
    """A quarter of a team's hours are jobs; 18 for 100 that are used run idle."""
    found = namespaces([count("search", 200), count("ml", 400), count("ml", 9, "units")], MONTH)
    assert found == {"search-jobs": 50, "search": 150, "ml-jobs": 100, "ml": 300, IDLE: 108}
    assert [team(name) for name in found] == ["search", "search", "ml", "ml", "platform"]


def test_the_file_is_what_opencost_exports() -> None:
    lines = opencost_csv({MONTH: {"search": 150, IDLE: 10}}).splitlines()
    assert lines[0].startswith("Date,Namespace,")
    assert lines[1:] == [
        f"{MONTH.period}-01,{IDLE},,,,,0.316",
        f"{MONTH.period}-01,search,,,,,4.74",
    ]
