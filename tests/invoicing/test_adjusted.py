"""Adjustments of closed months are told apart from what a month itself bills."""

from __future__ import annotations

from decimal import Decimal

from finops.invoicing.adjusted import asked
from finops.invoicing.adjusted import grouped
from finops.invoicing.adjusted import restatement
from finops.invoicing.adjusted import told_apart
from finops.invoicing.invoices import Invoice
from tests.invoicing.bill import ISSUER
from tests.invoicing.bill import part

OWN, MAY, JUNE = part("10"), part("2", adjusts="2026-03"), part("5", adjusts="2026-02")


def bill(number: str) -> Invoice:
    return Invoice(
        issuer=ISSUER,
        invoice_id=number,
        account="1",
        month="2026-04",
        currency="USD",
        rounded=1,
        lines=(),
    )


def test_only_adjustments_that_no_invoice_names_are_apart() -> None:
    assert told_apart((OWN, MAY), (bill("other"),)) == ((OWN,), (MAY,))
    assert told_apart((OWN, MAY), (bill("I-1"),)) == ((OWN, MAY), ())


def test_they_are_grouped_by_the_month_they_are_about() -> None:
    assert [month for _, month, _ in grouped((MAY, JUNE))] == ["2026-03", "2026-02"]


def test_an_invoice_may_ask_for_those_of_its_issuer_and_currency() -> None:
    (one,) = asked(bill("x"), (MAY, part("0", adjusts="2026-01"), part("3", currency="EUR")))
    assert one == restatement(ISSUER, "2026-03", Decimal(2))
    assert one.reason == "restatement of March 2026"
