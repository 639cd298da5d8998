"""Month: what the pages ask of a month: its total, days and parts, beside the month before.

Each function asks the measures and lays the answers side by side; the numbers are the measures'.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import Amount
from finops.core.amount import EXACT
from finops.core.amount import total
from finops.core.measure import Axis
from finops.core.period import BillingPeriod
from finops.errors import RateMissing
from finops.focus.columns import UNALLOCATED
from finops.portal import desk
from finops.portal import formats
from finops.portal.change import Change
from finops.portal.change import changes
from finops.portal.change import whole
from finops.portal.charts import Series
from finops.portal.lens import Span
from finops.portal.lens import spans
from finops.portal.lens import whole_month

if TYPE_CHECKING:
    from finops.dataset import Dataset
    from finops.measures import Answer
    from finops.portal.lens import Lens

FX = "FX"
"""The step of what rates of exchange moved."""
YEAR = 12
NOTHING = Decimal(0)
WORTH_SAYING = Decimal("0.001")
"""The share of a month that a service must move by to be named in the first line."""


class Parts(NamedTuple):
    """What each part of a month cost, beside the month before, in one currency.

    `exchange` is what rates of exchange moved, where the parts are told without it; `said` why it
    could not be told apart.
    """

    parts: tuple[Change, ...]
    currency: str
    labels: tuple[str, str]
    exchange: tuple[Change, ...] = ()
    said: str = ""

    @property
    def every(self) -> tuple[Change, ...]:
        """The parts, and what the rates moved."""
        return (*self.parts, *self.exchange)

    @property
    def whole(self) -> Change:
        """The month itself."""
        return whole(self.every, "Total")


class Days(NamedTuple):
    """A month by day, and the month before."""

    now: Series
    before: Series
    currency: str


class Trend(NamedTuple):
    """A measure month by month, oldest first; the chosen month is the last."""

    months: tuple[tuple[BillingPeriod, Decimal], ...]
    currency: str

    def at(self, period: BillingPeriod) -> Decimal:
        """The amount of one month; zero where it has none."""
        return dict(self.months).get(period, NOTHING)


def compared(dataset: Dataset, lens: Lens) -> tuple[Span, Span]:
    """The chosen month as far as it is in, and as much of the month before."""
    now, before = spans(lens.period, dataset.snapshot.charges, desk.today())
    if lens.basis.axis is Axis.BILLING:
        return whole_month(now.period), whole_month(before.period)
    return now, before


def parts_by(dataset: Dataset, lens: Lens, dimension: str) -> Parts:
    """What each value of a dimension cost in the month and in the month before."""
    now, before = compared(dataset, lens)
    answers = [
        desk.ask(dataset, lens.query(span.start, span.end, by=(dimension,)))
        for span in (now, before)
    ]
    parts = changes(*(_named(answer) for answer in answers))
    return Parts(parts, answers[0].currency, (before.label, now.label))


def steps_by(dataset: Dataset, lens: Lens, dimension: str) -> Parts:
    """As `parts_by`, but what rates of exchange moved is apart (domain.md 9).

    FX = local cost now x (rate now - rate before); all else is told at the rate of the month
    before, so that the two add up to the month.
    """
    found = parts_by(dataset, lens, dimension)
    now, before = compared(dataset, lens)
    if lens.rule.constant:
        return found
    held = replace(lens, rule=replace(lens.rule, constant=str(before.period)))
    try:
        answer = desk.ask(dataset, held.query(now.start, now.end, by=(dimension,)))
    except RateMissing as missing:
        return found._replace(said=f"FX is not told apart. {missing}")
    former = {part.name: part.before for part in found.parts}
    parts = changes(_named(answer), former)
    moved = EXACT.subtract(found.whole.now, whole(parts, "").now)
    if not moved:
        return found
    return found._replace(parts=parts, exchange=(Change(FX, NOTHING, moved),))


def by_day(dataset: Dataset, lens: Lens) -> Days:
    """What each day of the month cost, and each day of the month before."""
    spans_ = compared(dataset, lens)
    answers = [desk.ask(dataset, lens.query(span.start, span.end, grain="day")) for span in spans_]
    now, before = (
        Series(span.label, _days(answer, span))
        for span, answer in zip(spans_, answers, strict=True)
    )
    return Days(now, before, answers[0].currency)


def trend(dataset: Dataset, lens: Lens, measure: str, months: int = YEAR + 1) -> Trend:
    """A measure in each of the months up to the chosen one."""
    first = lens.period.plus(1 - months)
    query = lens.query(first.start, lens.period.end, measure=measure, grain="month")
    answer = desk.ask(dataset, query)
    found = {BillingPeriod.parse(str(row[0])): _number(row[1]) for row in answer.rows}
    return Trend(tuple((p, found.get(p, NOTHING)) for p in first.to(lens.period)), answer.currency)


def share(dataset: Dataset, lens: Lens, dimension: str, value: str) -> Trend:
    """The share of each month's cost that one value of a dimension has, up to the chosen month."""
    whole = trend(dataset, lens, lens.basis.value)
    first = whole.months[0][0]
    query = lens.query(first.start, lens.period.end, by=(dimension,), grain="month")
    answer = desk.ask(dataset, query)
    of = {str(row[0]): _number(row[2]) for row in answer.rows if row[1] == value}
    shares = ((p, _ratio(of.get(str(p), NOTHING), number)) for p, number in whole.months)
    return Trend(tuple(shares), "")


def sentence(dataset: Dataset, lens: Lens) -> str:
    """The month in one sentence: what it cost, against what, and what moved it most."""
    services = steps_by(dataset, lens, "ServiceName")
    now, before = compared(dataset, lens)
    cost = services.whole
    head = (
        f"**{now.label} {lens.basis.verb} "
        f"{formats.short(Amount(cost.now, services.currency))}**{_against(cost, now, before)}"
    )
    moved = _moved(services) if cost.before else ""
    told = tuple(filter(None, (head, moved, _nobodys(dataset, lens))))
    return "; ".join(told) + "."


def _nobodys(dataset: Dataset, lens: Lens) -> str:
    """How much of the month no team owns, in words; nothing where all of it is owned."""
    part = share(dataset, lens, "x_Team", UNALLOCATED).at(lens.period)
    return f"{formats.percent(part)} of it has no team" if part else ""


def _against(cost: Change, now: Span, before: Span) -> str:
    """How much more or less than the month before, by day too where the months differ in days."""
    if cost.before <= 0:
        return f"; there is nothing to compare it with in {formats.month(before.period)}"
    share = cost.by / cost.before
    word = "more" if cost.by >= 0 else "less"
    text = f", {formats.percent(abs(share))} {word} than {before.label}"
    if now.days == before.days:
        return text
    daily = (cost.now / now.days) / (cost.before / before.days) - 1
    return f"{text} ({formats.percent(daily, signed=True)} a day)"


def _moved(services: Parts) -> str:
    """What rose and what fell most, in words."""
    rise = max(services.every, key=lambda part: part.by, default=None)
    fall = min(services.every, key=lambda part: part.by, default=None)
    told = []
    least = abs(services.whole.now) * WORTH_SAYING
    if rise and rise.by > least:
        amount = formats.short(Amount(rise.by, services.currency), signed=True)
        told.append(f"{formats.md_escape(rise.name)} rose most ({amount})")
    if fall and -fall.by > least:
        amount = formats.short(Amount(fall.by, services.currency), signed=True)
        told.append(f"{formats.md_escape(fall.name)} fell most ({amount})")
    return ", ".join(told)


def _named(answer: Answer) -> dict[str, Decimal]:
    """The amounts of an answer by its one dimension; what is null is told so."""
    found: dict[str, Decimal] = {}
    for name, number in answer.rows:
        told = "(not given)" if name is None else str(name)
        found[told] = total((found.get(told, NOTHING), _number(number)))
    return found


def _days(answer: Answer, span: Span) -> tuple[tuple[int, Decimal], ...]:
    """The amounts by day of the month; a day outside of it counts on the nearest in it."""
    found: dict[int, Decimal] = dict.fromkeys(range(1, span.days + 1), NOTHING)
    for when, number in answer.rows:
        day = _clamped(date.fromisoformat(str(when)), span)
        found[day] = total((found[day], _number(number)))
    return tuple(sorted(found.items()))


def _ratio(part: Decimal, whole: Decimal) -> Decimal:
    """A part of a whole; nothing where there is no whole."""
    return EXACT.divide(part, whole) if whole > 0 else NOTHING


def _number(value: object) -> Decimal:
    """An amount; nothing where none is known."""
    return value if isinstance(value, Decimal) else NOTHING


def _clamped(when: date, span: Span) -> int:
    return min(max((when - span.start).days + 1, 1), span.days)
