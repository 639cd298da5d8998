"""Fates: what became of the money that was verified: out of a budget, into a thing, or absorbed.

The fates of a saving add up to what was verified of it; what nobody has decided yet is a fate of
its own, by that name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import BaseModel
from pydantic import ConfigDict

from finops.access.command import command
from finops.access.roles import Permission
from finops.core.amount import EXACT
from finops.core.amount import total
from finops.errors import Conflict
from finops.errors import UsageError
from finops.ingestion import owned
from finops.ingestion.commit import republish
from finops.records import models
from finops.records.revisions import newest
from finops.savings.credit import credited
from finops.savings.credit import credits_in
from finops.savings.ledger import read_all
from finops.savings.ledger import require
from finops.savings.ledger import write

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from finops.access.command import Transaction
    from finops.access.workspace import Workspace

FATE = "fate"


class What(StrEnum):
    """What becomes of verified money."""

    RELEASED = "budget released"
    REINVESTED = "reinvested"
    ABSORBED = "absorbed by growth"
    UNDECIDED = "not decided yet"


class Fate(BaseModel):
    """What became of a part of a saving.

    `name` is the thing that it is reinvested in, or the budget's scope; `period` the budget's.
    """

    model_config = ConfigDict(frozen=True)

    saving: str
    what: What
    amount: Decimal
    currency: str = ""
    name: str = ""
    period: str = ""
    by: str = ""
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What shall become of a part of a saving; of all that is not decided, without an amount.

    To release a budget, `name` is its scope such as `x_Team=search`, and `period` its fiscal one.
    """

    key: str
    team: str
    what: What
    name: str = ""
    period: str = ""
    amount: Decimal | None = None
    today: date


@dataclass(frozen=True)
class Kept:
    """Of which saving how much was decided, and what the budget is by now where it was lowered."""

    key: str
    what: str
    amount: Decimal
    budget: str = ""


def _touched(said: Decided) -> Iterable[tuple[str, str]]:
    return (("x_Team", said.team),)


@command("savings.fate", permission=Permission.KEEP_SAVINGS, within=_touched)
def decide(transaction: Transaction, *, said: Decided) -> Kept:
    """Say what becomes of a verified saving; a released budget is lower from now on.

    Raises:
        UsageError: it is more than is left to decide, or nothing is named.
        Conflict: there is no such budget, or it is smaller than that.
    """
    session = transaction.session
    saving = require(session, said.key, today=said.today)
    if saving.team != said.team:
        message = f"Saving {saving.key} is of {saving.team}, not of {said.team}."
        raise Conflict(message, remedy="Look at it again.")
    there = fates_in(session, saving.key)
    left = EXACT.subtract(
        credited(credits_in(session), saving=saving.key).credited,
        total(one.amount for one in there),
    )
    amount = _amount(said, left)
    currency = saving.baseline.currency if saving.baseline else ""
    fate = Fate(
        saving=saving.key,
        what=said.what,
        amount=amount,
        currency=currency,
        name=said.name.strip(),
        period=said.period.strip(),
        by=transaction.actor.name,
        on=said.today,
    )
    budget = _release(transaction, fate) if said.what is What.RELEASED else ""
    name = f"{saving.key}/{len(there) + 1}"
    write(transaction, FATE, name, fate.model_dump(mode="json"))
    transaction.record(subject=f"saving {saving.key}", after=fate.model_dump(mode="json"))
    return Kept(saving.key, said.what.value, amount, budget)


def fates_of(workspace: Workspace) -> tuple[Fate, ...]:
    """Everything that was decided, in that order."""
    with workspace.store.reading() as session:
        return read_all(session, FATE, Fate)


def fates_in(session: Session, key: str) -> tuple[Fate, ...]:
    """What was decided of one saving."""
    return tuple(one for one in read_all(session, FATE, Fate) if one.saving == key)


def whole(fates: Iterable[Fate], verified: dict[str, tuple[Decimal, str]]) -> tuple[Fate, ...]:
    """The fates of each saving, with what nobody has decided yet, so that they are its verified.

    `verified` has the amount and the currency of each saving. What was decided and taken back
    afterwards is below zero.
    """
    told = tuple(fates)
    found = list(told)
    for key, (amount, currency) in sorted(verified.items()):
        decided = total(one.amount for one in told if one.saving == key)
        if left := EXACT.subtract(amount, decided):
            found.append(Fate(saving=key, what=What.UNDECIDED, amount=left, currency=currency))
    return tuple(found)


def _amount(said: Decided, left: Decimal) -> Decimal:
    amount = left if said.amount is None else said.amount
    if amount <= 0 or amount > left:
        message = f"Of saving {said.key}, {left:,f} is left to decide, and not {amount:,f}."
        raise UsageError(message, remedy="Only what was verified has a fate, and only once.")
    if said.what is What.UNDECIDED:
        message = "That it is not decided needs no saying."
        raise UsageError(message, remedy="Say released, reinvested or absorbed.")
    if said.what is not What.ABSORBED and not said.name.strip():
        message = f"What is {said.what} has a name."
        raise UsageError(message, remedy="Name the thing, or the budget's scope and period.")
    return amount


def _release(transaction: Transaction, fate: Fate) -> str:
    """Lower the budget that holds by the amount, as a further version of it."""
    session = transaction.session
    fitting = [
        row
        for row in newest(session, models.Budget)
        if (row.scope, row.period, row.currency) == (fate.name, fate.period, fate.currency)
        and row.state != owned.WITHDRAWN
    ]
    if not fitting:
        message = f"There is no budget of {fate.name} for {fate.period or 'no period'}."
        raise Conflict(message, remedy="`finops budgets list` lists them.")
    held = max(fitting, key=lambda row: row.id or 0)
    after = EXACT.subtract(Decimal(held.amount), fate.amount)
    if after < 0:
        message = f"The budget of {fate.name} is {held.amount}, less than {fate.amount:,f}."
        raise Conflict(message, remedy="Release at most the budget.")
    session.add(
        models.Budget(
            revision=transaction.revision,
            period=held.period,
            scope=held.scope,
            amount=f"{after:f}",
            currency=held.currency,
            version=f"after {fate.saving}, {fate.on}",
            file="",
        )
    )
    republish(transaction)
    return f"{after:f}"
