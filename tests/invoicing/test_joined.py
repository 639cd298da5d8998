from __future__ import annotations

from decimal import Decimal

from finops.invoicing.invoices import Invoice
from finops.invoicing.invoices import Line
from finops.invoicing.joined import joined
from tests.invoicing.bill import ACCOUNT
from tests.invoicing.bill import ISSUER
from tests.invoicing.bill import MONTH
from tests.invoicing.bill import part


def asking(number: str, account: str = ACCOUNT, reference: str = "") -> Invoice:
    return Invoice(
        issuer=ISSUER,
        invoice_id=number,
        account=account,
        month=MONTH,
        currency="USD",
        lines=(Line(category="Net", amount=Decimal(5)),),
        rounded=2,
        reference=reference,
    )


def test_invoices_of_one_account_are_one_where_charges_have_no_numbers() -> None:
    (one,) = joined([asking("B"), asking("A")], [part("10", invoice_id="")])
    assert (one.invoice_id, one.rounded) == ("A + B", 4)
    assert one.payable == 10
    assert set(one.numbers) == {"A + B", "A", "B"}


def test_what_a_number_an_account_or_a_reference_tells_apart_stays_apart() -> None:
    numbered = joined([asking("B"), asking("A")], [part("10", invoice_id="A")])
    assert [one.invoice_id for one in numbered] == ["B", "A"]
    unnumbered = [part("10", invoice_id="")]
    apart = joined([asking("A"), asking("B", "2"), asking("C", reference="A")], unnumbered)
    assert {one.invoice_id for one in apart} == {"A", "B", "C"}
