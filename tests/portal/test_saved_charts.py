from __future__ import annotations

from dataclasses import replace

from finops.portal import saved_charts
from tests.portal.savings_made import made


def test_the_funnel_says_what_it_shows() -> None:
    chart = saved_charts.funnel(made())
    assert "Identified (2) 600.00" in chart.alt
    assert "Verified (1) 300.00" in chart.alt
    assert saved_charts.funnel(replace(made(), savings=())).empty
