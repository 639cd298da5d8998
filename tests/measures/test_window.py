"""Windows: months by months, days by days, and how far two of them lie apart."""

from __future__ import annotations

from datetime import date

import pytest

from finops.core.period import BillingPeriod
from finops.errors import UsageError
from finops.measures import Query
from finops.measures.window import former
from finops.measures.window import Window
from finops.measures.window import window

MONEY = ("EffectiveCost",)


@pytest.mark.parametrize(
    ("after", "before"),
    [
        (("2026-03-01", "2026-04-01"), ("2026-02-01", "2026-03-01")),
        (("2026-01-01", "2026-04-01"), ("2025-10-01", "2026-01-01")),
        (("2026-03-01", "2026-03-13"), ("2026-02-17", "2026-03-01")),
        (("2026-03-10", "2026-04-10"), ("2026-02-07", "2026-03-10")),
    ],
)
def test_the_period_before_is_as_many_months_or_as_many_days(
    after: tuple[str, str], before: tuple[str, str]
) -> None:
    def days(told: tuple[str, str]) -> Window:
        return Window(date.fromisoformat(told[0]), date.fromisoformat(told[1]))

    assert former(days(after)) == days(before)


def test_windows_are_so_many_months_apart() -> None:
    march = window(Query(measures=MONEY, period=BillingPeriod(2026, 3)))
    late = window(Query(measures=MONEY, start=date(2025, 12, 24), end=date(2026, 1, 2)))
    assert march.months_since(late) == 3
    assert (march.days, march.months, march.last) == (31, 1, date(2026, 3, 31))
    assert late.months == 0


def test_a_query_without_days_has_no_window() -> None:
    with pytest.raises(UsageError, match="needs a period"):
        window(Query(measures=MONEY, start=date(2026, 1, 1)))
