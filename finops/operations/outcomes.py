"""Outcomes: what a decision did to the bill, against what was expected of it.

Measured on the last closed month after it was due, by the decision's own measure and scope:
effect = cost of that month - frozen cost per day x its days, less what demand alone changed where
the units of the scope tell it. A hit brings at least 90 % of what
was expected (an investment costs at most 110 %), a partial at least 20 %, else it is a miss.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.core.period import BillingPeriod
from finops.invoicing.periods import closed_months
from finops.operations.decisions import cost
from finops.operations.decisions import Decision
from finops.operations.decisions import Frozen
from finops.operations.decisions import Kind
from finops.operations.driven import demand
from finops.operations.entries import Entry
from finops.operations.entries import put

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from datetime import date

    from finops.access.command import Transaction
    from finops.dataset import Dataset
    from finops.invoicing.books import Books
    from finops.operations.entries import Kept
    from finops.operations.entries import Log
    from finops.operations.value import Units

HIT, PARTIAL, BEYOND = Decimal("0.9"), Decimal("0.2"), Decimal("1.1")
ENOUGH = 10
"""From so many scored decisions on a hit rate says something."""


class Result(StrEnum):
    """How a decision turned out."""

    HIT = "hit"
    PARTIAL = "partial"
    MISS = "miss"


class Outcome(Entry):
    """How one decision turned out; its name is the decision's.

    `effect` is what the month costs more than the frozen days would at its demand; `error` is by
    how much that differs from what was expected. `why` and `lesson` are a person's words.
    """

    kind: ClassVar[str] = "outcome"
    after_minutes: ClassVar[bool] = True

    result: Result
    expected: Decimal
    effect: Decimal
    measured: Frozen
    value_effect: Decimal | None = None
    """Of an investment: by how much its metric moved; None where none was counted."""
    demand: Decimal | None = None
    """What demand alone changed, which is left out of the effect; None where no units tell it."""
    driver: str = ""
    """The units by which that is told, such as `checkout orders`."""
    why: str = ""
    lesson: str = ""

    @property
    def error(self) -> Decimal:
        """The effect less what was expected."""
        return self.effect - self.expected


class Rate(NamedTuple):
    """Of a team or a kind: how many decisions were scored and hit, and the share from ten on."""

    name: str
    scored: int
    hits: int
    error: Decimal

    @property
    def share(self) -> Decimal | None:
        """The hit rate; None below ten decisions, which say nothing."""
        return Decimal(self.hits) / self.scored if self.scored >= ENOUGH else None


@command("review.score", permission=Permission.REVIEW)
def score(transaction: Transaction, *, entry: Outcome) -> Kept:
    """Put on the record how a decision turned out, or why it did."""
    return put(transaction, entry)


def unscored(log: Log) -> tuple[Decision, ...]:
    """The decisions that must show on the bill, are not scored, and no other supersedes."""
    over = {one.key for one in log.of(Outcome)} | {one.supersedes for one in log.of(Decision)}
    return tuple(one for one in log.of(Decision) if one.scored and one.key not in over)


def so_far(
    log: Log, dataset: Dataset, books: Books, units: Units | None = None
) -> tuple[Outcome, ...]:
    """How unscored decisions stand on the last closed month; a look ahead, not on the record."""
    found = (measure(dataset, books, one, units) for one in unscored(log))
    return tuple(one for one in found if one)


def ready(log: Log, dataset: Dataset, books: Books, today: date) -> tuple[Decision, ...]:
    """The decisions that can be scored now: their day has come and a closed month shows them."""
    months = closed_months(dataset, books.closings)
    return tuple(
        one
        for one in unscored(log)
        if (one.review_day is None or one.review_day <= today) and _month(one, months)
    )


def measure(
    dataset: Dataset, books: Books, decision: Decision, units: Units | None = None
) -> Outcome | None:
    """How a decision turned out; None while no month is closed that can show it."""
    month = _month(decision, closed_months(dataset, books.closings))
    if month is None or decision.baseline is None:
        return None
    measured = cost(dataset, decision, month)
    saves = decision.purpose is Kind.SAVE
    driven = demand(dataset, units.series, decision, month) if units and saves else None
    effect = measured.amount - decision.baseline.per_day * month.days
    if driven:
        effect -= driven.amount
    frozen = BillingPeriod.parse(decision.baseline.month)
    value = units.moved(decision.value, frozen, month) if units and decision.value else None
    return Outcome(
        key=decision.key,
        result=judge(decision, effect, value),
        expected=decision.expected,
        effect=effect,
        measured=measured,
        value_effect=value,
        demand=driven.amount if driven else None,
        driver=driven.driver if driven else "",
    )


def judge(decision: Decision, effect: Decimal, value: Decimal | None = None) -> Result:
    """Hit, partial or miss; an investment is no better than the value that it brought."""
    share = effect / decision.expected
    if decision.purpose is not Kind.INVEST:
        return _result(share)
    if share > BEYOND:
        return Result.MISS
    if not decision.value_expected:
        return _result(share)
    brought = _result((value or Decimal(0)) / decision.value_expected)
    return max(_result(share), brought, key=list(Result).index)


def _result(share: Decimal) -> Result:
    """What a share of the expected amount is worth."""
    if share >= HIT:
        return Result.HIT
    return Result.PARTIAL if share >= PARTIAL else Result.MISS


def rates(log: Log, of: Callable[[Decision], str]) -> tuple[Rate, ...]:
    """Hit rate and mean amount error by a word of the decision, such as its team or kind."""
    scored, hits, errors = Counter[str](), Counter[str](), dict[str, Decimal]()
    for one in log.of(Outcome):
        decision = log.find(Decision, one.key)
        name = of(decision) if decision else ""
        scored[name] += 1
        hits[name] += one.result is Result.HIT
        errors[name] = errors.get(name, Decimal(0)) + abs(one.error)
    return tuple(
        Rate(name, scored[name], hits[name], errors[name] / scored[name]) for name in sorted(scored)
    )


def tally(found: Iterable[Outcome]) -> str:
    """`1 hit, 1 partial, 1 miss`."""
    counts = Counter(one.result for one in found)
    plural = {Result.HIT: "hits", Result.PARTIAL: "partial", Result.MISS: "misses"}
    told = (
        f"{counts[one]} {one if counts[one] == 1 else plural[one]}" for one in Result if counts[one]
    )
    return ", ".join(told)


def _month(decision: Decision, closed: tuple[BillingPeriod, ...]) -> BillingPeriod | None:
    """The last closed month that lies wholly after the decision was due."""
    base = decision.baseline
    if base is None:
        return None
    after = [
        month
        for month in closed
        if month > BillingPeriod.parse(base.month)
        and (decision.due is None or month.start > decision.due or month.start == decision.due)
    ]
    return after[-1] if after else None
