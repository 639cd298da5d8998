"""`finops init` and `finops demo`: an empty workspace, or the demo company."""

from __future__ import annotations

from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.month import day_of
from finops.cli.printing import emit
from finops.cli.progress import progress
from finops.cli.session import session_of

if TYPE_CHECKING:
    from rich.console import Console


def init(context: typer.Context) -> None:
    """Make an empty workspace."""
    from finops.access.workspace import make_workspace

    session = session_of(context)
    session.workspace.mkdir(parents=True, exist_ok=True)
    settings = session.settings
    make_workspace(session.workspace, url=settings.records_url).close()
    said = f"{session.workspace} is ready. Bring a bill with `finops import FILE`."
    emit(session, {"workspace": session.workspace}, lambda console: console.print(said))


def demo(
    context: typer.Context,
    day: Annotated[
        str, typer.Option("--date", metavar="D", help="The day it is there, YYYY-MM-DD.")
    ] = "",
    seed: Annotated[int, typer.Option(metavar="N", help="Another company for each number.")] = 1,
) -> None:
    """Make the demo company: 25 months of three providers' bills."""
    from finops.demo.open import open_demo

    session = session_of(context)
    session.workspace.mkdir(parents=True, exist_ok=True)
    today = day_of(day, option="--date") if day else session.today
    with progress(session) as watch:
        workspace, reports = open_demo(
            session.workspace, today=today, at=session.moment, seed=seed, progress=watch
        )
    snapshot = workspace.snapshot()
    workspace.close()
    document = {
        "workspace": session.workspace,
        "today": today,
        "seed": seed,
        "imports": len(reports),
        "rows": sum(report.rows for report in reports),
        "snapshot": snapshot.id if snapshot else "",
    }

    def human(console: Console) -> None:
        console.print(
            f"{document['rows']:,} charges of {len(reports)} bills are in {session.workspace}."
        )
        console.print("Look at them with `finops serve`.")

    emit(session, document, human)
