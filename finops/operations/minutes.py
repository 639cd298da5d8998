"""Minutes: what a meeting saw, decided and agreed to do, as one text that is never edited.

The text names the snapshot of its figures and the head of the audit's chain, and is known by its
SHA-256. Whoever decides otherwise later supersedes a decision in another meeting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.errors import Conflict
from finops.operations import review
from finops.operations.actions import Action
from finops.operations.actions import carried_over
from finops.operations.actions import days_late
from finops.operations.agenda import agenda
from finops.operations.agenda import Pack
from finops.operations.commentary import Commentary
from finops.operations.decisions import Decision
from finops.operations.entries import Entry
from finops.operations.entries import log_in
from finops.operations.entries import MINUTES
from finops.operations.entries import write
from finops.operations.minutes_page import page
from finops.operations.outcomes import Outcome
from finops.records import audit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from datetime import date

    from finops.access.command import Transaction
    from finops.operations.entries import Log
    from finops.operations.material import Item
    from finops.operations.review import Meeting
    from finops.records.audit import Head

_MARKS = re.compile(r"([\\`*_{}\[\]<>#+!|~$:@=-])")
_BREAKS = re.compile(r"\s*[\r\n\u2028\u2029\0]+\s*")


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


def title(log: Log, meeting: Meeting) -> str:
    """What the minutes are called."""
    return f"{review.series_of(log, meeting).name}, {meeting.day}"


def digest(lines: tuple[str, ...]) -> str:
    """What a preview is known by."""
    return sha256("\n".join(lines).encode()).hexdigest()


def markdown(lines: tuple[str, ...], head: Head) -> str:
    """The minutes with the head of the audit's chain in their foot."""
    foot = ("", f"Audit: event {head.sequence}, {head.hash}")
    return "\n".join((*lines, *foot)) + "\n"


def body(log: Log, meeting: Meeting, *, today: date) -> tuple[str, ...]:
    """The lines of the minutes, every text of a person escaped."""
    pack, series = log.find(Pack, meeting.key), review.series_of(log, meeting)
    found = agenda(log, meeting, series=series, today=today)
    here = log.of(review.Attendance, meeting.key)
    lines = [
        f"# {plain(title(log, meeting))}",
        "",
        f"Reviewed: {meeting.month}. Facilitator: {plain(meeting.facilitator) or 'nobody'}.",
        f"Figures: snapshot {pack.snapshot_id if pack else 'none'}{_mark(pack)}.",
        f"Present: {_names(here, review.Presence.PRESENT)}.",
        f"Absent: {_names(here, review.Presence.ABSENT)}.",
        *_section("Outcomes of earlier decisions", _outcomes(log, meeting)),
        *_section("Commentary", _commentary(log, meeting)),
        *_section("Agenda", (_item(one) for one in found.items)),
        *_section("Accepted by default", (_item(one) for one in found.by_default)),
        *_section("Decisions", _decisions(log, meeting)),
        *_section("Actions", _actions(log, meeting)),
        *_section("Carried over", _carried(log, meeting, today)),
        *_section("Notes", [plain(meeting.notes)] if meeting.notes else []),
    ]
    return tuple(lines)


def foot(told: Minutes) -> str:
    """By what final minutes are known: their hash and the head of the audit's chain."""
    if not told.sha256:
        return ""
    return f"SHA-256 {told.sha256}, sealed at audit event {told.sequence}, {told.head}"


def plain(text: str) -> str:
    """A person's text as Markdown shows it and never does it."""
    return _MARKS.sub(r"\\\1", _BREAKS.sub(" ", text.strip()))


def _mark(pack: Pack | None) -> str:
    return f", {pack.mark}" if pack and pack.mark else ""


def _section(heading: str, lines: Iterable[str]) -> list[str]:
    return ["", f"## {heading}", "", *([f"- {one}" for one in lines] or ["None."])]


def _names(here: Iterable[review.Attendance], presence: review.Presence) -> str:
    found = (
        plain(f"{one.person} ({one.persona})" if one.persona else one.person)
        for one in here
        if one.presence is presence
    )
    return ", ".join(found) or "nobody noted"


def _outcomes(log: Log, meeting: Meeting) -> Iterator[str]:
    for one in log.of(Outcome, meeting.key):
        money = one.measured.currency
        yield (
            f"{one.key}: **{one.result}**. Expected {one.expected:+,.2f} {money} a month, it was "
            f"{one.effect:+,.2f} {money} in {one.measured.month}. {plain(one.why)}".strip()
        )


def _commentary(log: Log, meeting: Meeting) -> Iterator[str]:
    for one in log.of(Commentary, meeting.key):
        moved = f"{plain(one.team)}, {one.change:+,.2f} {one.currency}"
        said = f"{plain(one.cause)} ({one.lasting}). Next: {plain(one.next_step) or 'nothing'}."
        who = plain(one.owner) or "nobody"
        yield f"{moved}: {said}" if one.answered else f"{moved}: no answer from {who}."


def _item(item: Item) -> str:
    amount = f" ({item.amount:+,.2f} {item.currency})" if item.amount else ""
    return f"{plain(item.title)}{amount}. {plain(item.detail)}".strip()


def _decisions(log: Log, meeting: Meeting) -> Iterator[str]:
    for one in log.of(Decision, meeting.key):
        base = one.baseline
        money = base.currency if base else ""
        yield " ".join(
            filter(
                None,
                (
                    f"**{one.key}** {plain(one.question)} **{plain(one.choice)}** ({one.purpose}).",
                    f"Expected {one.expected:+,.2f} {money} a month." if one.expected else "",
                    f"Measured by {plain(one.measure)} in {plain(one.scope)}." if base else "",
                    f"Frozen: {base.amount:,.2f} {money} in {base.month}." if base else "",
                    f"Owner: {plain(one.owner)}." if one.owner else "",
                    f"Due: {one.due}." if one.due else "",
                    f"Review: {one.review_day}." if one.review_day else "",
                    f"Dissent: {plain(one.dissent)}." if one.dissent else "",
                    f"Supersedes {one.supersedes}." if one.supersedes else "",
                    f"Out of the retrospective {plain(one.retrospective)}."
                    if one.retrospective
                    else "",
                ),
            )
        )


def _carried(log: Log, meeting: Meeting, today: date) -> Iterator[str]:
    for one in carried_over(log, meeting):
        late = days_late(one, today)
        delay = f"{late} days late" if late else f"due {one.due}"
        again = one.carried + 1
        times = "for the first time" if again == 1 else f"{again} times"
        yield f"**{one.key}** {plain(one.title)}. {plain(one.owner)}, {delay}; carried {times}."


def _actions(log: Log, meeting: Meeting) -> Iterator[str]:
    for one in log.of(Action, meeting.key):
        yield f"**{one.key}** {plain(one.title)}. {plain(one.owner)}, {one.due}: {one.progress}."
