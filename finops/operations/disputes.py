"""Disputes: an owner says which line of a statement is wrong, why, and which rule would mend it.

Nothing is overwritten: a dispute is a row with its answer beside it, and both owners must agree
before the rule that it proposes is anything but a proposal.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Any
from typing import ClassVar
from typing import TYPE_CHECKING

from pydantic import BaseModel
from pydantic import ConfigDict
from pydantic import Field

from finops.access.command import command
from finops.access.roles import Permission
from finops.access.workspace import organization_at
from finops.core.mapping import check
from finops.core.mapping import read_rule
from finops.core.mapping import RuleSet
from finops.errors import Conflict
from finops.errors import NotAllowed
from finops.errors import UsageError
from finops.operations.entries import Entry
from finops.operations.entries import find
from finops.operations.entries import put
from finops.operations.owners import may_speak
from finops.operations.owners import speak
from finops.operations.owners import TEAM
from finops.operations.review import need
from finops.records.review import versions

if TYPE_CHECKING:
    from finops.access.command import Transaction
    from finops.operations.entries import Kept
    from finops.operations.entries import Log


class Settlement(StrEnum):
    """How far a dispute has come."""

    OPEN = "open"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Dispute(Entry):
    """One line of one statement that its owner does not accept.

    `amount` is the line's as it was shown; `to` the team that should bear it, which must agree;
    `rule` the mapping rule that would make it so, as `rules export` writes one. `raised` says who
    raised it, also when somebody else has answered since.
    """

    kind: ClassVar[str] = "dispute"
    letter: ClassVar[str] = "X"

    scope: str
    month: str
    line: str
    amount: Decimal
    currency: str
    reason: str
    to: str = ""
    rule: dict[str, Any] = Field(default_factory=dict)
    raised: str = ""
    settlement: Settlement = Settlement.OPEN
    answer: str = ""

    @property
    def open(self) -> bool:
        """Whether nobody has answered yet."""
        return self.settlement is Settlement.OPEN


class Answer(BaseModel):
    """What is answered to a dispute, of which version it is an answer, and why."""

    model_config = ConfigDict(frozen=True)

    key: str
    version: int
    settlement: Settlement
    text: str

    def __body__(self) -> dict[str, object]:
        """What two requests are compared by."""
        return self.model_dump(mode="json")


@command("statement.dispute", permission=Permission.REVIEW)
def raise_dispute(transaction: Transaction, *, entry: Dispute) -> Kept:
    """Dispute a line of a statement, with a reason and, where there is one, the rule instead.

    Raises:
        UsageError: the reason is missing, or the rule gives the line to nobody.
        InputError: the rule is none, or decides what the organization does not have.
        NotAllowed: the actor does not answer for that owner.
    """
    need(entry.reason, "Why is the line wrong?")
    organization = organization_at(transaction.session)
    speak(organization, entry.scope, entry.month, transaction.actor)
    to = entry.to
    if entry.rule:
        rule = read_rule(entry.rule)
        check(RuleSet(rules=(rule,)), organization)
        to = to or str(dict(rule.then).get(TEAM, ""))
    if to and to not in {team.id for team in organization.at(entry.month).teams}:
        message = f"There is no team {to!r} in {entry.month}."
        raise UsageError(message)
    told = {"to": to, "raised": transaction.actor.name, "reason": entry.reason.strip()}
    return put(transaction, entry.model_copy(update=told))


@command("statement.answer", permission=Permission.REVIEW)
def answer(transaction: Transaction, *, answer: Answer) -> Kept:
    """Answer a dispute: the other owner agrees or refuses, or whoever raised it withdraws it.

    Raises:
        UsageError: there is no such dispute, or no reason is given.
        NotAllowed: the actor is not the other owner, or answers a dispute of their own.
        Conflict: it has been settled, or somebody else has answered meanwhile.
    """
    need(answer.text, "Say why.")
    there = find(transaction.session, Dispute, answer.key)
    if there is None:
        message = f"There is no dispute {answer.key!r}."
        raise UsageError(message, remedy="List them with `finops statement disputes`.")
    if not there.open:
        message = f"Dispute {there.key} was {there.settlement} by {there.by}: {there.answer}"
        raise Conflict(message, remedy="Raise a new one if something is wrong still.")
    _may_answer(transaction, there, answer.settlement)
    told = {
        "settlement": answer.settlement,
        "answer": answer.text.strip(),
        "version": answer.version,
    }
    return put(transaction, there.model_copy(update=told))


def disputes_of(log: Log, scope: str = "", month: str = "") -> tuple[Dispute, ...]:
    """Every dispute of an owner and a month, or of all, in the order they were raised."""
    return tuple(
        one for one in log.of(Dispute) if scope in {"", one.scope} and month in {"", one.month}
    )


def _may_answer(transaction: Transaction, there: Dispute, settlement: Settlement) -> None:
    """Only whoever raised it withdraws it; only somebody else agrees or refuses."""
    organization = organization_at(transaction.session)
    first = versions(transaction.session, Dispute.kind, there.key)[0].actor
    actor = transaction.actor
    if settlement is Settlement.OPEN:
        message = "A dispute is agreed, refused or withdrawn."
        raise UsageError(message)
    if settlement is Settlement.WITHDRAWN:
        if actor.name != first and not may_speak(organization, there.scope, there.month, actor):
            message = f"{there.key} was raised by {first}, who alone withdraws it."
            raise NotAllowed(message)
        return
    if actor.name == first:
        message = f"{first} raised {there.key}; another owner answers it."
        raise NotAllowed(message, remedy="Withdraw it, or let the other owner answer.")
    if there.to:
        speak(organization, f"{TEAM}={there.to}", there.month, actor)
    else:
        actor.require(Permission.RUN_REVIEW)
