"""ROI: what the practice saves a year for what it costs, hard reductions alone as the headline.

Benefit = verified per day x 365 of what still holds; one-offs and avoidance are lines of their own.
ROI = (benefit - cost) / cost; payback = cost / benefit of a month (domain.md 8, ROI-1).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.assessment.programme import costs_of
from finops.assessment.programme import target_of
from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.savings.credit import TEAM
from finops.savings.report import report

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from finops.access.workspace import Workspace
    from finops.assessment.programme import Cost
    from finops.assessment.programme import Target
    from finops.dataset import Dataset
    from finops.savings.report import Report

YEAR = Decimal(365)
MONTHS = 12
_NOTHING = Decimal(0)


class Month(NamedTuple):
    """What was verified of a month, and what the practice cost in it."""

    month: str
    hard: Decimal
    avoided: Decimal
    one_off: Decimal
    cost: Decimal


@dataclass(frozen=True, kw_only=True)
class Roi:
    """What the practice brings a year and what it costs; amounts of a year but for the one-offs.

    `cost` is what was entered for the last twelve months, of which `costed` have any.
    """

    currency: str
    hard: Decimal
    avoided: Decimal
    one_off: Decimal
    cost: Decimal
    costed: int
    target: Target | None
    months: tuple[Month, ...]

    @property
    def share(self) -> Decimal | None:
        """The return by hard reductions alone; None where no cost was entered."""
        return returned(self.hard, self.cost)

    @property
    def with_avoided(self) -> Decimal | None:
        """The return with avoidance; None where no cost was entered."""
        return returned(EXACT.add(self.hard, self.avoided), self.cost)

    @property
    def payback(self) -> Decimal | None:
        """After how many months hard reductions have paid for a year; None where there are none."""
        return EXACT.divide(self.cost * MONTHS, self.hard) if self.hard > 0 else None

    @property
    def reached(self) -> Decimal | None:
        """The part of the target that holds now; None where there is none."""
        return EXACT.divide(self.hard, self.target.amount) if self.target else None


def returned(benefit: Decimal, cost: Decimal) -> Decimal | None:
    """(benefit - cost) / cost; None where nothing was spent."""
    return EXACT.divide(EXACT.subtract(benefit, cost), cost) if cost > 0 else None


def roi(workspace: Workspace, dataset: Dataset, *, today: date) -> Roi:
    """What the practice is worth on a day, from what was signed and what was entered."""
    found = report(workspace, dataset, today=today)
    return roi_of(found, costs_of(workspace), target_of(workspace), today=today)


def roi_of(found: Report, costs: tuple[Cost, ...], target: Target | None, *, today: date) -> Roi:
    """The same, from what is known."""
    unit = minor_unit(found.currency)
    last = BillingPeriod.of(today)
    year = [str(one) for one in last.plus(1 - MONTHS).to(last)]
    spent = [one for one in costs if one.month in year and one.currency == found.currency]
    held = [one.per_day for one in found.savings]
    once = {one.saving.key for one in found.savings if one.saving.one_off}
    return Roi(
        currency=found.currency,
        hard=_yearly((one.reduced for one in held), unit),
        avoided=_yearly((one.avoided for one in held), unit),
        one_off=total(one.credited.credited for one in found.savings if one.saving.one_off),
        cost=total(one.amount for one in spent),
        costed=len({one.month for one in spent}),
        target=target,
        months=tuple(_month(month, found, once, spent) for month in year),
    )


def _yearly(days: Iterable[Decimal], unit: Decimal) -> Decimal:
    return EXACT.multiply(total(days), YEAR).quantize(unit, context=EXACT)


def _month(month: str, found: Report, once: set[str], spent: Iterable[Cost]) -> Month:
    lines = [one for one in found.lines if one.account == TEAM and one.month == month]
    kept = [one for one in lines if one.saving not in once]
    avoided = total(one.avoided for one in kept)
    return Month(
        month=month,
        hard=EXACT.subtract(total(one.net for one in kept), avoided),
        avoided=avoided,
        one_off=total(one.net for one in lines if one.saving in once),
        cost=total(one.amount for one in spent if one.month == month),
    )
