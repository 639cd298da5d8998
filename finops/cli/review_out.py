"""`finops review take, digest, issues, kit`: what leaves a meeting, and what leads into one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.reviewed import Meeting
from finops.cli.session import session_of

if TYPE_CHECKING:
    from rich.console import Console

    from finops.cli.session import Session
    from finops.operations.entries import Log


_NO_TRACKER = (
    "The setting `issues` names where issues are kept, and each action has a link then: "
    "github+https://github.com/ORG/REPOSITORY, for one."
)


def take(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="FILE.pdf, .html, .md, .xlsx or .ics.")
    ],
    *,
    meeting: Meeting = "",
) -> None:
    """Write a meeting to a file: its minutes, its actions (xlsx), or its days (ics)."""
    from finops.operations.review import meeting_of
    from finops.operations.taken import figures
    from finops.operations.taken import take as taken

    session, log = session_of(context), _log(context)
    kind, who = file.suffix.removeprefix("."), session.actor.name
    found = taken(log, meeting, kind, today=session.today, by=who)
    file.write_bytes(found.content)
    held = meeting_of(log, meeting)
    document = {"meeting": held.key, "file": file, "bytes": len(found.content)}
    document |= {"month": held.month, "figures": figures(log, held)}
    emit(session, document, lambda console: console.print(f"{file} is written."))


def digest(
    context: typer.Context,
    *,
    meeting: Meeting = "",
    send: Annotated[
        bool, typer.Option("--send", help="Send it to the addresses that `notify` names.")
    ] = False,
) -> None:
    """Print a meeting in a few lines, and send it where the settings say."""
    from finops.access.roles import Permission
    from finops.operations import digest as room

    session = session_of(context)
    found = room.digest(_log(context), meeting, today=session.today)
    sent = 0
    if send:
        session.actor.require(Permission.RUN_REVIEW)
        told = session.settings
        sent = room.send(found, told.notify, private=told.notify_private)
    document = {"title": found.title, "lines": list(found.lines), "sent": sent}

    def human(console: Console) -> None:
        console.print(found.title, markup=False)
        console.print(found.body, markup=False)

    emit(session, document, human)


def issues(context: typer.Context, *, meeting: Meeting = "") -> None:
    """Print the address of a new issue for each action that is left, filled in."""
    from finops.operations.issues import new_issue
    from finops.operations.review import meeting_of
    from finops.operations.taken import actions_of

    session, log = session_of(context), _log(context)
    left = [one for one in actions_of(log, meeting_of(log, meeting)) if one.left]
    found = [(one.key, one.title, new_issue(session.settings.issues, one)) for one in left]
    names = ("action", "what", "link")
    document = {"issues": [dict(zip(names, row, strict=True)) for row in found]}

    def human(console: Console) -> None:
        console.print(table(names, found))
        if not session.settings.issues:
            console.print(_NO_TRACKER)

    emit(session, document, human)


def kit(
    context: typer.Context,
    *,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write it: FILE.md or FILE.html.")
    ] = None,
) -> None:
    """Print five minutes for each persona before a first meeting, and the words that are used."""
    from finops.operations import kit as room

    session, text = session_of(context), room.markdown()
    if out:
        whole = room.html() if out.suffix == ".html" else text
        out.write_text(whole, encoding="utf-8")
    document = {"file": out, "kit": text}
    said = f"{out} is written." if out else text
    emit(session, document, lambda console: console.print(said, markup=False))


def _log(context: typer.Context) -> Log:
    """What was written for meetings; the workspace is closed again."""
    from finops.operations.entries import log_of

    session: Session = session_of(context)
    workspace = session.open
    try:
        return log_of(workspace)
    finally:
        workspace.close()
