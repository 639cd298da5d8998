"""Periods: how far a month has come, for each issuer of invoices and for the company.

open → provisional → reconciled → closing → closed. The first three follow from the invoices and
charges as they are; the last two from what people have recorded. Reopened, a month is again what
its invoices and charges make it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.invoicing.differences import Reason
from finops.records.closings import BOUND
from finops.records.closings import Closing
from finops.records.closings import closing_of
from finops.records.closings import COMPANY
from finops.records.closings import Event
from finops.records.closings import is_closed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from finops.dataset import Dataset
    from finops.invoicing.reconciliation import Match


class State(StrEnum):
    """How far a month has come."""

    OPEN = "open"
    PROVISIONAL = "provisional"
    RECONCILED = "reconciled"
    CLOSING = "closing"
    CLOSED = "closed"


FINAL = frozenset({State.RECONCILED, State.CLOSING, State.CLOSED})
"""The states in which nothing of a month waits to be found; its figures stay as they are."""


class Provider(NamedTuple):
    """One issuer's month: its state, and the step that was recorded last, if any."""

    name: str
    state: State
    closing: Closing | None


def state_of(matches: Iterable[Match], closing: Closing | None) -> State:
    """The state of a month whose invoices and charges are these and whose last step is this.

    Open without an invoice, reconciled when nothing is unsettled, provisional between the two. An
    issuer whose charges another one's invoice asks for is reconciled without an invoice.
    """
    found = tuple(matches)
    left = unsettled(found) if any(one.has_invoice for one in found) else found
    return _state(found, left, closing)


def unsettled(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Those that do not tie; charges that another issuer's invoice asks for are settled by it."""
    found = tuple(matches)
    asked = {
        (dict(part.evidence).get("InvoiceIssuerName", ""), one.currency): part.amount
        for one in found
        for part in one.explained
        if part.reason == Reason.OTHER_ISSUER
    }
    return tuple(one for one in found if not (one.tied or _asked_elsewhere(one, found, asked)))


def by_provider(
    matches: Iterable[Match], closings: Iterable[Closing], month: str
) -> tuple[Provider, ...]:
    """The month of each issuer that billed something in it, in order of name."""
    found, steps = tuple(matches), tuple(closings)
    left = unsettled(found)
    names = sorted({one.issuer for one in found})
    return tuple(
        Provider(
            name,
            _state(_of(found, name), _of(left, name), closing_of(steps, month, name)),
            closing_of(steps, month, name),
        )
        for name in names
    )


def _of(matches: tuple[Match, ...], issuer: str) -> tuple[Match, ...]:
    return tuple(one for one in matches if one.issuer == issuer)


def _state(matches: tuple[Match, ...], left: tuple[Match, ...], closing: Closing | None) -> State:
    if closing and closing.event in {Event.REQUESTED, Event.APPROVED}:
        return State.CLOSING
    if closing and closing.event in BOUND:
        return State.CLOSED
    if not left and matches:
        return State.RECONCILED
    return State.PROVISIONAL if any(one.has_invoice for one in matches) else State.OPEN


def _asked_elsewhere(
    one: Match, found: tuple[Match, ...], asked: dict[tuple[str, str], Decimal]
) -> bool:
    """Whether nothing is billed, or another invoice asks for all that the issuer bills."""
    if one.has_invoice:
        return False
    mine = [
        other.billed
        for other in found
        if (other.issuer, other.currency, other.has_invoice) == (one.issuer, one.currency, False)
    ]
    amount = asked.get((one.issuer, one.currency))
    return not one.billed or (amount is not None and not EXACT.subtract(amount, total(mine)))


def closed_months(dataset: Dataset, closings: Iterable[Closing]) -> tuple[BillingPeriod, ...]:
    """The months of the dataset that are closed for everybody who billed in them, oldest first."""
    bound = frozenset((one.provider, one.month) for one in closings if one.bound)
    issuers: dict[str, set[str]] = {}
    for part in dataset.snapshot.charges:
        issuers.setdefault(part.month, set()).add(part.issuer)
    return tuple(
        BillingPeriod.parse(month)
        for month in sorted(issuers)
        if (COMPANY, month) in bound or all(is_closed(bound, one, month) for one in issuers[month])
    )
