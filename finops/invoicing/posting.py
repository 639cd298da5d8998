"""Posting: entries of double entry, rounded to what is posted, so that debits equal credits."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.core.amount import total
from finops.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date

NOTHING = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Accounts:
    """The general-ledger account of each role in the journal; the usual ones are domain.md 2.7's.

    `timing` is what was billed and incurred otherwise without a commitment, `differences` what an
    invoice asks for besides its charges, `clearing` where IT gives its cost to cost centers.
    """

    prepaid: str = "1400"
    timing: str = "1480"
    differences: str = "1490"
    tax: str = "1500"
    payable: str = "2000"
    accrued: str = "2100"
    on_demand: str = "6100"
    committed: str = "6110"
    other: str = "6130"
    unused: str = "6190"
    clearing: str = "6900"
    rounding: str = "6999"
    exchange: str = "7900"

    @classmethod
    def of(cls, said: Mapping[str, str]) -> Accounts:
        """The usual accounts, but for those that somebody has set.

        Raises:
            ConfigError: there is no such role.
        """
        known = tuple(cls.__dataclass_fields__)
        for name in said:
            if name not in known:
                message = f"journal_accounts: the journal has no account for {name!r}."
                raise ConfigError(message, remedy=f"Its accounts: {', '.join(known)}.")
        return cls(**said)


class Move(NamedTuple):
    """An exact amount on an account: a debit above zero, a credit below; not rounded yet."""

    account: str
    amount: Decimal
    memo: str
    cost_center: str = ""
    credit: bool = False


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of an entry: a debit or a credit in the entry's currency, to its minor unit.

    `reporting` is debit less credit in the reporting currency; None where there is no rate.
    """

    account: str
    cost_center: str
    debit: Decimal
    credit: Decimal
    reporting: Decimal | None
    memo: str

    @property
    def net(self) -> Decimal:
        """Debit less credit."""
        return EXACT.subtract(self.debit, self.credit)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Lines that belong together, on one day and in one currency; debits equal credits."""

    kind: str
    subject: str
    day: date
    currency: str
    lines: tuple[Line, ...]
    id: str = ""

    @property
    def debits(self) -> Decimal:
        """The sum of all debits."""
        return total(line.debit for line in self.lines)

    @property
    def credits(self) -> Decimal:
        """The sum of all credits."""
        return total(line.credit for line in self.lines)

    @property
    def balances(self) -> bool:
        """Whether debits equal credits, in both currencies."""
        told = [line.reporting for line in self.lines if line.reporting is not None]
        return self.debits == self.credits and not total(told)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What entries are made with: accounts, the reporting currency, and how to tell amounts in it.

    `tell` gives None where there is no rate.
    """

    accounts: Accounts
    reporting: str
    tell: Callable[[Decimal, str], Decimal | None]


def entry(
    kind: str, moves: Iterable[Move], *, subject: str, day: date, currency: str, terms: Terms
) -> Entry:
    """Round what was moved to what is posted; what that leaves is on the rounding account.

    A credit that is marked as one keeps its own line, as bookkeepers expect; else what is moved on
    one account, cost center and memo is one line.
    """
    sums: dict[tuple[str, str, str, bool], list[Decimal]] = defaultdict(list)
    for move in moves:
        key = (move.account, move.cost_center, move.memo, move.credit)
        sums[key].append(move.amount)
    unit = minor_unit(currency)
    lines = [
        _line(account, center, memo, _posted(total(amounts), unit), currency, terms)
        for (account, center, memo, _), amounts in sums.items()
    ]
    lines = [line for line in lines if line.debit or line.credit]
    rest = EXACT.minus(total(line.net for line in lines))
    told = [line.reporting for line in lines if line.reporting is not None]
    over = EXACT.minus(total(told)) if len(told) == len(lines) else None
    if rest or over:
        lines.append(_rounded(rest, over, terms))
    return Entry(kind=kind, subject=subject, day=day, currency=currency, lines=tuple(lines))


def reversed_of(one: Entry, *, kind: str, day: date) -> Entry:
    """The same entry with debits and credits exchanged."""
    lines = tuple(
        Line(
            account=line.account,
            cost_center=line.cost_center,
            debit=line.credit,
            credit=line.debit,
            reporting=None if line.reporting is None else EXACT.minus(line.reporting),
            memo=f"reversal of {one.id or line.memo}",
        )
        for line in one.lines
    )
    return Entry(kind=kind, subject=one.subject, day=day, currency=one.currency, lines=lines)


def _posted(amount: Decimal, unit: Decimal) -> Decimal:
    return amount.quantize(unit, context=EXACT)


def _line(account: str, center: str, memo: str, net: Decimal, currency: str, terms: Terms) -> Line:
    told = terms.tell(net, currency)
    return Line(
        account=account,
        cost_center=center,
        debit=max(net, NOTHING),
        credit=max(EXACT.minus(net), NOTHING),
        reporting=None if told is None else _posted(told, minor_unit(terms.reporting)),
        memo=memo,
    )


def _rounded(rest: Decimal, over: Decimal | None, terms: Terms) -> Line:
    """What rounding leaves, by its name; in both currencies."""
    return Line(
        account=terms.accounts.rounding,
        cost_center="",
        debit=max(rest, NOTHING),
        credit=max(EXACT.minus(rest), NOTHING),
        reporting=over,
        memo="rounding",
    )
