"""An invoice in another currency than its charges, and charges priced in another than billed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume
from hypothesis import given
from hypothesis import strategies as st

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.core.exchange_rate import ExchangeRate
from finops.exchange.rates import add_rates
from finops.invoicing.currencies import Exchange
from finops.invoicing.differences import Case
from finops.invoicing.differences import RATE
from finops.invoicing.differences import Reason
from finops.invoicing.reconciliation import matched
from finops.invoicing.reconciliation import Status
from tests.faults.bill import costing
from tests.invoicing.bill import ACCOUNT
from tests.invoicing.bill import AT
from tests.invoicing.bill import bring
from tests.invoicing.bill import invoice
from tests.invoicing.bill import ISSUER
from tests.invoicing.bill import MONTH
from tests.invoicing.bill import part
from tests.invoicing.bill import report
from tests.invoicing.bill import tell
from tests.invoicing.test_named import asking
from tests.invoicing.test_named import net

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.dataset import Dataset
    from finops.invoicing.reconciliation import Match

CENT = Decimal("0.01")


def rate(kind: str, number: str | Decimal, day: str = "") -> ExchangeRate:
    """What a euro is in dollars."""
    return ExchangeRate("EUR", "USD", kind, "" if day else MONTH, day, Decimal(number))


AVERAGE = rate("average", "1.1")
ISSUED = rate("daily", "1.15", "2026-05-03")


def bring_rates(workspace: Workspace, *rates: ExchangeRate) -> None:
    add_rates(workspace.store, actor=local_actor(), at=AT, origin="", rates=rates, file="r.csv")


def euros(cost: str = "100", **other: str) -> dict[str, str]:
    return costing(cost, BillingCurrency="EUR", **other)


def only(workspace: Workspace) -> Match:
    (found,) = report(workspace).invoices
    return found


def test_an_invoice_in_dollars_for_charges_in_euros_ties_at_the_months_rate(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "bill.csv", [euros()])
    bring_rates(opened, AVERAGE)
    tell(opened, invoice("I-1", "110"))
    found = only(opened)
    assert (found.status, found.currency, found.charged_in) == (Status.MATCHED, "USD", "EUR")
    assert (found.invoiced, found.billed) == (Decimal(110), Decimal(110))
    assert found.note == "Its charges are in EUR, told at EUR to USD 2026-04: 1.1 (average)."


@pytest.mark.parametrize(
    "other", [rate("month-end", "1.15"), rate("contract", "1.15"), ISSUED], ids=lambda r: r.kind
)
def test_what_another_known_rate_makes_of_it_is_fx_with_both_rates_by_name(
    opened: Workspace, tmp_path: Path, other: ExchangeRate
) -> None:
    bring(opened, tmp_path / "bill.csv", [euros()])
    bring_rates(opened, AVERAGE, other)
    agreed = other.kind == "contract"  # Then it is the month's rate, and the average the other.
    tell(opened, invoice("I-1", "110" if agreed else "115", issued="2026-05-03"))
    found = only(opened)
    assert found.status is Status.EXPLAINED
    (named,) = found.explained
    assert (named.reason, named.amount) == (Reason.FX, Decimal(-5 if agreed else 5))
    rates = [value for name, value in named.evidence if name == RATE]
    assert [one.split(": ")[1][:4].strip() for one in rates] == (
        ["1.15", "1.1"] if agreed else ["1.1", "1.15"]
    )


def test_nothing_is_plugged_where_no_known_rate_fits(opened: Workspace, tmp_path: Path) -> None:
    bring(opened, tmp_path / "bill.csv", [euros()])
    bring_rates(opened, AVERAGE, ISSUED)
    tell(opened, invoice("I-1", "117", issued="2026-05-03"))
    found = only(opened)
    assert found.status is Status.UNEXPLAINED
    assert found.explained == ()
    assert found.unexplained == 7


def test_without_a_rate_the_invoice_is_unexplained_and_says_which_is_missing(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "bill.csv", [euros()])
    tell(opened, invoice("I-1", "110"))
    found = {one.currency: one for one in report(opened).invoices}
    assert found["USD"].status is Status.UNEXPLAINED
    assert found["USD"].unexplained == 110
    assert "there is no rate from EUR to USD for 2026-04" in found["USD"].note
    assert found["EUR"].status is Status.NO_INVOICE
    assert not report(opened).ties


def test_where_charges_have_no_number_the_account_leads_to_them(
    opened: Workspace, tmp_path: Path
) -> None:
    """Another account's euros wait for their own invoice."""
    rows = [euros(InvoiceId=""), euros("7", InvoiceId="", BillingAccountId="2")]
    bring(opened, tmp_path / "bill.csv", rows)
    bring_rates(opened, AVERAGE)
    tell(opened, invoice("I-1", "110", account="1"))
    found = {one.status: one for one in report(opened).invoices}
    assert found[Status.MATCHED].billed == 110
    assert found[Status.NO_INVOICE].billed == 7


def test_charges_of_the_invoices_own_currency_are_told_alone(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "bill.csv", [costing("10"), euros()])
    bring_rates(opened, AVERAGE)
    tell(opened, invoice("I-1", "10"))
    found = {one.currency: one.status for one in report(opened).invoices}
    assert found == {"USD": Status.MATCHED, "EUR": Status.NO_INVOICE}


def test_tax_outside_the_data_and_fx_are_told_apart(opened: Workspace, tmp_path: Path) -> None:
    bring(opened, tmp_path / "bill.csv", [euros()])
    bring_rates(opened, AVERAGE, ISSUED)
    tell(opened, invoice("I-1", "115", "24.15", issued="2026-05-03"))
    named = {one.reason: one.amount for one in only(opened).explained}
    assert named == {Reason.TAX: Decimal("24.15"), Reason.FX: Decimal(5)}


def priced(cost: str, price: str, **other: str) -> dict[str, str]:
    """A charge in dollars that is priced in euros."""
    return costing(cost, PricingCurrency="EUR", PricingCurrencyEffectiveCost=price, **other)


def test_charges_priced_in_euros_and_invoiced_at_another_rate_differ_by_fx(
    opened: Workspace, tmp_path: Path
) -> None:
    """The rows imply 1.10 for both; the invoice converts at its day's rate."""
    rows = [priced("110", "100"), priced("55", "50", SubAccountId="b"), costing("8")]
    bring(opened, tmp_path / "bill.csv", rows)
    bring_rates(opened, AVERAGE, ISSUED)
    tell(opened, invoice("I-1", "180.50", issued="2026-05-03"))
    found = only(opened)
    (named,) = found.explained
    assert (named.reason, named.amount) == (Reason.FX, Decimal("7.5"))
    assert found.unexplained == 0
    assert named.evidence[-2:] == (
        (RATE, "EUR to USD 2026-04: 1.100000 (as the rows imply)"),
        (RATE, "EUR to USD 2026-05-03: 1.15 (daily)"),
    )


def test_priced_in_euros_without_a_rate_that_fits_it_stays_unexplained(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "bill.csv", [priced("110", "100")])
    tell(opened, invoice("I-1", "115"))
    assert only(opened).unexplained == 5


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """A dataset that only lends its rates."""
    made = make_workspace(tmp_path_factory.mktemp("rates") / "workspace")
    bring(made, tmp_path_factory.mktemp("bill") / "bill.csv", [costing("1")])
    found = made.dataset()
    made.close()
    return found


numbers = st.decimals("0.5", "2", places=4)


@given(st.integers(10_000, 10**8), numbers, numbers, st.sampled_from(("known", "")))
def test_an_fx_gap_is_fx_with_its_amount_and_without_the_rate_it_is_unexplained(
    empty: Dataset, cents: int, average: Decimal, issued: Decimal, known: str
) -> None:
    amount = cents * CENT
    asked = (amount * issued).quantize(CENT)
    assume(abs(asked - amount * average) > CENT)
    asking_ = asking(net(asked), issued="2026-05-03")
    rates = (rate("average", average), *([rate("daily", issued, "2026-05-03")] if known else []))
    charges = part(amount, currency="EUR")
    exchange = Exchange(replace(empty, rates=rates), MONTH, (charges,))
    case = Case(invoice=asking_, mine=(), around=(), invoices=(asking_,), explained=())
    rows = {(ISSUER, "I-1", "EUR"): [charges]}
    found = matched(exchange.seen(case, rows))
    assert rows == {}
    assert found.account == ACCOUNT
    gap = asked - amount * average
    if known:
        moved = next(one for one in found.explained if one.reason == Reason.FX)
        assert moved.amount == amount * issued - amount * average
        assert found.status is Status.EXPLAINED
    else:
        assert (found.status, found.unexplained) == (Status.UNEXPLAINED, gap)
