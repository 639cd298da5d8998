"""Decisions: what was asked, what could have been done, what was chosen, and what it must bring.

The fields are those of MADR 4.0. A decision that is meant to move a cost carries the figure it
moves from, frozen: what its scope cost in the last closed month, per day.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from typing import TYPE_CHECKING

from pydantic import BaseModel
from pydantic import ConfigDict

from finops.access.command import command
from finops.access.roles import Permission
from finops.core.period import BillingPeriod
from finops.errors import UsageError
from finops.invoicing.periods import closed_months
from finops.measures import ask
from finops.measures import Query
from finops.measures.names import conditions
from finops.operations.entries import Entry
from finops.operations.entries import find
from finops.operations.entries import put
from finops.operations.review import need

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.access.command import Transaction
    from finops.dataset import Dataset
    from finops.operations.entries import Kept
    from finops.records.closings import Closing

MONTH_DAYS = Decimal(365) / 12
"""The days of an average month: what an amount per month is told per day by."""


class Kind(StrEnum):
    """What a decision is meant to do."""

    SAVE = "save"
    INVEST = "invest"
    ACCEPT = "accept"
    RULE = "rule"


SCORED = (Kind.SAVE, Kind.INVEST)
"""The kinds that must show on the bill."""


class Option(BaseModel):
    """One way to go, and what it would change of the cost of a month: negative saves."""

    model_config = ConfigDict(frozen=True)

    text: str
    effect: Decimal | None = None


class Frozen(BaseModel):
    """What a scope cost in a closed month, as a snapshot had it when the decision was taken."""

    model_config = ConfigDict(frozen=True)

    month: str
    amount: Decimal
    currency: str
    snapshot: str

    @property
    def per_day(self) -> Decimal:
        """The cost of one day of that month."""
        return self.amount / BillingPeriod.parse(self.month).days


class Decision(Entry):
    """One decision.

    `expected` is by how much the cost of a month changes: negative saves, positive invests. It is
    measured by `measure` in `scope` (`Dimension=Value`, several set apart by `;`).
    """

    kind: ClassVar[str] = "decision"
    letter: ClassVar[str] = "D"

    question: str
    choice: str
    purpose: Kind = Kind.SAVE
    context: str = ""
    options: tuple[Option, ...] = ()
    drivers: tuple[str, ...] = ()
    deciders: tuple[str, ...] = ()
    dissent: str = ""
    team: str = ""
    owner: str = ""
    due: date | None = None
    expected: Decimal = Decimal(0)
    measure: str = "EffectiveCost"
    scope: str = ""
    value: str = ""
    """For an investment: the metric that it must move, as `product unit`: `checkout orders`."""
    value_expected: Decimal = Decimal(0)
    """By how much a month."""
    review_day: date | None = None
    supersedes: str = ""
    retrospective: str = ""
    """The look back that it came out of, such as `search Sprint 12`; empty for a meeting's own."""
    baseline: Frozen | None = None

    @property
    def scored(self) -> bool:
        """Whether its outcome is measured on the bill."""
        return self.purpose in SCORED and self.baseline is not None and bool(self.expected)


@command("review.decide", permission=Permission.REVIEW)
def decide(transaction: Transaction, *, entry: Decision) -> Kept:
    """Put a decision on the record, or edit one whose minutes are not final.

    Raises:
        UsageError: it does not say what was asked, chosen or expected.
        EditConflict: somebody else has changed it meanwhile.
    """
    check(entry)
    if entry.supersedes and find(transaction.session, Decision, entry.supersedes) is None:
        message = f"There is no decision {entry.supersedes!r} to supersede."
        raise UsageError(message)
    return put(transaction, entry)


def check(entry: Decision) -> None:
    """Hold a decision to what its kind needs.

    Raises:
        UsageError: something is missing, or its sign says the opposite of its kind.
    """
    need(entry.question, "A decision needs its question.")
    need(entry.choice, "A decision needs what was chosen.")
    if entry.purpose not in SCORED:
        return
    need(entry.owner, "A decision that must show on the bill needs an owner.")
    sign = -1 if entry.purpose is Kind.SAVE else 1
    if entry.expected * sign <= 0:
        wanted = "below" if sign < 0 else "above"
        message = f"To {entry.purpose}, the expected change of a month's cost is {wanted} zero."
        raise UsageError(message, remedy="Write -1200 for 1,200 less a month.")
    need(entry.scope, "A decision needs the scope that will show it, such as x_Team=search.")


def freeze(
    dataset: Dataset, closings: Iterable[Closing], entry: Decision, *, day: date
) -> Decision:
    """The decision with what its scope cost in the last month that was closed before a day.

    Raises:
        UsageError: its measure or scope is none, or no month is closed.
    """
    if entry.purpose not in SCORED or entry.baseline is not None:
        return entry
    months = [month for month in closed_months(dataset, closings) if month.end <= day]
    if not months:
        message = "No month is closed yet, so nothing can be frozen to measure against."
        raise UsageError(message, remedy="Close one with `finops close PERIOD`.")
    return entry.model_copy(update={"baseline": cost(dataset, entry, months[-1])})


def cost(dataset: Dataset, entry: Decision, month: BillingPeriod) -> Frozen:
    """What a decision's scope cost in a month, by its own measure, in the reporting currency."""
    found = ask(
        dataset,
        Query(measures=(entry.measure,), where=conditions(dataset, entry.scope), period=month),
    )
    amount = next(iter(found.total.values())) or Decimal(0)
    return Frozen(month=str(month), amount=amount, currency=found.currency, snapshot=found.snapshot)
