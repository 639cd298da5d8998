"""Requests for commentary: who owns a variance says why it is, before the meeting asks."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.errors import UsageError
from finops.operations.entries import Entry
from finops.operations.entries import find
from finops.operations.entries import put
from finops.operations.review import need

if TYPE_CHECKING:
    from finops.access.command import Transaction
    from finops.core.organization import Organization
    from finops.operations.entries import Kept
    from finops.operations.entries import Log

AHEAD = timedelta(days=2)
"""So long before the meeting an answer is due."""


class Lasting(StrEnum):
    """Whether a cause comes back next month."""

    UNSAID = ""
    ONE_OFF = "one-off"
    LASTING = "lasting"


class Commentary(Entry):
    """One question to the owner of a variance, and the answer once there is one.

    `change` is what the team's month costs more than the month before, from `start`; `causes` is
    what the bill itself says of it.
    """

    kind: ClassVar[str] = "commentary"
    letter: ClassVar[str] = "C"

    team: str
    owner: str = ""
    month: str
    due: date
    change: Decimal
    start: Decimal
    currency: str
    causes: str = ""
    cause: str = ""
    lasting: Lasting = Lasting.UNSAID
    next_step: str = ""

    @property
    def answered(self) -> bool:
        """Whether the owner has said why."""
        return bool(self.cause.strip())


def _touched(entry: Commentary) -> tuple[tuple[str, str], ...]:
    return (("x_Team", entry.team),)


@command("review.answer", permission=Permission.REVIEW, within=_touched)
def answer(transaction: Transaction, *, entry: Commentary) -> Kept:
    """Answer a request for commentary: the cause, one-off or lasting, and the next step.

    Raises:
        UsageError: the cause is missing, or whether it lasts, or another team is asked.
        EditConflict: somebody else has answered meanwhile.
    """
    need(entry.cause, "What is the cause?")
    if entry.lasting is Lasting.UNSAID:
        message = "Is it one-off or lasting?"
        raise UsageError(message)
    asked = find(transaction.session, Commentary, entry.key) if entry.key else None
    if asked and asked.team != entry.team:
        message = "Another team is asked."
        raise UsageError(message, remedy="Answer the request of your own team.")
    return put(transaction, entry)


def lead_of(organization: Organization, team: str) -> str:
    """The name of the person who answers for a team; empty where nobody does."""
    people = {one.id: one.name for one in organization.people}
    lead = next((one.lead for one in organization.teams if one.id == team), None)
    return people.get(lead or "", lead or "")


def said_before(log: Log, request: Commentary) -> Commentary | None:
    """What was answered about the same team the last time."""
    earlier = [
        one
        for one in log.of(Commentary)
        if one.team == request.team and one.month < request.month and one.answered
    ]
    return max(earlier, key=lambda one: one.month, default=None)
