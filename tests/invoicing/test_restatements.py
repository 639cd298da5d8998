"""A restatement says what, how much and why; closed and adjustments are the restated figure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.invoicing.restatements import by
from finops.invoicing.restatements import largest
from finops.invoicing.restatements import restatements
from tests.corpus.workspaces import fresh
from tests.corpus.workspaces import template
from tests.ingestion.lateness import close
from tests.ingestion.lateness import deliver
from tests.ingestion.lateness import of
from tests.invoicing.bill import invoice
from tests.invoicing.bill import report
from tests.invoicing.bill import tell

if TYPE_CHECKING:
    from finops.access.workspace import Workspace
    from finops.invoicing import Reconciliation
    from finops.invoicing.reconciliation import Match

__all__ = ["fresh", "template"]

AWS = "Amazon Web Services, Inc."
JUNE = [of(6, "500", InvoiceId="INV-6")]


@pytest.fixture
def restated(fresh: Workspace) -> Workspace:
    """May is closed at 130; later it is 131.5, and 4 more were used. June bills 500."""
    may = [of(5, "100", InvoiceId="INV-5"), of(5, "30", ResourceId="i-2", InvoiceId="INV-5")]
    deliver(fresh, may)
    close(fresh, "2026-05")
    more = of(5, "4", day=3, ServiceName="Amazon S3", ResourceId="i-3", InvoiceId="INV-5")
    deliver(fresh, [may[0] | {"BilledCost": "101.5"}, may[1], more])
    deliver(fresh, JUNE)
    return fresh


def bill_of(found: Reconciliation, name: str) -> Match:
    return next(one for one in found.invoices if one.invoice_id == name)


def test_closed_and_adjustments_are_restated(restated: Workspace) -> None:
    found = restatements(restated.dataset(), "2026-05")
    (figure,) = found.figures
    assert figure == ("USD", Decimal(130), Decimal("5.5"))
    assert figure.restated == Decimal("135.5")
    assert found.booked == ()
    assert by(found.about, "kind") == (
        ("late usage", "USD", 1, Decimal(4)),
        ("restated up", "USD", 2, Decimal("1.5")),
    )
    assert by(found.about, "service")[1] == ("Amazon S3", "USD", 1, Decimal(4))


def test_the_open_month_says_what_it_took_of_which_month_and_when(restated: Workspace) -> None:
    found = restatements(restated.dataset(), "2026-06")
    assert found.about == ()
    (told,) = found.listed
    assert (told.month, told.booked_in, told.rows, told.amount) == (
        "2026-05",
        "2026-06",
        3,
        Decimal("5.5"),
    )
    assert told.kinds == ("late usage", "restated up")
    assert told.at == "2026-05-03T12:00:00+00:00"
    (own,) = found.figures
    assert own == ("USD", Decimal(500), Decimal(0))


def test_the_charges_that_changed_most_come_first_with_both_sides(restated: Workspace) -> None:
    first, second = largest(restated.dataset(), "2026-05", booked=False)
    assert (first.kind, first.service, first.change) == ("late usage", "Amazon S3", Decimal(4))
    assert (second.reversed, second.booked) == (Decimal(-100), Decimal("101.5"))
    assert largest(restated.dataset(), "2026-06", booked=True) == (first, second)


def test_adjustments_are_named_and_are_no_charge_without_invoice(restated: Workspace) -> None:
    tell(restated, invoice("INV-6", "500", issuer=AWS, month="2026-06"))
    found = report(restated, "2026-06")
    adjusted = bill_of(found, "")
    (named,) = adjusted.explained
    assert (named.reason, named.amount) == ("restatement of May 2026", Decimal("-5.5"))
    assert dict(named.evidence)["x_Adjusts"] == "2026-05"
    assert (adjusted.restates, adjusted.has_invoice, adjusted.tied) == ("2026-05", False, True)
    assert bill_of(found, "INV-6").status == "MATCHED"
    assert found.state == "reconciled"


def test_an_invoice_that_asks_for_them_without_naming_them_is_explained(
    restated: Workspace,
) -> None:
    tell(restated, invoice("INV-6", "505.5", issuer=AWS, month="2026-06"))
    (named,) = bill_of(report(restated, "2026-06"), "INV-6").explained
    assert (named.reason, named.amount) == ("restatement of May 2026", Decimal("5.5"))


def test_adjustments_that_name_an_invoice_of_the_month_belong_to_it(fresh: Workspace) -> None:
    deliver(fresh, [of(5, "100", InvoiceId="INV-5")])
    close(fresh, "2026-05")
    deliver(fresh, [of(5, "100", InvoiceId="INV-5"), of(5, "7", day=2, InvoiceId="INV-6")])
    deliver(fresh, JUNE)
    tell(fresh, invoice("INV-6", "507", issuer=AWS, month="2026-06"))
    found = report(fresh, "2026-06")
    assert [one.invoice_id for one in found.invoices] == ["INV-6"]
    assert found.invoices[0].status == "MATCHED"


def test_a_month_with_adjustments_alone_is_open(fresh: Workspace) -> None:
    deliver(fresh, [of(5, "100")])
    close(fresh, "2026-05")
    deliver(fresh, [of(5, "90")])
    assert report(fresh, "2026-06").state == "open"
