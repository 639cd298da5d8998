"""Actions: one owner, a day, a next step; and what each day costs that it is late."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.operations.decisions import Decision
from finops.operations.decisions import MONTH_DAYS
from finops.operations.entries import Entry
from finops.operations.entries import put
from finops.operations.review import Meeting
from finops.operations.review import need

if TYPE_CHECKING:
    from finops.access.command import Transaction
    from finops.operations.entries import Kept
    from finops.operations.entries import Log


class Progress(StrEnum):
    """How far an action has come."""

    OPEN = "open"
    DOING = "doing"
    BLOCKED = "blocked"
    DONE = "done"
    DROPPED = "dropped"


LEFT = (Progress.OPEN, Progress.DOING, Progress.BLOCKED)
"""What is still to be done."""


class Action(Entry):
    """One thing that one person does by a day; it goes on after the minutes are final.

    `carried` counts the meetings that it was carried over. `expected` is what it changes of a
    month's cost by itself, where it does not follow from a decision.
    """

    kind: ClassVar[str] = "action"
    letter: ClassVar[str] = "A"
    after_minutes: ClassVar[bool] = True

    title: str
    owner: str
    due: date
    progress: Progress = Progress.OPEN
    next_step: str = ""
    carried: int = 0
    decision: str = ""
    expected: Decimal = Decimal(0)
    link: str = ""

    @property
    def left(self) -> bool:
        """Whether it is still to be done."""
        return self.progress in LEFT


@command("review.act", permission=Permission.REVIEW)
def act(transaction: Transaction, *, entry: Action) -> Kept:
    """Agree on an action, or say how far it has come.

    Raises:
        UsageError: it has no title or nobody who does it.
        EditConflict: somebody else has changed it meanwhile.
    """
    need(entry.title, "What is to be done?")
    need(entry.owner, "An action has one owner.")
    return put(transaction, entry)


def carried_over(log: Log, meeting: Meeting) -> tuple[Action, ...]:
    """What a meeting carries over: agreed in an earlier one, and still left to do."""
    earlier = {
        one.key for one in log.of(Meeting) if one.series == meeting.series and one.day < meeting.day
    }
    return tuple(one for one in log.of(Action) if one.left and one.meeting in earlier)


def days_late(action: Action, today: date) -> int:
    """How many days it is late; 0 where it is not, or is done."""
    return max((today - action.due).days, 0) if action.left else 0


def holding_back(log: Log, decision: str) -> Action | None:
    """What is still to be done for a decision and was due first; None where nothing is."""
    left = (one for one in log.of(Action) if one.left and one.decision == decision)
    return min(left, key=lambda one: one.due, default=None)


def per_day(log: Log, action: Action) -> Decimal:
    """What it saves on each day once it is done: its own amount, or else its decision's.

    A rise that was agreed on costs nothing while it waits.
    """
    decided = log.find(Decision, action.decision) if action.decision else None
    month = action.expected or (decided.expected if decided else Decimal(0))
    return max(-month / MONTH_DAYS, Decimal(0))


def cost_of_delay(log: Log, action: Action, today: date) -> Decimal:
    """The expected amount of a day times the days that it is late."""
    return per_day(log, action) * days_late(action, today)
