"""Reopen: a closed month is opened again, for a reason, by two people; its seal is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.core import fault
from finops.errors import Conflict
from finops.errors import UsageError
from finops.invoicing.close import hold_second
from finops.invoicing.close import note
from finops.invoicing.close import Step
from finops.invoicing.close import step_of
from finops.records.closings import Event

if TYPE_CHECKING:
    from finops.access.command import Transaction


@command("period.reopen-request", permission=Permission.CLOSE_PERIODS)
def request_reopen(transaction: Transaction, *, month: str, provider: str, reason: str) -> Step:
    """Ask that a closed month be opened again; until somebody agrees it stays closed.

    Raises:
        UsageError: no reason is given.
        Conflict: the month is not closed, or somebody has asked already.
    """
    if not reason.strip():
        message = f"{month} is opened again only for a reason."
        raise UsageError(message, remedy="Say it with --reason.")
    last = step_of(transaction.session, month, provider)
    if last and last.event is Event.REOPEN_REQUESTED:
        message = f"{last.requested_by} has asked to open {month} again: {last.reason}."
        raise Conflict(message, remedy="A second person may agree.")
    if last is None or last.event is not Event.CLOSED:
        message = f"{month} is not closed."
        raise Conflict(message)
    asked = last._replace(
        event=Event.REOPEN_REQUESTED,
        reason=reason.strip(),
        requested_by=transaction.actor.name,
        approved_by="",
    )
    done = note(transaction, asked)
    fault.point("reopen:before-request")
    return done


@command("period.reopen-refuse", permission=Permission.CLOSE_PERIODS)
def refuse_reopen(transaction: Transaction, *, month: str, provider: str, reason: str) -> Step:
    """Take a request back, or refuse it; the month stays closed under the seal it has.

    Raises:
        Conflict: nobody has asked to open it.
    """
    last = step_of(transaction.session, month, provider)
    if last is None or last.event is not Event.REOPEN_REQUESTED:
        message = f"Nobody asks to open {month} again."
        raise Conflict(message)
    return note(transaction, last._replace(event=Event.CLOSED, reason=reason.strip()))


@command("period.reopen", permission=Permission.CLOSE_PERIODS)
def reopen(transaction: Transaction, *, month: str, provider: str, second: bool) -> Step:
    """Agree that a closed month be opened again; the next seal names the one it had.

    Raises:
        Conflict: nobody has asked for it.
        NotAllowed: the same person asked for it.
    """
    last = step_of(transaction.session, month, provider)
    if last is None or last.event is not Event.REOPEN_REQUESTED:
        message = f"Nobody asks to open {month} again."
        raise Conflict(message, remedy=f"Ask with `finops reopen {month} --reason R`.")
    hold_second(transaction, last, second=second)
    opened = last._replace(event=Event.REOPENED, approved_by=transaction.actor.name)
    done = note(transaction, opened)
    fault.point("reopen:before-approval")
    return done
