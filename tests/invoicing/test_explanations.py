from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.errors import UsageError
from finops.invoicing.explanations import amount_of
from finops.invoicing.explanations import Claim
from finops.invoicing.explanations import say
from finops.invoicing.reconciliation import Status
from tests.faults.bill import costing
from tests.invoicing.bill import AT
from tests.invoicing.bill import bring
from tests.invoicing.bill import days
from tests.invoicing.bill import invoice
from tests.invoicing.bill import report
from tests.invoicing.bill import tell

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.invoicing.explanations import Kept


@pytest.fixture
def open_amount(opened: Workspace, tmp_path: Path) -> Workspace:
    """Of April's invoice, 10 has no name; May's has no difference."""
    bring(opened, tmp_path / "bill.csv", [costing("100"), costing("50", **days("2026-05"))])
    tell(opened, invoice("I-1", "110"), invoice("I-1", "50", month="2026-05"))
    return opened


def claim(
    workspace: Workspace, amount: str, *, reason: str = "Fee", month: str = "2026-04"
) -> Kept:
    told = Claim(
        invoice_id="I-1", month=month, reason=reason, amount=Decimal(amount), evidence="mail 7"
    )
    return say(workspace, told, actor=local_actor(), at=AT)


def test_a_person_explains_a_difference_in_parts(open_amount: Workspace) -> None:
    claim(open_amount, "4")
    (match,) = report(open_amount).invoices
    assert (match.status, match.unexplained) == (Status.UNEXPLAINED, Decimal(6))
    claim(open_amount, "6", reason="Deposit")
    (match,) = report(open_amount).invoices
    assert (match.status, match.unexplained) == (Status.EXPLAINED, Decimal(0))
    assert [(one.reason, one.amount) for one in match.explained] == [
        ("Deposit", Decimal(6)),
        ("Fee", Decimal(4)),
    ]


@pytest.mark.parametrize("amount", ["10.01", "-1", "-10", "100"])
def test_more_than_is_unexplained_is_refused(open_amount: Workspace, amount: str) -> None:
    with pytest.raises(UsageError, match="more than is unexplained of I-1: 10"):
        claim(open_amount, amount)
    assert report(open_amount).invoices[0].unexplained == 10


def test_the_same_reason_again_takes_its_own_place(open_amount: Workspace) -> None:
    claim(open_amount, "10")
    claim(open_amount, "7", reason=" fee ")
    assert report(open_amount).invoices[0].unexplained == 3
    claim(open_amount, "10")
    assert report(open_amount).ties


def test_an_explanation_counts_for_its_month_alone(open_amount: Workspace) -> None:
    claim(open_amount, "10")
    assert report(open_amount, "2026-05").invoices[0].status is Status.MATCHED
    with pytest.raises(UsageError, match="more than is unexplained"):
        claim(open_amount, "1", month="2026-05")


def test_an_explanation_that_is_too_much_by_now_leaves_the_rest_in_the_open(
    open_amount: Workspace,
) -> None:
    claim(open_amount, "10")
    tell(open_amount, invoice("I-1", "100"))
    (match,) = report(open_amount).invoices
    assert (match.status, match.unexplained) == (Status.UNEXPLAINED, Decimal(-10))


def test_an_explanation_needs_an_invoice_a_reason_and_evidence(open_amount: Workspace) -> None:
    with pytest.raises(UsageError, match="needs a reason"):
        claim(open_amount, "1", reason=" ")
    unknown = Claim(
        invoice_id="X", month="2026-04", reason="Fee", amount=Decimal(1), evidence="mail"
    )
    with pytest.raises(UsageError, match="no invoice 'X'"):
        say(open_amount, unknown, actor=local_actor(), at=AT)


def test_two_invoices_of_one_number_are_told_apart_by_their_issuer(
    open_amount: Workspace,
) -> None:
    tell(open_amount, invoice("I-1", "3", issuer="Another"))
    with pytest.raises(UsageError, match="2 invoices") as caught:
        claim(open_amount, "1")
    assert "Another in USD, Cloud in USD" in caught.value.sentence
    told = Claim(
        invoice_id="I-1",
        month="2026-04",
        reason="Fee",
        amount=Decimal(10),
        evidence="mail",
        issuer="Cloud",
    )
    say(open_amount, told, actor=local_actor(), at=AT)
    another, cloud = report(open_amount).invoices
    assert (another.unexplained, cloud.unexplained) == (Decimal(3), Decimal(0))


def test_an_amount_is_a_number() -> None:
    assert amount_of("-12.34") == Decimal("-12.34")
    for text in ("1,5", "", "NaN"):
        with pytest.raises(UsageError, match="no amount"):
            amount_of(text)
