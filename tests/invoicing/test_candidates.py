"""What stands in the books or the charges may be a part of a difference, and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from finops.invoicing.differences import Reason
from finops.invoicing.invoices import Line
from finops.invoicing.named import explain
from tests.invoicing.bill import ACCOUNT
from tests.invoicing.bill import part
from tests.invoicing.test_named import asking
from tests.invoicing.test_named import case
from tests.invoicing.test_named import named
from tests.invoicing.test_named import net


def test_what_another_issuer_bills_without_an_invoice_of_its_own_is_named() -> None:
    seller = part("30", issuer="Seller", invoice_id="S-1")
    found = explain(case(asking(net("130")), part("100"), around=(seller,)))
    assert named(found) == [(Reason.OTHER_ISSUER, Decimal(30))]
    own = asking(net("30"), number="S-1", issuer="Seller")
    found = explain(case(asking(net("130")), part("100"), around=(seller,), invoices=(own,)))
    assert found.unexplained == 30


def test_an_invoice_of_that_issuer_in_another_month_changes_nothing() -> None:
    seller = part("30", issuer="Seller", invoice_id="S-1")
    other = asking(net("30"), number="S-0", issuer="Seller", month="2026-03")
    found = explain(case(asking(net("130")), part("100"), around=(seller,), invoices=(other,)))
    assert named(found) == [(Reason.OTHER_ISSUER, Decimal(30))]


def test_charges_without_a_number_that_the_invoice_asks_for_are_named() -> None:
    unnumbered = part("7", invoice_id="")
    found = explain(case(asking(net("107")), part("100"), around=(unnumbered,)))
    assert named(found) == [(Reason.NO_INVOICE, Decimal(7))]


def test_support_that_is_invoiced_apart_is_named() -> None:
    found = explain(case(asking(net("100")), part("100"), part("9", service="Premium Support")))
    assert named(found) == [(Reason.SUPPORT, Decimal(-9))]


def said_line(amount: str, text: str, category: str = "Usage") -> Line:
    """A line of the provider's InvoiceDetail."""
    return Line(category=category, amount=Decimal(amount), account=ACCOUNT, description=text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Premier Support, April", Reason.SUPPORT),
        ("Azure Marketplace: Example", Reason.OTHER_ISSUER),
    ],
)
def test_a_line_of_which_the_charges_know_nothing_is_named_by_what_it_says(
    text: str, reason: Reason
) -> None:
    asked = asking(said_line("100", "Usage charges"), said_line("9", text, "Purchase"))
    found = explain(case(asked, part("100")))
    assert named(found) == [(reason, Decimal(9))]
    assert found.named[0].evidence[-1] == ("InvoiceDetailDescription", text)
    assert found.unexplained == 0


def test_a_support_line_whose_charges_are_there_explains_nothing() -> None:
    asked = asking(said_line("109", "Usage charges"), said_line("9", "Support", "Purchase"))
    found = explain(case(asked, part("100"), part("9", service="Support", category="Purchase")))
    assert (named(found), found.unexplained) == ([], Decimal(9))


@pytest.mark.parametrize("issuer", ["Cloud", "Another"])
def test_a_credit_memo_is_about_an_invoice_of_its_own_issuer(issuer: str) -> None:
    memo = asking(net("-10"), number="C", reference="I-1", issuer=issuer, month="2026-05")
    found = explain(case(asking(net("110")), part("100"), invoices=(memo,)))
    assert found.unexplained == (0 if issuer == "Cloud" else 10)
