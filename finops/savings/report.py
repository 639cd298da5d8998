"""Report: every saving with what it is worth, what waits, who is credited and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import dropwhile
from itertools import takewhile
from operator import itemgetter
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.errors import TieoutError
from finops.invoicing.periods import closed_months
from finops.measures.query import reporting
from finops.records.closings import closings
from finops.savings.credit import Amounts
from finops.savings.credit import credited
from finops.savings.credit import credits_of
from finops.savings.drivers import drivers_of
from finops.savings.fates import fates_of
from finops.savings.fates import whole
from finops.savings.ledger import savings_of
from finops.savings.measure import Ground
from finops.savings.measure import measure
from finops.savings.measure import span_of
from finops.savings.saving import ENDED
from finops.savings.saving import State
from finops.savings.verification import verifications_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable

    from finops.access.workspace import Workspace
    from finops.dataset import Dataset
    from finops.savings.credit import Line
    from finops.savings.drivers import Units
    from finops.savings.fates import Fate
    from finops.savings.measured import Measured
    from finops.savings.saving import Saving
    from finops.savings.verification import Verification

    Measuring = Callable[[Ground, Saving, tuple[date, date]], Measured]

USUAL = Decimal(30)
"""Amounts that are compared are told of so many days."""

STAGES = (State.IDENTIFIED, State.AGREED, State.IMPLEMENTED, State.REALIZED, State.VERIFIED)
"""The stages of the funnel, each of which counts what has come at least so far."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A saving with what came of it so far.

    `realized` is what it shows on the last open months, unsigned; `why` says what keeps it from
    being told. `waits` are the closed months that nobody has signed.
    """

    saving: Saving
    credited: Amounts
    signed: tuple[Verification, ...] = ()
    waits: tuple[BillingPeriod, ...] = ()
    realized: Measured | None = None
    why: str = ""

    @property
    def state(self) -> State:
        """How far it has come; an implemented one that saves on an open month is realized."""
        now = self.saving.state
        shows = self.realized is not None and self.realized.verified > 0
        return State.REALIZED if now is State.IMPLEMENTED and shows else now

    @property
    def back(self) -> date | None:
        """The day on which its cost was back."""
        shown = (one.measured for one in self.signed)
        every = (*shown, *((self.realized,) if self.realized else ()))
        return next((one.regressed_on for one in every if one.regressed_on), None)

    @property
    def last(self) -> Verification | None:
        """The last signature that credited anything."""
        return next((one for one in reversed(self.signed) if one.credited), None)

    @property
    def per_day(self) -> Amounts:
        """What one day of it is credited, where it still holds; a one-off holds no day more."""
        if self.last is None or self.saving.state is not State.VERIFIED or self.saving.one_off:
            return Amounts(Decimal(0), Decimal(0))
        days = Decimal(self.last.measured.days)
        return Amounts(
            EXACT.divide(self.last.credited, days), EXACT.divide(self.last.avoided, days)
        )


class Stage(NamedTuple):
    """How many savings have come so far, and what they are worth in 30 days."""

    state: State
    many: int
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Report:
    """Every saving, the ledger that credits them, and what became of what was verified."""

    currency: str
    savings: tuple[Standing, ...]
    lines: tuple[Line, ...]
    fates: tuple[Fate, ...]

    @property
    def verified(self) -> Amounts:
        """What was credited in all."""
        found = [one.credited for one in self.savings]
        return Amounts(total(one.credited for one in found), total(one.avoided for one in found))

    @property
    def funnel(self) -> tuple[Stage, ...]:
        """From identified to verified: how many came so far, and what they are worth."""
        return tuple(_stage(self.savings, state) for state in STAGES)

    @property
    def ended(self) -> tuple[Stage, ...]:
        """What goes no further and is in no stage of the funnel, worth what it was to bring."""
        found = tuple(_ended(self.savings, state) for state in State if state in ENDED)
        return tuple(one for one in found if one.many)

    @property
    def regressed(self) -> tuple[Standing, ...]:
        """The savings whose cost came back, signed or not."""
        return tuple(one for one in self.savings if one.back)

    @property
    def waiting(self) -> tuple[Standing, ...]:
        """The savings with closed months that nobody has signed."""
        return tuple(one for one in self.savings if one.waits)


def report(
    workspace: Workspace,
    dataset: Dataset,
    *,
    today: date,
    measured: Measuring = measure,
    units: dict[str, Units] | None = None,
) -> Report:
    """Every saving with what it is worth now, as the bill and the records have it.

    Whoever has measured a saving before, or read what drives it, says how it is done: `measured`
    and `units`.

    Raises:
        RateMissing: an amount must be converted and there is no rate.
    """
    lines, signed = credits_of(workspace), verifications_of(workspace)
    known = drivers_of(workspace, dataset.snapshot) if units is None else units
    ground = Ground(dataset, known)
    with workspace.store.reading() as session:
        closed = closed_months(dataset, closings(session))
    found = tuple(
        _standing(one, lines, signed, (ground, closed, measured))
        for one in savings_of(workspace, today=today)
    )
    currency = reporting(dataset)
    told = {one.saving.key: (one.credited.credited, currency) for one in found}
    return Report(
        currency=currency,
        savings=found,
        lines=lines,
        fates=whole(fates_of(workspace), {key: one for key, one in told.items() if one[0]}),
    )


def to_verify(
    saving: Saving, signed: Iterable[Verification], closed: Iterable[BillingPeriod]
) -> tuple[BillingPeriod, ...]:
    """The closed months in which a saving counts, and that nobody has signed.

    Of one whose cost came back, those that began before it did.
    """
    mine = [one for one in signed if one.saving == saving.key]
    came_back = any(one.measured.regressed_on for one in mine)
    if saving.state not in {State.IMPLEMENTED, State.VERIFIED} and not came_back:
        return ()
    done = {one.month for one in mine}
    return tuple(one for one in closed if str(one) not in done and span_of(saving, one))


def _standing(
    saving: Saving,
    lines: Iterable[Line],
    signed: Iterable[Verification],
    known: tuple[Ground, tuple[BillingPeriod, ...], Measuring],
) -> Standing:
    ground, closed, measured = known
    mine = tuple(one for one in signed if one.saving == saving.key)
    found, why = _realized(ground, saving, _open(ground, saving, closed), measured)
    return Standing(
        saving=saving,
        credited=credited(lines, saving=saving.key),
        signed=mine,
        waits=to_verify(saving, mine, closed),
        realized=found,
        why=why,
    )


def _realized(
    ground: Ground,
    saving: Saving,
    span: tuple[date, date] | None,
    measured: Measuring,
) -> tuple[Measured | None, str]:
    """What a saving shows on the days of open months that the bill has; unsigned."""
    if span is None:
        return None, ""
    try:
        return measured(ground, saving, span), ""
    except TieoutError as error:
        return None, error.sentence


def _open(
    ground: Ground, saving: Saving, closed: tuple[BillingPeriod, ...]
) -> tuple[date, date] | None:
    """The days of the last open months on which a running saving counts, as far as the bill goes.

    Where a closed month lies between open ones, those before it are left out, and so is it.
    """
    parts = ground.dataset.snapshot.charges
    through = max((date.fromisoformat(one.end_day) for one in parts if one.end_day), default=None)
    if through is None or saving.state not in {State.IMPLEMENTED, State.VERIFIED}:
        return None
    months = sorted({BillingPeriod.parse(one.month) for one in parts}, reverse=True)
    found = [
        (month in closed, span[0], min(span[1], through))
        for month in months
        if (span := span_of(saving, month)) and span[0] < through
    ]
    spans = tuple(takewhile(lambda one: not one[0], dropwhile(itemgetter(0), found)))
    return (spans[-1][1], spans[0][2]) if spans else None


def _stage(savings: Iterable[Standing], state: State) -> Stage:
    place = STAGES.index(state)
    come = [one for one in savings if one.state in STAGES and STAGES.index(one.state) >= place]
    return Stage(state, len(come), total(_worth(one, state) for one in come))


def _ended(savings: Iterable[Standing], state: State) -> Stage:
    there = [one.saving.expected for one in savings if one.state is state]
    return Stage(state, len(there), total(there))


def _worth(one: Standing, state: State) -> Decimal:
    """What a saving is worth in 30 days: as it was expected, or as it was measured or signed."""
    if state is State.VERIFIED:
        return EXACT.multiply(one.per_day.credited, USUAL)
    if state is State.REALIZED:
        shown = one.realized.per_day if one.realized else one.per_day.credited
        return EXACT.multiply(shown, USUAL)
    return one.saving.expected
