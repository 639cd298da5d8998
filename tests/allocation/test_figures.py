"""Usage figures of a period, by unit, product and segment."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from finops.allocation.figures import figures
from finops.ingestion.metrics import Grain
from finops.ingestion.metrics import Kind
from finops.ingestion.metrics import Metric
from finops.measures.window import Window

JULY = Window(date(2026, 7, 1), date(2026, 8, 1))


def used(day: str, amount: int, grain: Grain = Grain.DAY, product: str = "") -> Metric:
    return Metric(
        day=date.fromisoformat(day),
        product=product,
        segment="search",
        unit="calls",
        amount=Decimal(amount),
        kind=Kind.USAGE,
        grain=grain,
    )


def test_the_days_of_the_period_add_up() -> None:
    told = [used("2026-06-30", 100), used("2026-07-01", 3), used("2026-07-31", 4)]
    assert figures(told, JULY) == {("calls", ""): {"search": Decimal(7)}}


def test_a_figure_of_the_month_is_not_counted_again_day_by_day() -> None:
    told = [used("2026-07-01", 50, Grain.MONTH), used("2026-07-02", 3)]
    assert figures(told, JULY)["calls", ""] == {"search": Decimal(50)}


def test_products_are_told_apart_and_together() -> None:
    told = [used("2026-07-01", 3, product="a"), used("2026-07-01", 4, product="b")]
    found = figures(told, JULY)
    assert found["calls", "a"] == {"search": Decimal(3)}
    assert found["calls", ""] == {"search": Decimal(7)}
