"""Bridge: from what was billed in a month to what it cost, step by step, footing to 0.00."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from finops.invoicing.charged import Slice

BILLED, EFFECTIVE = "Billed", "Effective"


@dataclass(frozen=True)
class Step:
    """One step of a bridge in a currency; the first is where it starts, the last where it ends."""

    currency: str
    step: str
    amount: Decimal


def bridge(billed_here: Iterable[Slice], incurred_here: Iterable[Slice]) -> tuple[Step, ...]:
    """Lead from BilledCost of a billing month to EffectiveCost of the same charge month (R4, R7).

    Of the rows billed in the month: purchases that prepay are taken out, what commitments covered
    and left unused is put in, tax is told by its timing; then what was incurred in another month
    goes out and what another month bills comes in.
    """
    here, there = tuple(billed_here), tuple(incurred_here)
    currencies = sorted({one.currency for one in (*here, *there)})
    return tuple(
        step
        for currency in currencies
        for step in _steps(
            currency,
            tuple(one for one in here if one.currency == currency),
            tuple(one for one in there if one.currency == currency),
        )
    )


def _steps(currency: str, here: tuple[Slice, ...], there: tuple[Slice, ...]) -> list[Step]:
    month = here[0].month if here else ""
    billed = total(one.billed for one in here)
    moved: dict[str, Decimal] = dict.fromkeys(_NAMES, total(()))
    for one in here:
        moved[_name(one)] += EXACT.subtract(one.effective, one.billed)
    elsewhere = total(-one.effective for one in here if one.charged != month)
    later = total(one.effective for one in there if one.month != month)
    steps = [Step(currency, BILLED, billed)]
    steps += [Step(currency, name, amount) for name, amount in moved.items()]
    steps += [
        Step(currency, "Billed here, incurred in another month", elsewhere),
        Step(currency, "Incurred here, billed in another month", later),
    ]
    end = total(step.amount for step in steps)
    return [*steps, Step(currency, EFFECTIVE, end)]


_NAMES = (
    "Commitment purchases",
    "Commitment used",
    "Commitment unused",
    "Tax timing",
    "Other amortization",
)


def _name(one: Slice) -> str:
    if one.covering:
        return "Commitment purchases"
    if one.status in {"Used", "Unused"}:
        return f"Commitment {one.status.lower()}"
    return "Tax timing" if one.category == "Tax" else "Other amortization"
