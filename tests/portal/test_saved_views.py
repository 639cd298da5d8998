from __future__ import annotations

from finops.portal import saved_views
from tests.assessment.test_roi import told
from tests.portal.savings_made import made


def test_the_return_is_told_by_hard_reductions_first() -> None:
    """ROI-1."""
    said = saved_views.returned(told(hard="300000", avoided="120000", cost="320000"))
    words = said.replace("\xa0", " ").replace("\u202f", " ")
    assert words.startswith("**300K USD a year still holds by reductions alone.**")
    assert "6.2 %; with avoidance +31.2 %" in words
    assert "pays back in 12.8 months" in words


def test_what_is_not_entered_is_said() -> None:
    said = saved_views.returned(told(hard="10", cost="0", target="20"))
    assert "is not entered yet" in said
    assert "50.0" in said


def test_what_went_no_further_is_told_beside_the_funnel() -> None:
    told = saved_views.ended(made()).replace("\xa0", " ")
    assert told.endswith("1 withdrawn (300.00 USD).")
    assert sum(one.many for one in made().ended) + made().funnel[0].many == len(made().savings)


def test_what_was_agreed_is_told_with_its_baseline_and_its_credit() -> None:
    first, second, last = made().savings
    said = saved_views._agreed(first).replace("\xa0", " ")  # noqa: SLF001
    assert "10.00 USD a day from 1 Sep 2026 to 30 Sep 2026, driven by web requests" in said
    assert "goes to search 100.0 %" in said
    assert saved_views._agreed(last) == ""  # noqa: SLF001
    assert "it came back" in saved_views._about(second)  # noqa: SLF001
