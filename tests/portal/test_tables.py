"""Tables that name their units."""

from __future__ import annotations

from decimal import Decimal

from finops.portal import tables
from finops.portal.change import Change
from finops.portal.charts import Series

LABELS = ("September 2026", "October 2026")


def test_every_amount_names_its_currency_and_every_share_its_percent() -> None:
    table = tables.changes([Change("a", Decimal(4), Decimal("5.005"))], "USD", LABELS, "Service")
    assert list(table.columns) == [
        "Service",
        "September 2026 (USD)",
        "October 2026 (USD)",
        "Change (USD)",
        "Change (%)",
    ]
    assert table.columns["October 2026 (USD)"] == [Decimal("5.00")]
    assert table.columns["Change (%)"] == [25.125]


def test_a_change_from_nothing_has_no_percentage() -> None:
    table = tables.changes([Change("a", Decimal(0), Decimal(5))], "JPY", LABELS, "Service")
    assert table.columns["Change (%)"] == [None]


def test_a_day_that_one_month_lacks_is_empty() -> None:
    now, before = Series("October", ((31, Decimal(2)),)), Series("September", ((1, Decimal(1)),))
    table = tables.days(now, before, "USD")
    assert table.columns["Day"] == [1, 31]
    assert table.columns["October (USD)"] == [None, Decimal("2.00")]
