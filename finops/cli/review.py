"""`finops review`: the meeting from the command line, from its pack to its minutes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.reviewed import agenda_of
from finops.cli.reviewed import call_of
from finops.cli.reviewed import Meeting
from finops.cli.reviewed import show_work
from finops.cli.reviewed import shown
from finops.errors import UsageError

if TYPE_CHECKING:
    from finops.access.workspace import Workspace
    from finops.cli.session import Session


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
            call=call_of(session),
        )
        return agenda_of(workspace, session, held.key)

    show_work(context, work, "items")


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
            preparing.prepare(workspace, held, today=session.today, call=call_of(session))
        return agenda_of(workspace, session, held.key)

    show_work(context, work, "items")


def close(context: typer.Context, *, meeting: Meeting = "") -> None:
    """Make the minutes of a meeting final."""
    from dataclasses import asdict

    from finops.operations import minutes as commands
    from finops.operations import review
    from finops.operations.entries import log_of

    def work(workspace: Workspace, session: Session) -> dict[str, object]:
        held = review.meeting_of(log_of(workspace), meeting)
        named = {"meeting": held.key, "seen": "", "today": session.today}
        return asdict(commands.close(workspace.store, **call_of(session), **named))

    show_work(context, work)


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

    show_work(context, work)


def outcomes(context: typer.Context, *, meeting: Meeting = "") -> None:
    """Measure the decisions whose month is closed, and show how all turned out."""
    from finops.operations import outcomes as room
    from finops.operations import preparing
    from finops.operations import review
    from finops.operations.decisions import Decision
    from finops.operations.entries import log_of

    def work(workspace: Workspace, session: Session) -> dict[str, object]:
        held = review.meeting_of(log_of(workspace), meeting)
        preparing.score(workspace, meeting=held.key, today=session.today, call=call_of(session))
        log = log_of(workspace)
        found = log.of(room.Outcome)
        choices = {one.key: one.choice for one in log.of(Decision)}
        rates = {"team": lambda one: one.team, "kind": lambda one: str(one.purpose)}
        return {
            "outcomes": [
                {**shown(one), "choice": choices.get(one.key, ""), "error": one.error}
                for one in found
            ],
            "rates": [
                {"by": name, **one._asdict(), "hit_rate": one.share}
                for name, of in rates.items()
                for one in room.rates(log, of)
            ],
        }

    show_work(context, work, "outcomes")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"--day {text!r} is no day."
        raise UsageError(message, remedy="Write it as YYYY-MM-DD.") from error
