"""Credit: the double entry of what was verified, a scope's fall against the teams that made it.

Every entry is booked in a month that is still open; what is booked stays. A correction is a
further entry, so that what a closed month was credited never changes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.core.amount import split
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.records import savings
from finops.records.closings import closed_months
from finops.records.models import CreditLine

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from datetime import date

    from sqlmodel import Session

    from finops.access.command import Transaction
    from finops.access.workspace import Workspace
    from finops.savings.saving import Saving

SCOPE, TEAM = "scope", "team"
"""The two kinds of account: the cost that fell, and who is credited with it."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the ledger; `avoided` is the part of a team's credit that is avoidance.

    `month` is the closed month that it was saved in, `booked` the one that the entry stands in.
    """

    entry: str
    saving: str
    month: str
    booked: str
    account: str
    name: str
    person: str
    debit: Decimal
    credit: Decimal
    avoided: Decimal
    currency: str
    memo: str
    actor: str
    at: str

    @property
    def net(self) -> Decimal:
        """Credit less debit: of a team, what it is credited with."""
        return EXACT.subtract(self.credit, self.debit)


class Amounts(NamedTuple):
    """What is to be credited: all of it, and the part of it that is avoidance."""

    credited: Decimal
    avoided: Decimal

    @property
    def reduced(self) -> Decimal:
        """The part that is reduction: hard."""
        return EXACT.subtract(self.credited, self.avoided)


NONE = Amounts(Decimal(0), Decimal(0))


def credits_of(workspace: Workspace) -> tuple[Line, ...]:
    """Every line of the ledger, in the order in which it was booked."""
    with workspace.store.reading() as session:
        return credits_in(session)


def credits_in(session: Session) -> tuple[Line, ...]:
    """The same, inside a transaction."""
    return tuple(_line(row) for row in savings.credit_lines(session))


def credited(lines: Iterable[Line], *, saving: str, month: str = "") -> Amounts:
    """What a saving was credited so far, of a month where one is named."""
    mine = [
        one
        for one in lines
        if one.account == TEAM and one.saving == saving and month in {"", one.month}
    ]
    return Amounts(total(one.net for one in mine), total(one.avoided for one in mine))


def by_team(lines: Iterable[Line], *, booked: str = "") -> dict[str, Amounts]:
    """What each team was credited, in one booked month where it is named."""
    found: dict[str, Amounts] = defaultdict(lambda: NONE)
    for one in lines:
        if one.account == TEAM and booked in {"", one.booked}:
            former = found[one.name]
            found[one.name] = Amounts(
                EXACT.add(former.credited, one.net), EXACT.add(former.avoided, one.avoided)
            )
    return dict(sorted(found.items()))


def balances(lines: Iterable[Line]) -> bool:
    """Whether the debits of every entry equal its credits."""
    entries: dict[str, Decimal] = defaultdict(Decimal)
    for one in lines:
        entries[one.entry] = EXACT.add(entries[one.entry], one.net)
    return not any(entries.values())


def open_month(session: Session, today: date) -> BillingPeriod:
    """The month in which is booked what is signed on a day: its own, or the next one open."""
    closed = {month for _, month in closed_months(session)}
    month = BillingPeriod.of(today)
    while str(month) in closed:
        month = month.plus(1)
    return month


def book(
    transaction: Transaction, saving: Saving, amounts: Amounts, *, month: str, today: date
) -> str:
    """Book what a saving is credited more (or less) for a closed month, and the entry's name.

    The amount is split as it was agreed, by the largest remainder; nothing is booked for nothing.
    """
    if not amounts.credited and not amounts.avoided:
        return ""
    currency = saving.baseline.currency if saving.baseline else ""
    entry, booked = f"E{transaction.revision}", str(open_month(transaction.session, today))
    for place, (account, name, person, part) in enumerate(_parts(saving, amounts, currency)):
        transaction.session.add(
            CreditLine(
                revision=transaction.revision,
                entry=entry,
                place=f"{place:03}",
                saving=saving.key,
                month=month,
                booked=booked,
                account=account,
                name=name,
                person=person,
                debit=_text(max(EXACT.minus(part.credited), Decimal(0))),
                credit=_text(max(part.credited, Decimal(0))),
                avoided=_text(part.avoided),
                currency=currency,
                memo=saving.title,
                actor=transaction.actor.name,
                at=transaction.at.isoformat(),
            )
        )
    return entry


def _parts(
    saving: Saving, amounts: Amounts, currency: str
) -> Iterator[tuple[str, str, str, Amounts]]:
    """The lines of an entry: what the scope gives, and what each of the split gets of it."""
    weights, unit = [one.part for one in saving.split], minor_unit(currency)
    yield SCOPE, saving.scope, "", Amounts(EXACT.minus(amounts.credited), Decimal(0))
    parts = split(amounts.credited, weights, unit), split(amounts.avoided, weights, unit)
    for one, credit, avoided in zip(saving.split, *parts, strict=True):
        yield TEAM, one.team, one.person, Amounts(credit, avoided)


def _text(number: Decimal) -> str:
    return f"{number:f}"


def _line(row: CreditLine) -> Line:
    numbers: dict[str, Any] = {
        name: Decimal(getattr(row, name)) for name in ("debit", "credit", "avoided")
    }
    texts = ("entry", "saving", "month", "booked", "account", "name", "person")
    around = ("currency", "memo", "actor", "at")
    return Line(**{name: getattr(row, name) for name in (*texts, *around)}, **numbers)
