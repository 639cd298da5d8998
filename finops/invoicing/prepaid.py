"""Prepaid: what all commitments together were worth, gained and lost in a month (R4 and R9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.invoicing.charged import billed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from finops.invoicing.charged import Slice
    from finops.invoicing.commitments import Ledger


@dataclass(frozen=True, kw_only=True)
class Change:
    """R4: billed less effective is the change of the prepaid balance, and what timing explains.

    `tax_timing` is tax billed less tax incurred; `other_months` is what was billed in one month and
    incurred in another; `residual` is what none of them explains, 0 where it holds.
    """

    billed: Decimal
    effective: Decimal
    prepaid: Decimal
    tax_timing: Decimal
    other_months: Decimal
    residual: Decimal

    @property
    def holds(self) -> bool:
        """Whether nothing is left."""
        return not self.residual


@dataclass(frozen=True, kw_only=True)
class Prepaid:
    """The balance of every commitment of a currency whose opening is known, rolled forward.

    `not_known` are the others, whose balances are in no amount here; opening and closing are None
    where no commitment's is known. `check` counts all of them: a change needs no opening.
    """

    currency: str
    commitments: int
    not_known: tuple[str, ...]
    opening: Decimal | None
    purchased: Decimal
    used: Decimal
    unused: Decimal
    refunded: Decimal
    closing: Decimal | None
    check: Change


def prepaid(
    ledgers: Iterable[Ledger], billed_here: Iterable[Slice], incurred_here: Iterable[Slice]
) -> tuple[Prepaid, ...]:
    """Roll the balances of a month forward, in each currency that has a commitment."""
    every, here, there = tuple(ledgers), tuple(billed_here), tuple(incurred_here)
    return tuple(
        _rolled(
            currency,
            tuple(one for one in every if one.currency == currency),
            tuple(one for one in here if one.currency == currency),
            tuple(one for one in there if one.currency == currency),
        )
        for currency in sorted({one.currency for one in every})
    )


def _rolled(
    currency: str, every: tuple[Ledger, ...], here: tuple[Slice, ...], there: tuple[Slice, ...]
) -> Prepaid:
    known = [one for one in every if one.opening is not None]
    opening = total(one.opening for one in known if one.opening is not None)
    closing = total(one.closing for one in known if one.closing is not None)
    return Prepaid(
        currency=currency,
        commitments=len(known),
        not_known=tuple(one.id for one in every if one.opening is None),
        opening=opening if known else None,
        purchased=total(one.purchased for one in known),
        used=total(one.used for one in known),
        unused=total(one.unused for one in known),
        refunded=total(one.refunded for one in known),
        closing=closing if known else None,
        check=_change(every, here, there),
    )


def _change(every: tuple[Ledger, ...], here: tuple[Slice, ...], there: tuple[Slice, ...]) -> Change:
    asked, cost = billed(here), _effective(there)
    moved = total(
        part for one in every for part in (one.purchased, -one.used, -one.unused, -one.refunded)
    )
    taxed_here, taxed_there = ([s for s in found if s.category == "Tax"] for found in (here, there))
    tax = EXACT.subtract(billed(taxed_here), _effective(taxed_there))
    months = _timing(here, there)
    explained = total((moved, tax, months))
    return Change(
        billed=asked,
        effective=cost,
        prepaid=moved,
        tax_timing=tax,
        other_months=months,
        residual=EXACT.subtract(EXACT.subtract(asked, cost), explained),
    )


def _timing(here: tuple[Slice, ...], there: tuple[Slice, ...]) -> Decimal:
    """What is billed here but incurred elsewhere, less the reverse; no tax.

    What a commitment covered is in its ledger when it was incurred, once it is billed: only what a
    later month bills is not there yet.
    """
    out = _effective(
        one
        for one in here
        if one.charged != one.month and one.category != "Tax" and not _covered(one)
    )
    back = _effective(
        one
        for one in there
        if one.month != one.charged
        and one.category != "Tax"
        and not (_covered(one) and one.month < one.charged)
    )
    return EXACT.subtract(out, back)


def _covered(one: Slice) -> bool:
    return bool(one.commitment) and one.status in {"Used", "Unused"}


def _effective(slices: Iterable[Slice]) -> Decimal:
    return total(one.effective for one in slices)
