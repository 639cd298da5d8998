"""Commitments: the prepaid ledger of what was bought, used, left unused and refunded.

Identities R2, R3 and R9 of domain.md: opening + purchased - used - unused - refunded = closing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.core.amount import total
from finops.dataset.sql import parse
from finops.invoicing.charged import until

if TYPE_CHECKING:
    from finops.dataset import Dataset
    from finops.invoicing.books import Opening
    from finops.invoicing.charged import Slice

NOTHING = Decimal(0)


class LedgerStatus(StrEnum):
    """Whether a commitment's ledger ties."""

    MATCHED = "MATCHED"
    UNEXPLAINED = "UNEXPLAINED"
    PROVISIONAL = "PROVISIONAL"


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """One commitment in one month, in its billing currency; None is "not known", never 0.

    `term_end` is the day on which its term is over, `issuers` whose charges name it.
    """

    id: str
    currency: str
    opening: Decimal | None
    purchased: Decimal
    used: Decimal
    unused: Decimal
    refunded: Decimal
    closing: Decimal | None
    utilization: Decimal | None
    status: LedgerStatus
    term_end: str = ""
    issuers: tuple[str, ...] = ()

    def of(self, provider: str) -> bool:
        """Whether it is an issuer's; everybody's (`provider` is empty) it is always.

        One whose charges tell no issuer is counted to each, so that no close passes it over.
        """
        return not provider or not any(self.issuers) or provider in self.issuers


def ledgers(dataset: Dataset, openings: tuple[Opening, ...], month: str) -> tuple[Ledger, ...]:
    """The ledger of every commitment that had a charge up to and in a month."""
    terms = _terms(dataset)
    told: dict[str, list[Slice]] = defaultdict(list)
    for one in until(dataset, month):
        told[one.commitment].append(one)
    return tuple(
        _ledger(name, told[name], _opening(name, openings), terms.get(name, Term()), month)
        for name in sorted(told)
    )


def _ledger(
    name: str, slices: list[Slice], known: Opening | None, term: Term, month: str
) -> Ledger:
    months = sorted({when for one in slices for when in (one.month, one.charged)})
    moves = {when: _moves(slices, when) for when in months}
    now = moves.get(month, _moves([], month))
    opening = _carried(moves, known, term.start, month)
    closing = None if opening is None else EXACT.add(opening, now.net)
    return Ledger(
        id=name,
        currency=slices[0].currency,
        opening=opening,
        purchased=now.purchased,
        used=now.used,
        unused=now.unused,
        refunded=now.refunded,
        closing=closing,
        utilization=_utilization(now),
        status=_status(slices, closing, over=bool(term.end) and term.end[:7] <= month),
        term_end=term.end,
        issuers=tuple(sorted({one.issuer for one in slices})),
    )


@dataclass(frozen=True)
class _Moves:
    purchased: Decimal
    used: Decimal
    unused: Decimal
    refunded: Decimal
    prepaid: bool

    @property
    def net(self) -> Decimal:
        return total((self.purchased, -self.used, -self.unused, -self.refunded))


def _moves(slices: list[Slice], month: str) -> _Moves:
    """What happened in a month: purchases when billed, use when incurred."""
    bought = [one.billed for one in slices if one.category == "Purchase" and one.month == month]
    gone = {
        status: total(
            one.effective for one in slices if one.status == status and one.charged == month
        )
        for status in ("Used", "Unused")
    }
    return _Moves(
        purchased=total(amount for amount in bought if amount > 0),
        used=gone["Used"],
        unused=gone["Unused"],
        refunded=total(-amount for amount in bought if amount < 0),
        prepaid=any(amount > 0 for amount in bought),
    )


def _carried(
    moves: dict[str, _Moves], known: Opening | None, start: str, month: str
) -> Decimal | None:
    """The balance at the start of a month, from a known beginning on; None without one.

    A beginning is known by an opening balance, by a term that starts with the data, or because
    its first month bought at least what it used: then nothing from before can have been needed.
    """
    first = min(moves)
    if known and known.month <= month:
        begin, balance = known.month, known.amount
    elif start[:7] >= first or (moves[first].prepaid and moves[first].net >= 0):
        begin, balance = first, NOTHING
    else:
        return None
    before = [move.net for when, move in moves.items() if begin <= when < month]
    return EXACT.add(balance, total(before))


def _status(slices: list[Slice], closing: Decimal | None, *, over: bool) -> LedgerStatus:
    """R9: never below 0, and 0 when the term is over; within 1e-6 of what was bought (R2)."""
    if closing is None:
        return LedgerStatus.PROVISIONAL
    bought = total(abs(one.billed) for one in slices if one.category == "Purchase")
    within = minor_unit(slices[0].currency) / 2 + EXACT.multiply(bought, Decimal("1e-6"))
    wrong = closing < -within or (over and closing > within)
    return LedgerStatus.UNEXPLAINED if wrong else LedgerStatus.MATCHED


def _utilization(moves: _Moves) -> Decimal | None:
    whole = moves.used + moves.unused
    if whole <= 0:
        return None
    return EXACT.divide(moves.used, whole).quantize(Decimal("1e-6"))


def _opening(name: str, openings: tuple[Opening, ...]) -> Opening | None:
    mine = [one for one in openings if one.commitment.lower() == name.lower()]
    return max(mine, key=lambda one: one.month) if mine else None


class Term(NamedTuple):
    """First day of a commitment and the day after its last; empty where nobody says."""

    start: str = ""
    end: str = ""


_TERMS = """
SELECT ContractCommitmentId, min(CAST(ContractCommitmentPeriodStart AS DATE)),
       max(CAST(ContractCommitmentPeriodEnd AS DATE))
FROM ContractCommitment WHERE ContractCommitmentId <> '' GROUP BY 1
"""


def _terms(dataset: Dataset) -> dict[str, Term]:
    """When each commitment's term begins and ends, where the provider delivers that."""
    rows = dataset.select(parse(_TERMS)).rows
    return {name: Term(str(start or ""), str(end or "")) for name, start, end in rows}
