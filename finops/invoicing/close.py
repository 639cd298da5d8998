"""Close: a month is asked for, approved by a second person, and sealed; nothing changes it then.

Three commands, each one transaction. A request freezes the newest snapshot; an approval binds the
month to it; the seal is written as soon as it is worked out. Whoever is stopped after the approval
has closed the month all the same: `resume` seals it when the workspace is opened next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from finops.access.actor import Actor
from finops.access.command import command
from finops.access.roles import Permission
from finops.access.roles import Role
from finops.core import fault
from finops.errors import Conflict
from finops.errors import NotAllowed
from finops.ingestion.commit import latest
from finops.ingestion.commit import republish
from finops.invoicing.frozen import moved
from finops.invoicing.seal import seal
from finops.records.closings import Closing
from finops.records.closings import closings
from finops.records.closings import COMPANY
from finops.records.closings import Event
from finops.records.closings import waiting
from finops.records.models import PeriodClose

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from finops.access.command import Transaction
    from finops.access.workspace import Workspace
    from finops.invoicing.seal import Sealed

SHORT = 8
"""So many characters of a seal are shown as the name of a certificate."""


@dataclass(frozen=True)
class Step:
    """What was recorded: the month, the step, and the seal that then stands, if any."""

    provider: str
    month: str
    event: str
    seal: str = ""


@command("period.request", permission=Permission.CLOSE_PERIODS)
def request(transaction: Transaction, *, month: str, provider: str, reason: str) -> Step:
    """Ask that a month be closed, as the newest snapshot has it.

    Asked again, the newest snapshot takes the place of the one that was frozen.

    Raises:
        Conflict: the month is closed, or somebody has asked for the same and nothing changed.
    """
    last, base = step_of(transaction.session, month, provider), latest(transaction.session)
    if base is None:
        message = "There is nothing to close yet."
        raise Conflict(message)
    if last and last.bound:
        raise Conflict(_told(last, "is closed already"))
    if last and last.event is Event.REQUESTED and not moved(transaction.session, last, base):
        raise Conflict(_told(last, f"waits for approval; {last.requested_by} asked for it"))
    done = note(
        transaction,
        Closing(
            provider=provider,
            month=month,
            event=Event.REQUESTED,
            snapshot=base.number,
            seal=last.seal if last else "",
            reason=reason.strip(),
            requested_by=transaction.actor.name,
            approved_by="",
            at="",
            revision=0,
        ),
    )
    fault.point("close:before-request")
    return done


@command("period.withdraw", permission=Permission.CLOSE_PERIODS)
def withdraw(transaction: Transaction, *, month: str, provider: str, reason: str) -> Step:
    """Take back a request that is not approved yet.

    Raises:
        Conflict: nobody has asked for it, or it is approved.
    """
    last = step_of(transaction.session, month, provider)
    if last is None or last.event is not Event.REQUESTED:
        message = f"Nobody asks to close {month}."
        raise Conflict(message)
    return note(transaction, last._replace(event=Event.WITHDRAWN, reason=reason.strip()))


@command("period.approve", permission=Permission.CLOSE_PERIODS)
def approve(transaction: Transaction, *, month: str, provider: str, second: bool) -> Step:
    """Agree that a month be closed; from here on its charges stay as they are.

    `second` says that whoever asked may not agree as well. Each seal names the one before it, so
    while a month that was approved has no seal yet no other one is approved.

    Raises:
        Conflict: nobody has asked for it, what was frozen is no longer what there is, or another
            month is about to be sealed.
        NotAllowed: the same person asked for it.
    """
    session = transaction.session
    last = step_of(session, month, provider)
    if last is None or last.event is not Event.REQUESTED:
        message = f"Nobody asks to close {month}."
        raise Conflict(message, remedy=f"Ask with `finops close {month}`.")
    hold_second(transaction, last, second=second)
    if before := waiting(session):
        message = _told(before[0], "is approved and is being sealed; one seal follows another")
        raise Conflict(message, remedy="Try again in a moment.")
    if moved(session, last, latest(session)):
        message = f"The books of {month} have changed since {last.requested_by} asked."
        raise Conflict(message, remedy="Go through the checklist and ask again.")
    agreed = last._replace(event=Event.APPROVED, approved_by=transaction.actor.name)
    done = note(transaction, agreed)
    fault.point("close:before-approval")
    return done


@command("period.seal", permission=Permission.CLOSE_PERIODS)
def put_seal(
    transaction: Transaction, *, month: str, provider: str, seal: str, content: str
) -> Step:
    """Write the seal of a month that was approved.

    Raises:
        Conflict: it is not approved, or it has been sealed.
    """
    last = step_of(transaction.session, month, provider)
    if last is None or last.event is not Event.APPROVED:
        message = f"The close of {month} is not approved."
        raise Conflict(message)
    done = note(transaction, last._replace(event=Event.CLOSED, seal=seal), content)
    fault.point("close:before-seal")
    return done


def finish(workspace: Workspace, closing: Closing, *, at: datetime, origin: str) -> Step:
    """Seal a month that was approved; done again, it is the same seal once.

    The seal is the approver's act, whoever opens the workspace when it is written.
    """
    sealed: Sealed = seal(workspace, closing)
    done = put_seal(
        workspace.store,
        actor=Actor(closing.approved_by, frozenset({Role.FINANCE})),
        at=at,
        origin=origin,
        key=f"period.seal:{closing.provider}:{closing.month}:{closing.revision}",
        body=[closing.month, closing.provider, sealed.seal],
        month=closing.month,
        provider=closing.provider,
        seal=sealed.seal,
        content=sealed.body,
    )
    fault.point("close:after-seal")
    return done


def resume(workspace: Workspace, *, at: datetime) -> tuple[Step, ...]:
    """Seal every month that was approved and not sealed, because whoever did it was stopped."""
    with workspace.store.reading() as session:
        found = waiting(session)
    return tuple(finish(workspace, one, at=at, origin="resume") for one in found)


def step_of(session: Session, month: str, provider: str) -> Closing | None:
    """The last step of a month for just this provider, or for the company.

    Raises:
        Conflict: the company has closed the month, so that no provider's is closed apart.
    """
    found = {one.provider: one for one in closings(session) if one.month == month}
    whole = found.get(COMPANY)
    if provider and whole and (whole.bound or whole.event is Event.REQUESTED):
        raise Conflict(_told(whole, "is closed, or about to be, for the company"))
    return found.get(provider)


def note(transaction: Transaction, closing: Closing, content: str = "") -> Step:
    """Record a step, and publish the snapshot that knows it."""
    at = transaction.at.isoformat()
    transaction.session.add(
        PeriodClose(
            **closing._replace(at=at, revision=transaction.revision)._asdict(), body=content
        )
    )
    snapshot = republish(transaction)
    done = Step(closing.provider, closing.month, closing.event.value, closing.seal)
    told = {"event": done.event, "seal": done.seal, "reason": closing.reason, "now": snapshot}
    transaction.record(subject=f"{closing.month} {closing.provider}".strip(), after=told)
    return done


def hold_second(transaction: Transaction, last: Closing, *, second: bool) -> None:
    """Refuse that the person who asked agrees as well.

    Raises:
        NotAllowed: it is the same person, and a second one is needed.
    """
    same = transaction.actor.name.strip().casefold() == last.requested_by.strip().casefold()
    if second and same:
        message = f"{last.requested_by} asked for it; a second person must agree."
        raise NotAllowed(message, remedy="Say who with --as PERSON.")


def _told(closing: Closing, what: str) -> str:
    return f"{closing.month} {closing.provider} ".strip() + f" {what}."
