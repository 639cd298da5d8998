"""FX-1 and what is not known."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from finops.access.actor import local_actor
from finops.core.exchange_rate import ExchangeRate
from finops.exchange.rates import add_rates
from finops.invoicing.exchange_gain import gain
from finops.invoicing.invoices import Invoice
from finops.invoicing.invoices import Line
from tests.faults.bill import costing
from tests.invoicing.bill import AT
from tests.invoicing.bill import bring
from tests.invoicing.bill import invoice
from tests.invoicing.bill import report
from tests.invoicing.bill import tell

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

numbers = st.decimals("0.0001", "200", places=4)


def rate(value: str | Decimal, kind: str, when: str) -> ExchangeRate:
    """What a dollar is in euros, in a month or on a day."""
    month, day = ("", when) if kind == "daily" else (when, "")
    return ExchangeRate("USD", "EUR", kind, month, day, Decimal(value))


def asking(amount: str | Decimal = "100000") -> Invoice:
    """An invoice of April in dollars, issued on 3 May and due on 2 June."""
    return Invoice(
        issuer="Cloud",
        invoice_id="I-1",
        account="",
        month="2026-04",
        currency="USD",
        lines=(Line(category="Net", amount=Decimal(amount)),),
        rounded=1,
        issued="2026-05-03",
        due="2026-06-02",
    )


AVERAGE = rate("0.92", "average", "2026-04")
ISSUED = rate("0.93", "daily", "2026-05-03")
PAID = rate("0.91", "daily", "2026-06-02")


def test_fx_1_loses_1000_at_the_invoice_and_gains_2000_at_payment() -> None:
    found = gain(asking(), "EUR", (AVERAGE, ISSUED, PAID))
    assert [found.expense, found.payable, found.settled] == [92000, 93000, 91000]
    assert [found.gain_at_invoice, found.gain_at_settlement, found.net] == [-1000, 2000, 1000]
    assert found.missing == ()
    assert found.rates == (
        "USD to EUR 2026-04: 0.92 (average)",
        "USD to EUR 2026-05-03: 0.93 (daily)",
        "USD to EUR 2026-06-02: 0.91 (daily)",
    )


def test_without_the_days_rate_its_months_end_holds_and_is_named() -> None:
    end = rate("0.94", "month-end", "2026-05")
    found = gain(asking(), "EUR", (AVERAGE, end, PAID))
    assert found.payable == 94000
    assert "USD to EUR 2026-05: 0.94 (month-end)" in found.rates


def test_what_has_no_rate_or_day_is_not_known_and_says_what_to_bring() -> None:
    found = gain(asking(), "EUR", (AVERAGE, ISSUED))
    assert [found.gain_at_invoice, found.gain_at_settlement, found.net] == [-1000, None, None]
    (missing,) = found.missing
    assert missing == "the daily rate of 2026-06-02, or the month-end rate from USD to EUR"
    bare = gain(replace(asking(), issued="", due=""), "EUR", ())
    assert {bare.expense, bare.payable, bare.settled, bare.net} == {None}
    assert bare.missing == (
        "the average rate of 2026-04 from USD to EUR",
        "InvoiceIssueDate of the invoice",
        "PaymentDueDate of the invoice",
    )


@given(st.decimals("-1e9", "1e9", places=2), numbers, numbers, numbers)
def test_the_two_steps_are_the_net_whatever_the_rates(
    amount: Decimal, average: Decimal, issued: Decimal, paid: Decimal
) -> None:
    rates = (
        rate(average, "average", "2026-04"),
        rate(issued, "daily", "2026-05-03"),
        rate(paid, "daily", "2026-06-02"),
    )
    found = gain(asking(amount), "EUR", rates)
    assert found.gain_at_invoice is not None
    assert found.gain_at_settlement is not None
    assert found.gain_at_invoice + found.gain_at_settlement == found.net
    assert found.net == found.net.quantize(Decimal("0.01"))


def test_a_month_tells_its_foreign_invoices_and_no_others(
    opened: Workspace, tmp_path: Path
) -> None:
    euros = costing("50", BillingCurrency="EUR", InvoiceId="I-2")
    bring(opened, tmp_path / "bill.csv", [costing("10"), euros])
    days = {"issued": "2026-05-03", "due": "2026-06-02"}
    tell(opened, invoice("I-1", "10"), invoice("I-2", "50", currency="EUR", **days))
    rates = tuple(
        ExchangeRate("EUR", "USD", kind, month, day, Decimal(value))
        for kind, month, day, value in (
            ("average", "2026-04", "", "1.1"),
            ("daily", "", "2026-05-03", "1.2"),
            ("month-end", "2026-06", "", "1.0"),
        )
    )
    add_rates(opened.store, actor=local_actor(), at=AT, origin="", rates=rates, file="r.csv")
    (found,) = report(opened).fx
    assert [found.invoice_id, found.reporting, found.invoiced] == ["I-2", "USD", 50]
    assert [found.gain_at_invoice, found.gain_at_settlement, found.net] == [-5, 10, 5]


def test_where_nobody_reports_in_another_currency_there_is_nothing_to_gain(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "bill.csv", [costing("10", BillingCurrency="EUR")])
    tell(opened, invoice("I-1", "10", currency="EUR"))
    assert report(opened).fx == ()
