"""Programme: what the practice itself costs, and what leadership wants of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import BaseModel
from pydantic import ConfigDict

from finops.access.command import command
from finops.access.roles import Permission
from finops.core.amount import EXACT
from finops.core.period import BillingPeriod
from finops.errors import UsageError
from finops.savings.ledger import read_all
from finops.savings.ledger import write

if TYPE_CHECKING:
    from finops.access.command import Transaction
    from finops.access.workspace import Workspace

COST, TARGET = "programme cost", "programme target"


class Cost(BaseModel):
    """What the practice cost in a month: hours of people at a rate, or the amount of a tool.

    Not the fees of commitments, which are in what they save, and not the cloud's bill.
    """

    model_config = ConfigDict(frozen=True)

    month: str
    what: str
    amount: Decimal
    currency: str
    hours: Decimal = Decimal(0)
    rate: Decimal = Decimal(0)
    by: str = ""
    on: date | None = None

    def __body__(self) -> dict[str, object]:
        """What two requests are compared by."""
        return self.model_dump(mode="json")


class Target(BaseModel):
    """What should be saved a year by what still holds, hard reductions only."""

    model_config = ConfigDict(frozen=True)

    amount: Decimal
    currency: str
    by: str = ""
    on: date | None = None

    def __body__(self) -> dict[str, object]:
        """What two requests are compared by."""
        return self.model_dump(mode="json")


@dataclass(frozen=True)
class Kept:
    """What was kept, and its amount."""

    name: str
    amount: Decimal


@command("roi.cost", permission=Permission.KEEP_SAVINGS)
def add_cost(transaction: Transaction, *, cost: Cost) -> Kept:
    """Keep what the practice cost; the same thing of the same month takes its place.

    Raises:
        UsageError: it has no name or no amount, or the month is none.
    """
    month = BillingPeriod.parse(cost.month)
    amount = EXACT.multiply(cost.hours, cost.rate) if cost.hours else cost.amount
    if not cost.what.strip() or amount < 0 or min(cost.hours, cost.rate) < 0:
        message = "A cost has a name, and an amount or hours and a rate, none below zero."
        raise UsageError(message, remedy="Say what it was, and what it cost.")
    who = {"by": transaction.actor.name, "amount": amount, "on": transaction.at.date()}
    kept = cost.model_copy(update=who)
    name = f"{month} {cost.what.strip()}"
    write(transaction, COST, name, kept.model_dump(mode="json"))
    transaction.record(subject=name, after=kept.model_dump(mode="json"))
    return Kept(name, amount)


@command("roi.target", permission=Permission.SET_SAVINGS_TARGET)
def set_target(transaction: Transaction, *, target: Target) -> Kept:
    """Set what should be saved a year, for leadership; it holds until another one is set.

    Raises:
        UsageError: it is not above zero.
    """
    if target.amount <= 0:
        message = f"A target of {target.amount:f} is none."
        raise UsageError(message, remedy="Name an amount above zero for a year.")
    kept = target.model_copy(update={"by": transaction.actor.name, "on": transaction.at.date()})
    write(transaction, TARGET, "a year", kept.model_dump(mode="json"))
    transaction.record(subject="target of savings", after=kept.model_dump(mode="json"))
    return Kept("a year", target.amount)


def costs_of(workspace: Workspace) -> tuple[Cost, ...]:
    """Everything that the practice cost, by month."""
    with workspace.store.reading() as session:
        found = read_all(session, COST, Cost)
    return tuple(sorted(found, key=lambda one: (one.month, one.what)))


def target_of(workspace: Workspace) -> Target | None:
    """What leadership wants; None where nobody has said."""
    with workspace.store.reading() as session:
        found = read_all(session, TARGET, Target)
    return found[-1] if found else None
