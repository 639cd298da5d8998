"""An accrual is what is in and the mean of it for what is not; it balances, and is undone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.invoicing.accrual import Accrual
from finops.invoicing.accrual import accruals
from finops.invoicing.accrual import accrue
from finops.invoicing.accrual import true_up
from tests.faults.bill import costing
from tests.invoicing.bill import bring
from tests.invoicing.bill import invoice
from tests.invoicing.bill import report
from tests.invoicing.bill import tell

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

APRIL = BillingPeriod(2026, 4)


def of(usage: list[str], delivered: str = "") -> Accrual:
    days = [Decimal(day) for day in usage]
    sent = Decimal(delivered) if delivered else total(days)
    return accrue(days, sent, period=APRIL, issuer="Cloud", currency="USD")


def test_the_true_up_of_rec_3() -> None:
    """Accrued 118400, actual 121150: 2750 remain, 2.2699 % of the actual amount."""
    found = true_up(Decimal(118400), Decimal(121150))
    assert found.amount == 2750
    assert found.share == Decimal("0.022699")
    assert true_up(Decimal(5), Decimal(0)).share is None


def test_missing_days_are_the_mean_of_those_that_are_in() -> None:
    found = of(["10", "20", "30"], "65")
    assert (found.days, found.missing) == (3, 27)
    assert (found.amount, found.low, found.high) == (
        Decimal("605.00"),
        Decimal("200.00"),
        Decimal("1010.00"),
    )


def test_a_whole_month_is_as_delivered_without_a_range() -> None:
    found = of(["10"] * 30)
    assert found.amount == found.low == found.high == 300
    assert found.missing == 0


def test_it_is_booked_on_the_last_day_and_reversed_on_the_first() -> None:
    entries = of(["10"] * 30).entries
    assert [(one.day, one.account, one.debit, one.credit) for one in entries] == [
        (date(2026, 4, 30), "6100", Decimal(300), Decimal(0)),
        (date(2026, 4, 30), "2100", Decimal(0), Decimal(300)),
        (date(2026, 5, 1), "2100", Decimal(300), Decimal(0)),
        (date(2026, 5, 1), "6100", Decimal(0), Decimal(300)),
    ]


money = st.decimals(-1_000_000, 1_000_000, places=6)


@given(st.lists(money, max_size=30))
def test_debits_equal_credits_each_day_and_each_account_ends_at_nothing(
    usage: list[Decimal],
) -> None:
    found = accrue(usage, total(usage), period=APRIL, issuer="Cloud", currency="USD")
    for name in ("day", "account"):
        for key in {getattr(one, name) for one in found.entries}:
            mine = [one for one in found.entries if getattr(one, name) == key]
            assert total(one.debit for one in mine) == total(one.credit for one in mine)
    assert found.low <= found.amount <= found.high


def test_only_what_is_not_invoiced_is_accrued(opened: Workspace, tmp_path: Path) -> None:
    """A fee of 30 on the first, and usage of 1 on each of two days; the fee does not repeat."""
    second = {
        "ChargePeriodStart": "2026-04-02T00:00:00Z",
        "ChargePeriodEnd": "2026-04-03T00:00:00Z",
        "ResourceId": "r-2",
    }
    fee = {"ChargeFrequency": "Recurring", "ResourceId": "fee"}
    bring(
        opened, tmp_path / "april.csv", [costing("1"), costing("1", **second), costing("30", **fee)]
    )
    (found,) = accruals(opened.dataset(), report(opened).invoices, APRIL)
    assert (found.issuer, found.delivered, found.days) == ("Cloud", Decimal(32), 2)
    assert found.amount == Decimal("60.00")
    tell(opened, invoice("I-1", "32"))
    assert accruals(opened.dataset(), report(opened).invoices, APRIL) == ()


def test_what_another_invoice_asks_for_is_not_accrued_again(
    opened: Workspace, tmp_path: Path
) -> None:
    sold = costing("7", InvoiceIssuerName="Seller", InvoiceId="S-1", ResourceId="r-2")
    bring(opened, tmp_path / "april.csv", [costing("10"), sold])
    tell(opened, invoice("I-1", "17"))
    assert report(opened).accrual == ()


@pytest.mark.parametrize("usage", [[], ["10"]])
def test_one_day_or_none_makes_no_false_certainty(usage: list[str]) -> None:
    found = of(usage)
    assert found.high - found.low == Decimal(30) * 29 * len(usage)
