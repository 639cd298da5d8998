from __future__ import annotations

from finops.portal import work_charts
from finops.portal import work_tables
from tests.portal.things import told
from tests.portal.things import works


def test_the_chart_says_what_it_shows() -> None:
    groups = work_tables.grouped(works(), lambda one: one.finding.resource.team)
    chart = work_charts.worth(groups, told(), "Team")
    assert "search" in chart.alt
    assert "USD of 30 days" in chart.alt
    assert work_charts.worth((), told(), "Team").empty
