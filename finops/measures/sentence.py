"""Sentence: a variance in rounded figures that tie, and in words a finance lead would sign.

Every number of the sentence stands in the lines. Nothing is asserted beyond the arithmetic: which
cause moved the cost by how much, largest first, until four fifths of all movement are told.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from decimal import ROUND_FLOOR
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.measures.causes import Cause

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from finops.measures.variance import Variance
    from finops.measures.window import Window

    Write = Callable[[Decimal], str]

ENOUGH = Decimal("0.8")
"""The part of all movement, rises and falls alike, that is told by name (domain.md 9)."""
LARGE = 10_000
MOSTLY = Decimal("0.5")
"""The part of a step that one service must make up to be named with it."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_MINUS = "\u2212"
_FEW = ("no", "one", "two", "three")
_VERBS = {"EffectiveCost": "cost", "BilledCost": "was billed"}


class Line(NamedTuple):
    """A line of the table: an amount, its percent of the start, and what is then left to explain.

    `cause` is None for the first line, the period before, and the last, the period itself.
    """

    name: str
    amount: Decimal
    percent: Decimal | None
    left: Decimal
    cause: Cause | None = None

    @property
    def heading(self) -> str:
        """The name as a heading begins: `One day more`."""
        return self.name[:1].upper() + self.name[1:]


def lines(found: Variance) -> tuple[Line, ...]:
    """A variance in rounded figures that add up: its start, its steps, the largest first, its end.

    Whole units of the currency where there are tens of thousands, else its minor unit; the largest
    remainders are rounded up.
    """
    unit = _unit(found)
    start, end = (_rounded(number, unit) for number in (found.start, found.end))
    left = EXACT.subtract(end, start)
    steps = [(step.cause, step.amount) for step in found.steps]
    shown = zip(
        (cause for cause, _ in steps), _tied([n for _, n in steps], left, unit), strict=True
    )
    rows = [Line(told(found.before), start, None, left)]
    for cause, amount in sorted(shown, key=lambda step: -abs(step[1])):
        if amount:
            left = EXACT.subtract(left, amount)
            rows.append(Line(_called(found, cause), amount, _percent(amount, start), left, cause))
    return (*rows, Line(told(found.after), end, _percent(end - start, start), left))


def sentence(found: Variance, write: Write = "{:,f}".format) -> str:
    """A variance in one sentence, from the figures of its lines; `write` writes a number."""
    first, *steps, last = lines(found)
    verb = _VERBS.get(found.measure, f"had a {found.measure} of")
    head = f"{last.name} {verb} {write(last.amount)} {found.currency}"
    if not first.left:
        head = f"{head}, as much as {first.name}"
    else:
        share = "" if last.percent is None else f" ({write(abs(last.percent))} %)"
        word = "more" if first.left > 0 else "less"
        by = f"{write(abs(first.left))} {found.currency}{share}"
        head = f"{head}, {by} {word} than {first.name}"
    told_apart, rest = _enough(steps)
    parts = [
        f"{line.name} {_signed(line.amount, write)}{_mostly(found, line)}" for line in told_apart
    ]
    if rest:
        parts.append(f"all other causes {_signed(rest, write)}")
    return f"{head}: {'; '.join(parts)}." if parts else f"{head}."


def told(days: Window) -> str:
    """The days by name: `October 2026`, `1 to 12 October 2026`, or the first and the last month."""
    first, last = (f"{_MONTHS[d.month - 1]} {d.year}" for d in (days.start, days.last))
    if days.months:
        return first if days.months == 1 else f"{first} to {last}"
    if BillingPeriod.of(days.start) == BillingPeriod.of(days.last):
        return f"{days.start.day} to {days.last.day} {last}"
    return f"{days.start.day} {first} to {days.last.day} {last}"


def _enough(steps: Sequence[Line]) -> tuple[list[Line], Decimal]:
    """The largest steps until four fifths of all movement are told, and the sum of the rest."""
    whole = total(abs(line.amount) for line in steps)
    kept: list[Line] = []
    for line in steps:
        if total(abs(one.amount) for one in kept) >= EXACT.multiply(whole, ENOUGH):
            return kept, kept[-1].left
        kept.append(line)
    return kept, Decimal(0)


def _called(found: Variance, cause: Cause) -> str:
    """The cause by name; of days, how many."""
    if cause is not Cause.DAYS:
        return cause.value
    by = found.after.days - found.before.days
    many = _FEW[abs(by)] if abs(by) < len(_FEW) else "some"
    return f"{many} {'day' if abs(by) == 1 else 'days'} {'more' if by > 0 else 'fewer'}"


def _mostly(found: Variance, line: Line) -> str:
    """The service that most of a step comes from, where one is most of it."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for part in found.contributions:
        if part.cause is line.cause and part.cause is not Cause.TAX:
            name = part.key.service or ""
            sums[name] = EXACT.add(sums[name], part.amount)
    top = max(sums, key=lambda name: abs(sums[name]), default="")
    moved = total(abs(amount) for amount in sums.values())
    return f" (mostly {top})" if top and abs(sums[top]) > EXACT.multiply(moved, MOSTLY) else ""


def _unit(found: Variance) -> Decimal:
    large = max(abs(found.start), abs(found.end)) >= LARGE
    return max(Decimal(1), minor_unit(found.currency)) if large else minor_unit(found.currency)


def _rounded(number: Decimal, unit: Decimal) -> Decimal:
    return EXACT.plus(number.quantize(unit, context=EXACT))  # never a negative zero


def _tied(amounts: Sequence[Decimal], whole: Decimal, unit: Decimal) -> list[Decimal]:
    """Amounts rounded to a unit so that they add up to a whole (largest remainder, domain.md 9)."""
    down = [number.quantize(unit, rounding=ROUND_FLOOR, context=EXACT) for number in amounts]
    missing = int(EXACT.divide(EXACT.subtract(whole, total(down)), unit))
    fraction = [EXACT.subtract(a, b) for a, b in zip(amounts, down, strict=True)]
    for place in sorted(range(len(down)), key=lambda i: (-fraction[i], i))[:missing]:
        down[place] = EXACT.add(down[place], unit)
    return down


def _percent(part: Decimal, whole: Decimal) -> Decimal | None:
    """A part in percent of a whole, to one digit; None where the whole is not above zero."""
    if whole <= 0:
        return None
    share = EXACT.divide(EXACT.multiply(part, Decimal(100)), whole)
    return _rounded(share, Decimal("0.1"))


def _signed(number: Decimal, write: Write) -> str:
    return ("+" if number > 0 else _MINUS) + write(abs(number))
