"""`finops review`: the meeting from the command line, from its pack to its minutes."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.printing import emit
from finops.cli.reviewed import agenda_of
from finops.cli.reviewed import human
from finops.cli.reviewed import shown
from finops.cli.session import session_of
from finops.errors import UsageError

if TYPE_CHECKING:
    from finops.access.command import Call
    from finops.access.workspace import Workspace
    from finops.cli.session import Session

Work = Callable[["Workspace", "Session"], dict[str, object]]

Meeting = Annotated[
    str, typer.Option("--meeting", metavar="M", help="Its name, day or month; else the next.")
]
Day = Annotated[str, typer.Option(metavar="D", help="A day, YYYY-MM-DD.")]
Key = Annotated[str, typer.Option(metavar="K", help="Edit this one.")]
Version = Annotated[int, typer.Option(metavar="N", help="The version that you saw.")]


def new(
    context: typer.Context,
    *,
    day: Annotated[str, typer.Option(metavar="D", help="The day of the meeting.")],
    month: Annotated[str, typer.Option(metavar="P", help="The month that is reviewed.")] = "",
    facilitator: Annotated[str, typer.Option(metavar="NAME")] = "",
    attendee: Annotated[list[str] | None, typer.Option(metavar="NAME=PERSONA")] = None,
) -> None:
    """Plan a meeting: its pack is frozen, and the owners of material variances are asked."""
    from finops.operations import preparing

    def work(workspace: Workspace, session: Session) -> dict[str, object]:
        held = preparing.plan(
            workspace,
            day=_day(day),
            month=month,
            facilitator=facilitator,
            attendees=tuple(attendee or ()),
            today=session.today,
            call=_call(session),
        )
        return agenda_of(workspace, session, held.key)

    _do(context, work, "items")


def agenda(
    context: typer.Context,
    *,
    meeting: Meeting = "",
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Freeze the pack anew, as the figures are now.")
    ] = False,
) -> None:
    """Show the agenda of a meeting, and what is accepted by default."""
    from finops.operations import preparing
    from finops.operations import review
    from finops.operations.entries import log_of

    def work(workspace: Workspace, session: Session) -> dict[str, object]:
        held = review.meeting_of(log_of(workspace), meeting)
        if refresh:
            preparing.prepare(workspace, held, today=session.today, call=_call(session))
        return agenda_of(workspace, session, held.key)

    _do(context, work, "items")


def decide(
    context: typer.Context,
    *,
    question: Annotated[str, typer.Option(metavar="TEXT", help="What is asked.")] = "",
    choice: Annotated[str, typer.Option(metavar="TEXT", help="What was chosen.")] = "",
    kind: Annotated[str, typer.Option(help="save, invest, accept or rule.")] = "save",
    team: Annotated[str, typer.Option(metavar="TEAM")] = "",
    owner: Annotated[str, typer.Option(metavar="NAME")] = "",
    due: Day = "",
    expected: Annotated[
        str, typer.Option(metavar="AMOUNT", help="Change of a month's cost; negative saves.")
    ] = "",
    scope: Annotated[str, typer.Option(metavar="D=V", help="Where it will show.")] = "",
    review_day: Day = "",
    dissent: Annotated[str, typer.Option(metavar="TEXT")] = "",
    supersedes: Annotated[str, typer.Option(metavar="K", help="The decision it replaces.")] = "",
    retrospective: Annotated[
        str, typer.Option(metavar="NAME", help="The retrospective it came out of.")
    ] = "",
    meeting: Meeting = "",
    key: Key = "",
    version: Version = 0,
) -> None:
    """Put a decision on the record, with the figure that it is measured against."""
    said = {
        "question": question, "choice": choice, "purpose": kind, "team": team, "owner": owner,
        "due": due or None, "expected": expected or None, "scope": scope, "dissent": dissent,
        "review_day": review_day or None, "supersedes": supersedes, "key": key, "version": version,
        "retrospective": retrospective,
    }  # fmt: skip

    _do(context, lambda workspace, session: _decided(workspace, session, meeting, said))


def act(
    context: typer.Context,
    *,
    title: Annotated[str, typer.Option(metavar="TEXT", help="What is to be done.")] = "",
    owner: Annotated[str, typer.Option(metavar="NAME")] = "",
    due: Day = "",
    state: Annotated[str, typer.Option(help="open, doing, blocked, done or dropped.")] = "",
    next_step: Annotated[str, typer.Option(metavar="TEXT")] = "",
    decision: Annotated[str, typer.Option(metavar="K", help="The decision it serves.")] = "",
    link: Annotated[str, typer.Option(metavar="URL")] = "",
    meeting: Meeting = "",
    key: Key = "",
    version: Version = 0,
) -> None:
    """Agree on an action, or say how far it has come."""
    from finops.operations import actions
    from finops.operations import preparing
    from finops.operations import review
    from finops.operations.entries import log_of

    said = {
        "title": title, "owner": owner, "due": due, "progress": state, "next_step": next_step,
        "decision": decision, "link": link, "key": key,
    }  # fmt: skip

    def work(workspace: Workspace, session: Session) -> dict[str, object]:
        log = log_of(workspace)
        former = log.find(actions.Action, key)
        held = former.meeting if former else review.meeting_of(log, meeting).key
        told = {**(former.words() if former else {}), **{k: v for k, v in said.items() if v}}
        entry = preparing.read(actions.Action, {**told, "meeting": held, "version": version})
        kept = actions.act(workspace.store, **_call(session), entry=entry)
        return shown(log_of(workspace).find(actions.Action, kept.key))

    _do(context, work)


def answer(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="The request.")],
    *,
    cause: Annotated[str, typer.Option(metavar="TEXT", help="Why it is.")],
    lasting: Annotated[str, typer.Option(help="one-off or lasting.")],
    next_step: Annotated[str, typer.Option(metavar="TEXT")] = "",
    version: Version = 0,
) -> None:
    """Answer a request for commentary."""
    from finops.operations import commentary
    from finops.operations import preparing
    from finops.operations.entries import log_of

    def work(workspace: Workspace, session: Session) -> dict[str, object]:
        there = log_of(workspace).find(commentary.Commentary, key)
        if there is None:
            message = f"There is no request {key!r}."
            raise UsageError(message, remedy="See `finops review agenda`.")
        said = {"cause": cause, "lasting": lasting, "next_step": next_step}
        around = {"key": key, "meeting": there.meeting, "version": version or there.version}
        entry = preparing.read(commentary.Commentary, {**there.words(), **said, **around})
        commentary.answer(workspace.store, **_call(session), entry=entry)
        return shown(log_of(workspace).find(commentary.Commentary, key))

    _do(context, work)


def close(context: typer.Context, *, meeting: Meeting = "") -> None:
    """Make the minutes of a meeting final."""
    from dataclasses import asdict

    from finops.operations import minutes as commands
    from finops.operations import review
    from finops.operations.entries import log_of

    def work(workspace: Workspace, session: Session) -> dict[str, object]:
        held = review.meeting_of(log_of(workspace), meeting)
        named = {"meeting": held.key, "seen": "", "today": session.today}
        return asdict(commands.close(workspace.store, **_call(session), **named))

    _do(context, work)


def minutes(
    context: typer.Context,
    *,
    meeting: Meeting = "",
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write them as one page.")
    ] = None,
) -> None:
    """Print the minutes of a meeting: as they are final, or a preview."""
    from finops.operations import minutes as room
    from finops.operations.entries import log_of

    def work(workspace: Workspace, session: Session) -> dict[str, object]:
        found = room.told(log_of(workspace), meeting, today=session.today)
        if html:
            html.write_text(found.html, encoding="utf-8")
        return {"meeting": found.key, "final": bool(found.sha256), "sha256": found.sha256,
                "sequence": found.sequence, "head": found.head,
                "minutes": found.markdown}  # fmt: skip

    _do(context, work)


def outcomes(context: typer.Context, *, meeting: Meeting = "") -> None:
    """Measure the decisions whose month is closed, and show how all turned out."""
    from finops.operations import outcomes as room
    from finops.operations import preparing
    from finops.operations import review
    from finops.operations.entries import log_of

    def work(workspace: Workspace, session: Session) -> dict[str, object]:
        held = review.meeting_of(log_of(workspace), meeting)
        preparing.score(workspace, meeting=held.key, today=session.today, call=_call(session))
        log = log_of(workspace)
        found = log.of(room.Outcome)
        rates = {"team": lambda one: one.team, "kind": lambda one: str(one.purpose)}
        return {
            "outcomes": [{**shown(one), "error": one.error} for one in found],
            "rates": [
                {"by": name, **one._asdict(), "hit_rate": one.share}
                for name, of in rates.items()
                for one in room.rates(log, of)
            ],
        }

    _do(context, work, "outcomes")


def _do(context: typer.Context, work: Work, rows: str = "") -> None:
    """Open the workspace, do the work, and print what it found."""
    session = session_of(context)
    workspace = session.open
    try:
        document = work(workspace, session)
    finally:
        workspace.close()
    emit(session, document, lambda console: console.print(human(document, rows)))


def _decided(
    workspace: Workspace, session: Session, meeting: str, said: Mapping[str, object]
) -> dict[str, object]:
    """Write a decision; what is not said stays as it was."""
    from finops.operations import preparing
    from finops.operations import review
    from finops.operations.decisions import Decision
    from finops.operations.entries import log_of

    log = log_of(workspace)
    held = review.meeting_of(log, meeting)
    former = log.find(Decision, str(said["key"]))
    told = {**(former.words() if former else {}), **{k: v for k, v in said.items() if v}}
    entry = preparing.read(Decision, {**told, "meeting": held.key, "version": said["version"]})
    kept = preparing.decide(workspace, entry, day=held.day, call=_call(session))
    return shown(log_of(workspace).find(Decision, kept.key))


def _call(session: Session) -> Call:
    return {"actor": session.actor, "at": session.moment, "origin": "cli", "key": None}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"--day {text!r} is no day."
        raise UsageError(message, remedy="Write it as YYYY-MM-DD.") from error
