"""Minutes: what a meeting saw, decided and agreed to do, as one text that is never edited.

The text names the snapshot of its figures and the head of the audit's chain, and is known by its
SHA-256. Whoever decides otherwise later supersedes a decision in another meeting.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.errors import Conflict
from finops.operations import review
from finops.operations.actions import carried_over
from finops.operations.entries import Entry
from finops.operations.entries import log_in
from finops.operations.entries import MINUTES
from finops.operations.entries import write
from finops.operations.minutes_page import page
from finops.operations.minutes_text import body
from finops.operations.minutes_text import title
from finops.records import audit

if TYPE_CHECKING:
    from datetime import date

    from finops.access.command import Transaction
    from finops.operations.entries import Log
    from finops.records.audit import Head


class Minutes(Entry):
    """The minutes of one meeting; their name is the meeting's."""

    kind: ClassVar[str] = MINUTES

    markdown: str
    html: str
    sha256: str
    sequence: int
    head: str


@dataclass(frozen=True)
class Finalized:
    """The meeting, the hash of its minutes, and the event of the audit that they were sealed at."""

    meeting: str
    sha256: str
    sequence: int


@command("review.close", permission=Permission.RUN_REVIEW)
def close(transaction: Transaction, *, meeting: str, seen: str, today: date) -> Finalized:
    """Make the minutes final; nothing of the meeting is edited after that.

    What is left of earlier actions is counted as carried over once more.

    `seen` is the hash of the preview's lines, so that nobody finalizes what they have not seen.

    Raises:
        Conflict: they are final, or something was written since the preview.
    """
    log, head = log_in(transaction.session), audit.head(transaction.session)
    if review.state(log, meeting) is review.State.FINAL:
        message = f"The minutes of meeting {meeting} are final."
        raise Conflict(message)
    held = review.meeting_of(log, meeting)
    lines = body(log, held, today=today)
    if seen and seen != digest(lines):
        message = "Something was written since you looked at these minutes."
        raise Conflict(message, remedy="Look at them again, then finalize.")
    text = markdown(lines, head)
    entry = Minutes(
        key=meeting,
        meeting="",
        markdown=text,
        html=page(title(log, held), text),
        sha256=sha256(text.encode()).hexdigest(),
        sequence=head.sequence,
        head=head.hash,
    )
    for one in carried_over(log, held):
        write(transaction, one.model_copy(update={"carried": one.carried + 1}))
    write(transaction, entry)
    transaction.record(subject=f"minutes {meeting}", after={"sha256": entry.sha256})
    return Finalized(meeting, entry.sha256, head.sequence)


def told(log: Log, meeting: str, *, today: date) -> Minutes:
    """The minutes of a meeting as they are final; else a preview, which has no hash and no head.

    Raises:
        UsageError: there is no such meeting.
    """
    held = review.meeting_of(log, meeting)
    if final := log.find(Minutes, held.key):
        return final
    text = "\n".join(body(log, held, today=today)) + "\n"
    html = page(title(log, held), text)
    return Minutes(key=held.key, markdown=text, html=html, sha256="", sequence=0, head="")


def digest(lines: tuple[str, ...]) -> str:
    """What a preview is known by."""
    return sha256("\n".join(lines).encode()).hexdigest()


def markdown(lines: tuple[str, ...], head: Head) -> str:
    """The minutes with the head of the audit's chain in their foot."""
    foot = ("", f"Audit: event {head.sequence}, {head.hash}")
    return "\n".join((*lines, *foot)) + "\n"


def foot(told: Minutes) -> str:
    """By what final minutes are known: their hash and the head of the audit's chain."""
    if not told.sha256:
        return ""
    return f"SHA-256 {told.sha256}, sealed at audit event {told.sequence}, {told.head}"
