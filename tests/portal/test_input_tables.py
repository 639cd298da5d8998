"""Tables of what people told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from finops.core.exchange_rate import ExchangeRate
from finops.core.fiscal_span import FiscalSpan
from finops.ingestion.budgets import Budget
from finops.ingestion.events import Event
from finops.ingestion.events import EventKind
from finops.ingestion.metric_gaps import series
from finops.ingestion.metrics import Kind
from finops.ingestion.metrics import Metric
from finops.portal import input_tables

RATES = [
    ExchangeRate("EUR", "USD", "average", month, "", Decimal(rate))
    for month, rate in (("2026-05", "1.2"), ("2026-04", "1.1"))
]
ORDERS = series(
    [
        Metric(
            day=day,
            product="p",
            segment="web",
            unit="orders",
            amount=Decimal(2),
            kind=Kind.UNITS,
        )
        for day in (date(2026, 9, 30), date(2026, 10, 2))
    ]
)


def test_rates_of_a_pair_are_one_row_with_the_latest() -> None:
    columns = input_tables.rates(RATES).columns
    assert [column[0] for column in columns.values()] == [
        *("EUR", "USD", "average", "April 2026", "May 2026", 2, "1.2"),
    ]


def test_a_metric_is_one_row_that_says_what_is_missing() -> None:
    columns = input_tables.metrics(ORDERS).columns
    assert (columns["Metric"], columns["Figures"], columns["Missing"]) == (["orders"], [2], [1])
    assert columns["First missing"] == [date(2026, 10, 1)]


def test_months_stand_the_latest_first() -> None:
    columns = input_tables.months(ORDERS, "p: orders", "orders").columns
    assert columns["Month"] == ["Oct 2026", "Sep 2026"]
    assert columns["web (orders)"] == [2, 2]


def test_a_metric_has_a_name() -> None:
    assert input_tables.name("p", "units", "orders") == "p: orders"
    assert input_tables.name("", "revenue", "orders") == "Company: revenue of orders"


def test_budgets_of_a_year_are_added_up() -> None:
    held = [
        Budget(
            span=FiscalSpan(f"FY27 P0{place}", date(2026, 4, 1), date(2026, 5, 1)),
            scope="all",
            amount=Decimal(100),
            currency="USD",
            version=version,
        )
        for place, version in ((1, "original"), (2, "revised"))
    ]
    columns = input_tables.budgets(held).columns
    assert (columns["Budget"], columns["Parts"]) == ([200], [2])
    assert columns["Versions"] == ["original, revised"]


def test_events_stand_the_latest_first() -> None:
    told = [
        Event(day=date(2026, 10, day), team="", service="", kind=EventKind.DEPLOY, text=f"v{day}")
        for day in (1, 2)
    ]
    columns = input_tables.events(told).columns
    assert (columns["What"], columns["Team"], columns["Link"]) == (
        ["v2", "v1"],
        ["all", "all"],
        [None, None],
    )
