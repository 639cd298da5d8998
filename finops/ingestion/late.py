"""Late: which deliveries come after their month was closed, and which open month takes them."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.period import BillingPeriod
from finops.dataset.adjustments import Late
from finops.errors import ImportRefused
from finops.focus.raw import Kind
from finops.records.closings import is_closed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.dataset.snapshot import Part

    Closed = frozenset[tuple[str, str]]


class Parted(NamedTuple):
    """The parts that may take their month's place, and the deliveries that may not."""

    timely: tuple[Part, ...]
    late: tuple[Late, ...]


def part(parts: Iterable[Part], base: Iterable[Part], closed: Closed) -> Parted:
    """Tell late deliveries from timely ones.

    A delivery is late when its month is closed for its issuer or for the company, and also when
    the month was opened again but adjustments of it lie in a month that still is closed: those
    must stay, so the month goes on from them.

    Raises:
        ImportRefused: an invoice's detail of a closed month would be replaced.
    """
    books, brought = _by_delivery(base), _by_delivery(parts)
    timely: list[Part] = []
    late: list[Late] = []
    for delivery, theirs in brought.items():
        mine = tuple(books.get(delivery, ()))
        if not _bound(theirs[0], mine, closed):
            timely += theirs
        elif theirs[0].kind is Kind.COST_AND_USAGE:
            month = first_open(theirs[0].issuer, theirs[0].month, closed)
            late.append(Late(books=mine, brought=tuple(theirs), booked_in=month))
        elif mine and {one.digest for one in theirs} - {one.digest for one in mine}:
            message = f"{theirs[0].month} is closed; its invoices stay as they are."
            raise ImportRefused(message, remedy="Bring a credit memo, or open the month again.")
    return Parted(tuple(timely), tuple(late))


def first_open(issuer: str, month: str, closed: Closed) -> str:
    """The first month from a month on that is not closed for an issuer."""
    period = BillingPeriod.parse(month)
    while is_closed(closed, issuer, str(period)):
        period = period.plus(1)
    return str(period)


def _bound(one: Part, books: tuple[Part, ...], closed: Closed) -> bool:
    if one.kind not in {Kind.COST_AND_USAGE, Kind.INVOICE_DETAIL}:
        return False
    if is_closed(closed, one.issuer, one.month):
        return True
    return any(is_closed(closed, one.issuer, other.month) for other in books if other.adjusts)


def _by_delivery(parts: Iterable[Part]) -> dict[tuple[str, str, str], list[Part]]:
    found: dict[tuple[str, str, str], list[Part]] = defaultdict(list)
    for one in parts:
        found[one.concerns].append(one)
    return found
