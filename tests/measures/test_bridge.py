"""The bridge: VAR-1 to the digit, and as a law that the steps sum, whatever was charged."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.measures.bridge import bridge
from finops.measures.bridge import Driver
from finops.measures.bridge import Key
from finops.measures.bridge import Observed
from finops.measures.bridge import Terms
from finops.measures.causes import Cause
from finops.measures.causes import USAGE
from tests.lanes import examples

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from random import Random

    from finops.measures.bridge import Contribution

D = Decimal
SAME = (30, 30)


def key(sku: str, bucket: str = USAGE, unit: str = "Hours") -> Key:
    return Key(bucket=bucket, sku=sku, unit=unit, currency="USD")


def seen(
    of: Key, cost: str, contracted: str | None = None, quantity: str | None = None
) -> Observed:
    known = None if contracted is None else D(contracted)
    return Observed(of, D(cost), known, None if quantity is None else D(quantity))


def steps(found: Iterable[Contribution]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for part in found:
        sums[part.cause] = total((sums.get(part.cause, D(0)), part.amount))
    return sums


def var_1() -> tuple[list[Observed], list[Observed]]:
    """The prices of VAR-1, in euro at 0.92; 0.95 is the later own rate."""
    before_rate, after_rate = D("0.92"), D("0.95")
    prices = {
        "m5.large": ("1000", "0.096", "0.070", "900", "0.096", "0.064"),
        "m6i.xlarge": ("200", "0.192", "0.192", "500", "0.180", "0.150"),
        "c5.large": ("300", "0.085", "0.085", "0", "0", "0"),
        "c7g.large": ("0", "0", "0", "400", "0.072", "0.072"),
    }
    sides: tuple[list[Observed], list[Observed]] = ([], [])
    for name, told in prices.items():
        for side, (quantity, contracted, effective) in zip(
            sides, (told[:3], told[3:]), strict=True
        ):
            amounts = [D(quantity) * D(price) * before_rate for price in (effective, contracted)]
            side.append(Observed(key(name), amounts[0], amounts[1], D(quantity)))
    for cause, before, after in (
        (Cause.UNUSED, "4", "9"),
        (Cause.CREDITS, "-10", "-2"),
        (Cause.CORRECTIONS, "0", "-3"),
    ):
        for side, amount in zip(sides, (before, after), strict=True):
            side.append(Observed(key("", cause), D(amount) * before_rate))
    moved = (after_rate - before_rate) / before_rate
    later = [row._replace(exchange=row.cost * moved) for row in sides[1]]
    return sides[0], later


def test_var_1_to_the_digit(shared: Path) -> None:
    told = json.loads((shared / "worked_examples.json").read_text("utf-8"))["VAR-1"]
    before, after = var_1()
    found = steps(bridge(before, after, Terms(SAME)))
    names = {"corrections of earlier periods": "corrections"}
    expected = {names.get(name, name): D(amount) for name, amount in told["steps"].items()}
    assert {name: round(amount, 6) for name, amount in found.items()} == expected
    assert total(row.cost for row in before) == D(told["start"])
    assert round(total(found.values()), 6) == D(told["sum_of_steps"])


def test_a_longer_month_is_told_apart_from_volume_but_not_for_what_is_counted_in_months() -> None:
    hours, stored = key("a"), key("b", unit="GB-Mo")
    before = [seen(hours, "300", "300", "30"), seen(stored, "90", "90", "30")]
    after = [seen(hours, "320", "320", "32"), seen(stored, "93", "93", "31")]
    parts = bridge(before, after, Terms((30, 31)))
    assert steps(parts) == {Cause.DAYS: D(10), Cause.VOLUME: D(13)}
    assert {p.key for p in parts if p.cause is Cause.DAYS} == {hours}


def test_with_a_driver_the_volume_is_demand_and_efficiency() -> None:
    """domain.md 17: demand = Q0 (d1 / d0 - 1) e0, efficiency the rest of the volume."""
    before, after = [seen(key("a"), "100", "100", "50")], [seen(key("a"), "110", "110", "55")]
    orders = Driver("orders", D(1000), D(1200))
    found = steps(bridge(before, after, Terms((30, 31), orders)))
    assert found == {Cause.DEMAND: D(20), Cause.EFFICIENCY: D(-10)}


def test_a_price_change_is_told_at_the_later_quantity() -> None:
    before, after = [seen(key("a"), "80", "100", "10")], [seen(key("a"), "81", "108", "12")]
    found = steps(bridge(before, after, Terms(SAME)))
    assert found == {Cause.VOLUME: D(16), Cause.PRICE: D(-12), Cause.RATE: D(-3)}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [seen(key("a"), "7", "9", "2")], {Cause.NEW: D(7)}),
        ([seen(key("a"), "7", "9", "2")], [], {Cause.RETIRED: D(-7)}),
        ([seen(key("a"), "7", "9", "2")], [seen(key("a"), "0", "0", "0")], {Cause.RETIRED: D(-7)}),
        ([], [seen(key("a"), "7", "9", "0")], {Cause.NO_QUANTITY: D(7)}),
        ([], [seen(key("a"), "7")], {Cause.NO_QUANTITY: D(7)}),
        (
            [seen(key("a"), "7")],
            [seen(key("a"), "9", "9", "3")],
            {Cause.NO_QUANTITY: D(2)},
        ),
        ([seen(key("a"), "5", "5", "-1")], [], {Cause.NO_QUANTITY: D(-5)}),
        (
            [seen(key("a"), "7", "7", "1000")],
            [seen(key("a", unit="TB"), "8", "8", "1")],
            {Cause.RETIRED: D(-7), Cause.NEW: D(8)},
        ),
        ([], [seen(key("a", Cause.REFUNDS), "-4", "-4", "-2")], {Cause.REFUNDS: D(-4)}),
        ([seen(key("a", Cause.TAX), "4")], [], {Cause.TAX: D(-4)}),
        (
            [seen(key("a"), "4", None, "2")],
            [seen(key("a"), "6", "5", "2")],
            {Cause.PRICE: D(2)},
        ),
    ],
    ids=[
        *("new", "retired", "no volume left", "no quantity at all", "quantity not told"),
        *("quantity told only later", "negative quantity", "unit flips", "refund", "tax"),
        "negotiated price unknown",
    ],
)
def test_what_is_no_change_of_volume_or_price_has_a_step_of_its_own(
    before: list[Observed], after: list[Observed], expected: dict[Cause, Decimal]
) -> None:
    assert steps(bridge(before, after, Terms(SAME))) == expected


amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=6, allow_nan=False)
quantities = st.one_of(st.none(), st.decimals(min_value=-5, max_value=10**6, places=4))
keys = st.builds(
    key,
    st.sampled_from("abcd"),
    st.sampled_from([USAGE, USAGE, USAGE, Cause.TAX, Cause.CREDITS, Cause.REFUNDS, Cause.UNUSED]),
    st.sampled_from(["Hours", "GB-Mo"]),
)
rows = st.builds(Observed, keys, amounts, st.one_of(st.none(), amounts), quantities, amounts)
periods = st.lists(rows, max_size=8)


@settings(max_examples=examples(1000), deadline=None)
@given(periods, periods, st.integers(28, 31), st.integers(28, 31))
def test_the_steps_always_sum_to_the_difference(
    before: list[Observed], after: list[Observed], days: int, later: int
) -> None:
    before = [row._replace(exchange=D(0)) for row in before]
    found = bridge(before, after, Terms((days, later)))
    start, end = (total(EXACT.add(r.cost, r.exchange) for r in side) for side in (before, after))
    assert total(part.amount for part in found) == EXACT.subtract(end, start)
    assert all(part.amount for part in found)


@settings(max_examples=examples(200), deadline=None)
@given(periods, periods, st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_splitting_them_changes_a_step(
    before: list[Observed], after: list[Observed], random: Random
) -> None:
    whole = bridge(before, after, Terms((30, 31)))
    split = [half for row in after for half in _halves(row)]
    random.shuffle(split)
    assert bridge(before[::-1], split, Terms((30, 31))) == whole


def _halves(row: Observed) -> tuple[Observed, Observed]:
    """A row as two that add up to it."""
    half = Observed(row.key, *(None if n is None else EXACT.divide(n, D(2)) for n in row[1:5]))  # type: ignore[arg-type]
    return half, half
