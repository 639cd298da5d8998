"""Measure: a saving on the days of a bill, by the option that was agreed for it."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.errors import Conflict
from finops.measures.names import conditions
from finops.savings.charged import charged
from finops.savings.charged import COVERED
from finops.savings.charged import days_of
from finops.savings.charged import UNUSED
from finops.savings.charged import unused
from finops.savings.drivers import units_of
from finops.savings.line import Day
from finops.savings.line import Line
from finops.savings.line import line
from finops.savings.measured import Figures
from finops.savings.measured import Measured
from finops.savings.measured import Verdict
from finops.savings.measured import weighed
from finops.savings.prices import books_of
from finops.savings.regressed import came_back
from finops.savings.replaced import replacement
from finops.savings.saving import HOLDS_FOR
from finops.savings.saving import Method

if TYPE_CHECKING:
    from finops.dataset import Dataset
    from finops.savings.charged import Charged
    from finops.savings.drivers import Units
    from finops.savings.saving import Baseline
    from finops.savings.saving import Saving

_DAY = timedelta(days=1)


class Ground(NamedTuple):
    """What is measured on: the bill, and the units that are counted day by day."""

    dataset: Dataset
    drivers: dict[str, Units]


class _Days(NamedTuple):
    """What each day would have cost, what it cost, and the same at the prices of the baseline."""

    charged: Charged
    adjusted: tuple[Decimal, ...]
    actual: tuple[Decimal, ...]
    repriced: tuple[Decimal, ...]


def span_of(saving: Saving, month: BillingPeriod) -> tuple[date, date] | None:
    """The days of a month that a saving is measured on; None where there are none.

    They begin the day after it was made, and end with the month, with the saving, or after a year.
    """
    if saving.implemented_on is None:
        return None
    begins = saving.implemented_on + _DAY
    start, end = max(begins, month.start), min(month.end, _expiry(saving))
    if saving.ended_on is not None:
        end = min(end, saving.ended_on)
    return (start, end) if start < end else None


def measure(
    ground: Ground, saving: Saving, span: tuple[date, date], *, despite: str = ""
) -> Measured:
    """What a saving took off the days of a span.

    `despite` is why what looks like a replacement is none; without it, it is inconclusive.

    Raises:
        UsageError: a day lacks the units that drive the cost.
        Conflict: it has no baseline or was not made yet.
        RateMissing: the bill has no exchange rate of the baseline's month.
    """
    frozen = saving.baseline
    if frozen is None or saving.implemented_on is None:
        message = f"Saving {saving.key} is {saving.state}: there is nothing to measure yet."
        raise Conflict(message, remedy="It is measured once it is agreed and implemented.")
    if frozen.method is Method.COMMITMENT:
        found = _commitment(ground, saving, frozen, span)
    else:
        found = _against(ground, saving, frozen, span)
    told = found.model_copy(update={"snapshot": ground.dataset.snapshot.id})
    if frozen.method is Method.DELETION and not despite:
        other = replacement(ground.dataset, saving, span[1])
        if other and told.verified:
            return _nothing(told, Verdict.INCONCLUSIVE, replaced_by=other)
    return told


def _against(ground: Ground, saving: Saving, frozen: Baseline, span: tuple[date, date]) -> Measured:
    """Against the line of the baseline, until the day on which the cost came back."""
    begins = saving.implemented_on or span[0]
    whole = _days(ground, saving, frozen, (begins + _DAY, span[1]))
    gaps = [EXACT.subtract(a, b) for a, b in zip(whole.adjusted, whole.repriced, strict=True)]
    place = came_back(gaps)
    back = None if place is None else begins + _DAY + timedelta(days=place)
    end = min(span[1], back) if back else span[1]
    skipped = (span[0] - begins - _DAY).days
    if end <= span[0]:
        empty = Figures(*(Decimal(0),) * 5)
        return _nothing(
            weighed(empty, span[0], span[0], currency=frozen.currency),
            Verdict.REGRESSED,
            regressed_on=back,
        )
    upto = (end - begins - _DAY).days
    figures = Figures(
        adjusted=total(whole.adjusted[skipped:upto]),
        within=_within(ground, frozen, (span[0], end)),
        flat=EXACT.multiply(frozen.per_day, Decimal((end - span[0]).days)),
        actual=total(whole.actual[skipped:upto]),
        repriced=total(whole.repriced[skipped:upto]),
        kept=_kept(ground, frozen, whole.charged, (span[0], end)),
    )
    found = weighed(figures, span[0], end, currency=frozen.currency)
    if back is None:
        return found
    return found.model_copy(update={"verdict": Verdict.REGRESSED, "regressed_on": back})


def _days(ground: Ground, saving: Saving, frozen: Baseline, span: tuple[date, date]) -> _Days:
    """Each day as it would have been, as it was, and as it was at the baseline's prices."""
    where = conditions(ground.dataset, saving.scope)
    found = charged(ground.dataset, where, *span, rates=frozen.rates)
    books = books_of(ground.dataset, frozen.prices, found, rates=frozen.rates)
    days = tuple(days_of(*span))
    actual = dict.fromkeys(days, Decimal(0))
    repriced = dict(actual)
    for one in found.used:
        actual[one.day] = EXACT.add(actual[one.day], one.effective)
        repriced[one.day] = EXACT.add(repriced[one.day], books.at_baseline(one))
    told = line_of(frozen).tell(_asked(ground, frozen, span))
    return _Days(found, told.days, tuple(actual.values()), tuple(repriced.values()))


def line_of(frozen: Baseline) -> Line:
    """The line through the days of a baseline; the same whenever it is drawn."""
    return line(frozen.points, weekly=frozen.method is Method.SCOPE)


def _asked(ground: Ground, frozen: Baseline, span: tuple[date, date]) -> list[Day]:
    units = units_of(ground.drivers, frozen.driver, days_of(*span))
    return [Day(day, units.get(day)) for day in days_of(*span)]


def _within(ground: Ground, frozen: Baseline, span: tuple[date, date]) -> Decimal:
    """Half the width of the interval of what these days would have cost together."""
    return line_of(frozen).tell(_asked(ground, frozen, span)).within


def _kept(ground: Ground, frozen: Baseline, found: Charged, span: tuple[date, date]) -> Decimal:
    """What the commitments that covered the scope now leave unused of what it no longer uses."""
    if not frozen.commitments:
        return Decimal(0)
    days = Decimal((span[1] - span[0]).days)
    now = unused(ground.dataset, frozen.commitments, *span, rates=frozen.rates)
    more = EXACT.subtract(now, EXACT.multiply(frozen.unused, days))
    covers = total(
        one.effective
        for one in found.used
        if one.status == COVERED and span[0] <= one.day < span[1]
    )
    less = EXACT.subtract(EXACT.multiply(frozen.covered, days), covers)
    return max(Decimal(0), min(more, less))


def _commitment(
    ground: Ground, saving: Saving, frozen: Baseline, span: tuple[date, date]
) -> Measured:
    """What a commitment covered at the price without it, less what it cost, unused part and all."""
    where = conditions(ground.dataset, saving.scope)
    found = charged(ground.dataset, where, *span, rates=frozen.rates)
    without = total(one.contracted for one in found.used if one.status == COVERED)
    cost = total(one.effective for one in found.used if one.status in {COVERED, UNUSED})
    figures = Figures(adjusted=without, within=Decimal(0), flat=without, actual=cost, repriced=cost)
    return weighed(figures, *span, currency=frozen.currency)


def _nothing(found: Measured, verdict: Verdict, **why: object) -> Measured:
    """The same with nothing verified."""
    none = {"reduction": Decimal(0), "avoidance": Decimal(0), "verdict": verdict}
    return found.model_copy(update={**none, **why})


def _expiry(saving: Saving) -> date:
    """The day after the last on which it is credited: a year after it was made."""
    made = saving.implemented_on or date.max
    later = BillingPeriod.of(made).plus(HOLDS_FOR)
    return min(later.start + timedelta(days=made.day), later.end)
