"""How far a month is follows from its invoices and from what was recorded."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.invoicing.differences import Difference
from finops.invoicing.differences import Reason
from finops.invoicing.periods import by_provider
from finops.invoicing.periods import State
from finops.invoicing.periods import state_of
from finops.invoicing.periods import unsettled
from finops.invoicing.reconciliation import Match
from finops.invoicing.reconciliation import Status
from finops.records.closings import Closing
from finops.records.closings import Event

APRIL = "2026-04"


def match(status: Status, issuer: str = "Cloud", billed: str = "10", **asks: str) -> Match:
    """An invoice, or charges without one; `asks` names an issuer whose charges it asks for."""
    named = tuple(
        Difference(
            reason=Reason.OTHER_ISSUER,
            amount=Decimal(amount),
            evidence=(("InvoiceIssuerName", name),),
        )
        for name, amount in asks.items()
    )
    return Match(
        issuer=issuer,
        invoice_id="" if status is Status.NO_INVOICE else "I-1",
        account="",
        currency="USD",
        invoiced=Decimal(0),
        billed=Decimal(billed),
        difference=Decimal(0),
        explained=named,
        unexplained=Decimal(0),
        status=status,
    )


def closing(event: Event, provider: str = "") -> Closing:
    return Closing(provider, APRIL, event, 1, "", "", "", "", "", 1)


MATCHED, LOOSE = match(Status.MATCHED), match(Status.NO_INVOICE)


@pytest.mark.parametrize(
    ("matches", "state"),
    [
        ((), "open"),
        ((LOOSE,), "open"),
        ((MATCHED,), "reconciled"),
        ((MATCHED, LOOSE), "provisional"),
        ((match(Status.UNEXPLAINED),), "provisional"),
        ((match(Status.NO_USAGE), MATCHED), "provisional"),
        ((MATCHED, match(Status.NO_INVOICE, billed="0")), "reconciled"),
        ((match(Status.EXPLAINED, Seller="10"), match(Status.NO_INVOICE, "Seller")), "reconciled"),
        ((match(Status.EXPLAINED, Seller="9"), match(Status.NO_INVOICE, "Seller")), "provisional"),
        ((match(Status.EXPLAINED, Other="10"), match(Status.NO_INVOICE, "Seller")), "provisional"),
    ],
)
def test_a_month_that_nobody_closes_is_as_its_invoices_are(
    matches: tuple[Match, ...], state: str
) -> None:
    assert state_of(matches, None) == state
    for event in (Event.WITHDRAWN, Event.REOPENED):
        assert state_of(matches, closing(event)) == state


@pytest.mark.parametrize("matches", [(), (LOOSE,), (MATCHED,)])
def test_what_was_recorded_goes_before_what_the_invoices_say(matches: tuple[Match, ...]) -> None:
    for event, state in (
        (Event.REQUESTED, State.CLOSING),
        (Event.APPROVED, State.CLOSING),
        (Event.CLOSED, State.CLOSED),
        (Event.REOPEN_REQUESTED, State.CLOSED),
    ):
        assert state_of(matches, closing(event)) is state


def test_each_issuer_has_a_state_of_its_own() -> None:
    found = (MATCHED, match(Status.NO_INVOICE, "Late"), match(Status.UNEXPLAINED, "Odd"))
    told = by_provider(found, (closing(Event.CLOSED, "Odd"),), APRIL)
    assert [(one.name, one.state.value) for one in told] == [
        ("Cloud", "reconciled"),
        ("Late", "open"),
        ("Odd", "closed"),
    ]


@given(st.lists(st.sampled_from(list(Status)), max_size=6))
def test_a_month_is_reconciled_just_when_it_has_an_invoice_and_nothing_is_left(
    statuses: list[Status],
) -> None:
    found = tuple(match(status) for status in statuses)
    reconciled = any(one.has_invoice for one in found) and not unsettled(found)
    assert (state_of(found, None) is State.RECONCILED) is reconciled
