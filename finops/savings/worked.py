"""Worked: the worklist's finding goes where the saving goes that was claimed for it.

It is verified when the saving is, in the same transaction, and open again when the cost is back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.savings.saving import State
from finops.workloads import progress

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session

    from finops.access.command import Transaction
    from finops.access.workspace import Workspace
    from finops.savings.saving import Saving

_RESOURCE = "ResourceId="


def doers_of(workspace: Workspace, saving: Saving, *, today: date) -> frozenset[str]:
    """Who works on the finding that a saving was claimed for, and so cannot verify it."""
    with workspace.store.reading() as session:
        return doers_in(session, saving, today=today)


def doers_in(session: Session, saving: Saving, *, today: date) -> frozenset[str]:
    """The same, inside a transaction: who does it, and who says that it is done."""
    if not saving.finding:
        return frozenset()
    now = progress.standing(session, saving.finding, today)
    said = now.actor if now.state is progress.State.DONE else ""
    return frozenset({now.owner, said} - {""})


def follow(
    transaction: Transaction, before: Saving, after: Saving, *, today: date
) -> dict[str, object]:
    """Take the finding of a saving where the saving went, and tell the audit of it.

    A saving that is verified verifies it, however far its work was said to be; one that was
    verified and holds no longer opens it again, for the same reason.
    """
    if not after.finding:
        return {}
    now = progress.standing(transaction.session, after.finding, today)
    state = _next(now.state, before, after)
    if state is None:
        return {}
    reason = after.reason if state is progress.State.OPEN else f"Verified as saving {after.key}."
    told = progress.write(transaction, _step(now, after, (state, reason), today), now)
    return {"finding": {"key": after.finding, "was": now.state, **told}}


def _next(now: progress.State, before: Saving, after: Saving) -> progress.State | None:
    """Where a finding goes; nowhere where it is there, or was never said to be done."""
    if after.state is State.VERIFIED:
        return None if now is progress.State.VERIFIED else progress.State.VERIFIED
    ended = after.state is State.WITHDRAWN and before.state is not State.WITHDRAWN
    held = now in {progress.State.VERIFIED, progress.State.DONE}
    return progress.State.OPEN if ended and held else None


def _step(
    now: progress.Progress, saving: Saving, said: tuple[progress.State, str], today: date
) -> progress.Step:
    state, reason = said
    resource = saving.scope.removeprefix(_RESOURCE) if _RESOURCE in saving.scope else ""
    return progress.Step(
        key=saving.finding,
        state=state,
        day=today,
        team=now.team or saving.team,
        rule=now.rule,
        title=now.title or saving.title,
        resource=now.resource or resource,
        reason=reason,
        found=False,
    )
