"""Business metrics: what a line says, and what it may not."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import UTC
from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.core.organization import Organization
from finops.errors import InputError
from finops.ingestion.metrics import add_metrics
from finops.ingestion.metrics import file_of
from finops.ingestion.metrics import Grain
from finops.ingestion.metrics import Kind
from finops.ingestion.metrics import Metric
from finops.ingestion.metrics import metrics_at
from finops.ingestion.owned import WITHDRAWN
from finops.records.models import BusinessMetric
from finops.records.revisions import current

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

SHOP = Organization.from_mapping({"products": [{"id": "checkout", "name": "Checkout"}]})
ORDERS = {
    "date": "2026-10-01",
    "product": "checkout",
    "unit": "orders",
    "amount": "18250",
    "kind": "units",
}


def test_a_figure_is_of_a_day_unless_it_says_otherwise() -> None:
    assert file_of(SHOP).typed(ORDERS) == Metric(
        day=date(2026, 10, 1),
        product="checkout",
        segment="",
        unit="orders",
        amount=Decimal(18250),
        kind=Kind.UNITS,
    )


@pytest.mark.parametrize("told", ["2026-10", "2026-10-01"])
def test_a_month_is_its_first_day(told: str) -> None:
    found = file_of(SHOP).typed(ORDERS | {"date": told, "grain": "Month"})
    assert (found.day, found.grain) == (date(2026, 10, 1), Grain.MONTH)


def test_money_may_fall_below_zero_where_it_is_earned() -> None:
    found = file_of().typed(ORDERS | {"kind": "revenue", "currency": "EUR", "amount": "-3.50"})
    assert found.amount == Decimal("-3.50")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"amount": "-1"}, "amount '-1': expected a number of 0 or more; units cannot be negative"),
        ({"amount": "1,000"}, "amount '1,000': expected a number such as 1234.56"),
        ({"amount": ""}, "amount '': expected a number"),
        ({"kind": "sales"}, "kind 'sales': expected one of units, revenue, price"),
        ({"kind": "revenue"}, "currency '': expected the currency of a revenue"),
        ({"kind": "price", "currency": "USD", "amount": "-1"}, "price cannot be negative"),
        ({"currency": "USD"}, "currency 'USD': expected nothing; units are no money"),
        ({"product": "chekout"}, "product 'chekout': expected one of checkout"),
        ({"date": "1 May"}, "date '1 May': expected a day as YYYY-MM-DD"),
        ({"date": "2026-10-02", "grain": "month"}, "expected a month as YYYY-MM, or its first day"),
        ({"date": "2026-13", "grain": "month"}, "date '2026-13': expected a month as YYYY-MM"),
        ({"unit": ""}, "unit '': expected a value"),
        ({"grain": "week"}, "grain 'week': expected one of day, month"),
    ],
)
def test_what_cannot_be_is_refused(changed: dict[str, str], said: str) -> None:
    with pytest.raises(InputError) as caught:
        file_of(SHOP).typed(ORDERS | changed)
    assert said in str(caught.value)


def kept(workspace: Workspace, amount: str, at: int, state: str = "") -> None:
    """One figure of orders, written at a minute."""
    one = replace(file_of(SHOP).typed(ORDERS | {"amount": amount}), state=state)
    who = {"actor": local_actor("ana"), "origin": "cli"}
    when = datetime(2026, 11, 2, 9, at, tzinfo=UTC)
    add_metrics(workspace.store, **who, at=when, records=(one,), file="m.csv")  # type: ignore[arg-type]


def told(workspace: Workspace, revision: int | None = None) -> list[str]:
    """The amounts that are known, or were as of a revision."""
    with workspace.store.reading() as session:
        return [str(one.amount) for one in metrics_at(session, revision)]


def test_what_was_read_before_is_never_told_for_what_was_written_since_or_elsewhere(
    tmp_path: Path,
) -> None:
    here, there = (make_workspace(tmp_path / name) for name in ("here", "there"))
    with closing(here), closing(there):
        assert told(here) == []
        for workspace, amount in ((here, "1"), (there, "2")):
            kept(workspace, amount, 1)
        with here.store.reading() as session:
            first = current(session)
        assert [told(here), told(there), told(here)] == [["1"], ["2"], ["1"]]
        kept(here, "3", 2)
        assert [told(here), told(here, first), told(there)] == [["3"], ["1"], ["2"]]
        kept(here, "3", 3, state=WITHDRAWN)
        assert [told(here), told(here, first)] == [[], ["1"]]


def test_figures_of_a_command_that_fails_were_never_there(tmp_path: Path) -> None:
    with closing(make_workspace(tmp_path / "workspace")) as workspace:
        kept(workspace, "1", 1)
        with pytest.raises(ZeroDivisionError):
            half_done(workspace)
        assert told(workspace) == ["1"]


def half_done(workspace: Workspace) -> None:
    """Write a figure, read it, and fail."""
    row: Any = {"day": "2026-10-02", "product": "checkout", "unit": "orders", "amount": "5"}
    with workspace.store.writing() as session:
        session.add(BusinessMetric(revision=99, kind="units", grain="day", **row))
        session.flush()
        assert [str(one.amount) for one in metrics_at(session, None)] == ["1", "5"]
        raise ZeroDivisionError
