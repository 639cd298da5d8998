"""Recharge: what IT gives of a month to its cost centers, and what waits until they have agreed.

A cost center is charged back once its month may be and its owner has agreed (domain.md 3); until
then its cost stays where it was consumed, and the journal says what is missing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from dataclasses import field
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.focus.columns import UNALLOCATED
from finops.invoicing.posting import entry
from finops.invoicing.posting import Move

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date

    from finops.invoicing.booked import Booked
    from finops.invoicing.booked import Part
    from finops.invoicing.posting import Accounts
    from finops.invoicing.posting import Entry
    from finops.invoicing.posting import Terms

RECHARGE = "recharge"
NO_CENTER = "no rule gives it to a cost center"
NO_STATEMENT = "it has no statement of this month that anybody could agree to"


@dataclass(frozen=True, kw_only=True)
class Gate:
    """What keeps cost centers from being charged back: `of_month` all of them, else each its own.

    A cost center that is not named in `of_center` has no statement, and so waits too; where
    `ready` is set, nothing is asked of any.
    """

    of_month: tuple[str, ...] = ()
    of_center: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ready: bool = False

    def lacks(self, center: str) -> tuple[str, ...]:
        """What is missing before this cost center is charged back; nothing where it may be."""
        if center == UNALLOCATED:
            return (NO_CENTER,)
        if self.ready:
            return ()
        return (*self.of_month, *self.of_center.get(center, (NO_STATEMENT,)))


OPEN = Gate(ready=True)
"""Nothing is asked before a chargeback."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What is not recharged to a cost center yet, and in words what that lacks."""

    cost_center: str
    amount: Decimal
    lacks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Recharged:
    """What cost centers are charged in one currency, beside all that the month's entries consume.

    `population` is the effective cost, without tax, of every charge that the journal books;
    `waiting` is what of it is not recharged, the largest first.
    """

    currency: str
    population: Decimal
    waiting: tuple[Waiting, ...] = ()

    @property
    def rate(self) -> Decimal | None:
        """The GL recharge rate: what cost centers are charged of all, to six digits."""
        kept = total(one.amount for one in self.waiting)
        return recharge_rate(EXACT.subtract(self.population, kept), self.population)


def recharge_rate(recharged: Decimal, whole: Decimal) -> Decimal | None:
    """What is recharged to cost centers of all there is, to six digits (domain.md 2.7)."""
    return EXACT.divide(recharged, whole).quantize(Decimal("0.000001")) if whole else None


def recharge(
    found: Iterable[Booked], gate: Gate, *, month: str, day: date, terms: Terms
) -> tuple[list[Entry], tuple[Recharged, ...]]:
    """Every expense of the month to its cost center where that may be, an entry a currency."""
    parts: dict[str, list[Part]] = defaultdict(list)
    for one in found:
        parts[one.currency] += [
            part for part in one.parts if part.category != "Tax" and not part.covering
        ]
    entries, told = [], []
    for currency, mine in sorted(parts.items()):
        ready = [part for part in mine if not gate.lacks(part.cost_center)]
        moves = list(_moves(ready, f"recharge {month}", terms.accounts))
        entries.append(
            entry(RECHARGE, moves, subject=month, day=day, currency=currency, terms=terms)
        )
        whole = total(part.effective for part in mine)
        told.append(Recharged(currency=currency, population=whole, waiting=_waiting(mine, gate)))
    return entries, tuple(told)


def expense(part: Part, accounts: Accounts) -> str:
    """The account on which what was consumed is an expense."""
    if part.status in {"Used", "Unused"}:
        return accounts.committed if part.status == "Used" else accounts.unused
    return accounts.on_demand if part.category == "Usage" else accounts.other


def _moves(parts: Iterable[Part], memo: str, accounts: Accounts) -> Iterable[Move]:
    """Dr each cost center's expense, Cr IT clearing (domain.md 2.7)."""
    parts = sorted(parts, key=lambda part: (part.cost_center, part.ledger))
    for part in parts:
        account = part.ledger or expense(part, accounts)
        yield Move(account, part.effective, memo, part.cost_center)
    whole = total(part.effective for part in parts)
    yield Move(accounts.clearing, EXACT.minus(whole), memo)


def _waiting(parts: Iterable[Part], gate: Gate) -> tuple[Waiting, ...]:
    """What is not recharged, a line a cost center, the largest first."""
    kept: dict[str, list[Decimal]] = defaultdict(list)
    for part in parts:
        if gate.lacks(part.cost_center):
            kept[part.cost_center].append(part.effective)
    told = (
        Waiting(cost_center=center, amount=total(amounts), lacks=gate.lacks(center))
        for center, amounts in kept.items()
    )
    return tuple(sorted(told, key=lambda one: (-abs(one.amount), one.cost_center)))
