"""Progress: who works on a finding, what is held back and until when, and what is done.

open → assigned → approved → done → verified; what is snoozed, expected or not worth it is held
until a day and for a reason, and is open again afterwards. Tieout never acts itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.errors import Conflict
from finops.errors import NotAllowed
from finops.errors import UsageError
from finops.records.models import WorklistStep
from finops.records.revisions import newest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from sqlmodel import Session

    from finops.access.command import Transaction
    from finops.access.workspace import Workspace
    from finops.workloads.findings import Finding


class State(StrEnum):
    """How far a finding has come, or why nobody works on it."""

    OPEN = "open"
    ASSIGNED = "assigned"
    APPROVED = "approved"
    DONE = "done"
    VERIFIED = "verified"
    SNOOZED = "snoozed"
    EXPECTED = "expected"
    NOT_WORTH_IT = "not worth it"


HOLDS = (State.SNOOZED, State.EXPECTED, State.NOT_WORTH_IT)
"""The states in which a finding waits for a day."""

LONGEST = 366
"""A hold ends after a year at the latest; who still thinks so says it again."""

NEXT: Mapping[State, tuple[State, ...]] = {
    State.OPEN: (State.ASSIGNED, *HOLDS),
    State.ASSIGNED: (State.ASSIGNED, State.APPROVED, State.OPEN, *HOLDS),
    State.APPROVED: (State.DONE, State.ASSIGNED, State.OPEN, *HOLDS),
    State.DONE: (State.VERIFIED, State.OPEN),
    State.VERIFIED: (State.OPEN,),
    **dict.fromkeys(HOLDS, (State.OPEN, State.ASSIGNED, *HOLDS)),
}
"""Which states may follow which."""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a finding has come: its state, who does it, why and until when it is held.

    `actor` took the last step, on `day`; the rest says what it was about.
    """

    key: str
    state: State
    owner: str = ""
    reason: str = ""
    until: date | None = None
    actor: str = ""
    day: date | None = None
    resource: str = ""
    rule: str = ""
    title: str = ""
    team: str = ""

    def on(self, day: date) -> Progress:
        """The same on a day: what was held until before it is open again."""
        if self.state in HOLDS and self.until and self.until < day:
            return replace(self, state=State.OPEN, reason="", until=None)
        return self


@dataclass(frozen=True, kw_only=True)
class Step:
    """What is to be said of a finding: its next state, and what that state needs.

    `day` is when it is said. `found` says whether the bill still shows it; what still is there
    cannot be verified as gone.
    """

    key: str
    state: State
    day: date
    team: str
    rule: str
    title: str
    resource: str
    owner: str = ""
    reason: str = ""
    until: date | None = None
    found: bool = True


@dataclass(frozen=True)
class Taken:
    """The finding, and the state that it is in now."""

    key: str
    state: str


_TOLD = ("day", "resource", "rule", "title", "team")


def _touched(step: Step) -> Iterable[tuple[str, str]]:
    return (("x_Team", step.team),)


@command("worklist.step", permission=Permission.WORK, within=_touched)
def take(transaction: Transaction, *, step: Step) -> Taken:
    """Take a finding one step further.

    Raises:
        Conflict: the state cannot follow the one that it is in by now.
        NotAllowed: who did it verifies it.
        UsageError: the owner, the reason or the day of a hold is missing.
    """
    now = standing(transaction.session, step.key, step.day)
    _may_follow(now, step)
    _complete(step)
    _not_by_who_did(transaction, now, step)
    told = write(transaction, step, now)
    transaction.record(subject=step.resource, before={"state": now.state}, after=told)
    return Taken(step.key, step.state.value)


def standing(session: Session, key: str, day: date) -> Progress:
    """How far a finding has come on a day; it is open where nobody has said anything of it."""
    rows = newest(session, WorklistStep)
    former = next((_read(row) for row in rows if row.key == key), None)
    return former.on(day) if former else Progress(key=key, state=State.OPEN)


def write(transaction: Transaction, step: Step, now: Progress) -> dict[str, object]:
    """Write a step that may be taken, and say for the audit what it changed."""
    owner = step.owner or ("" if step.state is State.OPEN else now.owner)
    transaction.session.add(
        WorklistStep(
            revision=transaction.revision,
            key=step.key,
            state=step.state.value,
            owner=owner,
            reason=step.reason.strip(),
            until=step.until.isoformat() if step.until else "",
            actor=transaction.actor.name,
            at=transaction.at.isoformat(),
            told=json.dumps({name: str(getattr(step, name)) for name in _TOLD}),
        )
    )
    return {"state": step.state, "owner": owner, "reason": step.reason, "until": step.until}


def progress_of(workspace: Workspace, *, today: date) -> dict[str, Progress]:
    """How far every finding has come that anybody said something of, by its key."""
    with workspace.store.reading() as session:
        rows = newest(session, WorklistStep)
    return {row.key: _read(row).on(today) for row in rows}


def step_for(
    finding: Finding,
    state: State,
    day: date,
    *,
    owner: str = "",
    reason: str = "",
    until: date | None = None,
) -> Step:
    """The step of a finding that the bill shows."""
    return Step(
        key=finding.key,
        state=state,
        day=day,
        team=finding.resource.team,
        rule=finding.rule,
        title=finding.title,
        resource=finding.resource.id,
        owner=owner,
        reason=reason,
        until=until,
    )


def step_after(former: Progress, state: State, day: date, *, reason: str = "") -> Step:
    """The step of a finding that the bill no longer shows."""
    return Step(
        key=former.key,
        state=state,
        day=day,
        team=former.team,
        rule=former.rule,
        title=former.title,
        resource=former.resource,
        reason=reason,
        found=False,
    )


def _may_follow(now: Progress, step: Step) -> None:
    if step.state not in NEXT[now.state]:
        message = f"A finding that is {now.state} cannot become {step.state}."
        choices = ", ".join(dict.fromkeys(one.value for one in NEXT[now.state]))
        raise Conflict(message, remedy=f"It may become: {choices}.")
    if step.state is State.VERIFIED and step.found:
        message = "The bill still shows it, so it cannot be verified."
        raise Conflict(message, remedy="Wait for a bill without it, or open it again.")


def _complete(step: Step) -> None:
    if step.state is State.ASSIGNED and not step.owner.strip():
        message = "Nobody is named who does it."
        raise UsageError(message, remedy="Name a person or a team as its owner.")
    if step.state not in HOLDS:
        return
    if not step.reason.strip() or step.until is None:
        message = f"What is {step.state} has a reason and a day until which it holds."
        raise UsageError(message, remedy="Say both.")
    if not 0 < (step.until - step.day).days <= LONGEST:
        message = f"A hold until {step.until} is none."
        raise UsageError(message, remedy=f"Name a day from tomorrow on, within {LONGEST} days.")


def _not_by_who_did(transaction: Transaction, now: Progress, step: Step) -> None:
    who = transaction.actor.name
    if step.state is State.VERIFIED and who in {now.owner, now.actor}:
        message = f"{who} did it, and cannot verify it as well."
        raise NotAllowed(message, remedy="Ask finance or FinOps to verify it.")


def _read(row: WorklistStep) -> Progress:
    told = json.loads(row.told)
    day = date.fromisoformat(told.pop("day"))
    return Progress(
        key=row.key,
        state=State(row.state),
        owner=row.owner,
        reason=row.reason,
        until=date.fromisoformat(row.until) if row.until else None,
        actor=row.actor,
        day=day,
        **told,
    )
