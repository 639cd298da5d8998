from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.savings.measured import Figures
from finops.savings.measured import Measured
from finops.savings.measured import Verdict
from finops.savings.measured import weighed

START, END = date(2026, 10, 1), date(2026, 11, 1)
MONEY = st.decimals(min_value=0, max_value=100_000, places=4)


def told(**said: str) -> Measured:
    usual = dict.fromkeys(("adjusted", "within", "flat", "actual", "repriced"), Decimal(0))
    figures = Figures(**{**usual, **{name: Decimal(one) for name, one in said.items()}})
    return weighed(figures, START, END, currency="USD")


def test_sav_1() -> None:
    """Reduction 1860, avoidance 1240: 3100 and not the naive 1560."""
    found = told(adjusted="10540", flat="9300", actual="7440", repriced="7440")
    assert [str(one) for one in (found.reduction, found.avoidance)] == ["1860.00", "1240.00"]
    assert found.verified == 3100
    assert found.per_day == 100
    assert found.demand == 0


def test_fallen_demand_is_told_apart_and_is_no_saving() -> None:
    found = told(adjusted="800", flat="1000", actual="700", repriced="700")
    assert found.reduction == 100
    assert found.avoidance == 0
    assert found.demand == 200


def test_a_cost_that_rose_less_than_demand_is_avoidance() -> None:
    found = told(adjusted="1500", flat="1000", actual="1200", repriced="1200")
    assert found.reduction == 0
    assert found.avoidance == 300


def test_a_new_price_is_told_apart() -> None:
    found = told(adjusted="1000", flat="1000", actual="700", repriced="900")
    assert found.verified == 100
    assert found.price == -200


def test_what_a_commitment_keeps_on_the_bill_is_taken_off() -> None:
    found = told(adjusted="1000", flat="1000", actual="700", repriced="700", kept="250")
    assert found.verified == 50


@pytest.mark.parametrize(
    ("saved", "within", "verdict"),
    [
        ("100", "99", Verdict.NOISE),
        ("100", "90", Verdict.NOISE),
        ("100", "89.9", Verdict.SAVED),
        ("5", "2.5", Verdict.NOISE),
        ("5", "2.4", Verdict.SAVED),
        ("5", "0", Verdict.SAVED),
    ],
)
def test_credit_needs_an_interval_that_leaves_out_nothing_and_drift(
    saved: str, within: str, verdict: Verdict
) -> None:
    """Of 1000, a cost drifts by one percent, 10, and by no more than its own days stray."""
    billed = str(1000 - Decimal(saved))
    found = told(adjusted="1000", flat="1000", actual=billed, repriced=billed, within=within)
    assert found.verdict is verdict
    assert found.verified == (Decimal(saved) if verdict is Verdict.SAVED else 0)
    assert (found.low > 0) == (verdict is Verdict.SAVED)


def test_what_rounding_does_is_no_saving() -> None:
    found = told(adjusted="10.00", flat="10.00", actual="9.98", repriced="9.98")
    assert found.verdict is Verdict.NOISE


@given(MONEY, MONEY, MONEY, MONEY, MONEY, MONEY)
def test_the_parts_always_make_the_whole(
    a: Decimal, b: Decimal, c: Decimal, d: Decimal, e: Decimal, f: Decimal
) -> None:
    found = weighed(Figures(a, b, c, d, e, f), START, END, currency="USD")
    assert found.gap == found.adjusted - found.actual + found.price - found.kept
    assert found.reduction >= 0
    assert found.avoidance >= 0
    assert found.verified in {0, found.gap}
    assert found.verified == found.reduction + found.avoidance
