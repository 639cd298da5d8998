"""`finops bench`: what the product promises of its speed, measured in one run."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of

if TYPE_CHECKING:
    from rich.console import Console

    from finops.bench.measured import Ratio
    from finops.cli.session import Session


def bench(
    context: typer.Context,
    rows: Annotated[int, typer.Option(metavar="N", help="Lines of the bill.")] = 5_000_000,
    rounds: Annotated[int, typer.Option(metavar="N", help="Rounds of each measurement.")] = 3,
    keep: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep the bills here for another run.")
    ] = None,
    load: Annotated[
        float, typer.Option(metavar="S", help="Only let many visit the portal for S seconds.")
    ] = 0,
    sessions: Annotated[int, typer.Option(metavar="N", help="How many visit it at once.")] = 20,
) -> None:
    """Measure imports, reconciling, mapping and pages against the bare tools, side by side.

    With --load instead: the portal under many visitors, on a copy of the workspace.
    """
    if load:
        _loaded(context, load, sessions)
        return
    from finops.bench.imports import imports
    from finops.bench.mapping import mapping
    from finops.bench.pages import pages
    from finops.bench.reconciling import reconciling

    session = session_of(context)
    say = _quiet if session.as_json else _say
    with tempfile.TemporaryDirectory(prefix="finops-bench-") as made:
        folder = keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        found = imports(folder, rows=rows, rounds=rounds, say=say)
        workspace = folder / "workspace"
        found += reconciling(workspace, rows=rows, rounds=rounds, say=say)
        found += mapping(workspace, rows=rows, rounds=rounds, say=say)
        found += pages(workspace, rounds=max(rounds, 5), say=say)
    _emit(session, {"rows": rows}, found)


def _loaded(context: typer.Context, seconds: float, sessions: int) -> None:
    """Let many visit the portal, and print what it took."""
    from finops.bench.load import load

    session = session_of(context)
    say = _quiet if session.as_json else _say
    found = load(session.workspace, seconds=seconds, sessions=sessions, say=say)
    _emit(session, {"seconds": seconds, "sessions": sessions}, found)


def _emit(session: Session, about: dict[str, object], found: tuple[Ratio, ...]) -> None:
    measured = [_told(one) for one in found]

    def human(console: Console) -> None:
        columns = ("Work", "Ours", "Bare", "Unit", "Ratio", "Bar", "Holds")
        console.print(table(columns, [tuple(map(str, line.values())) for line in measured]))

    emit(session, {**about, "measured": measured}, human)
    if not all(one.holds for one in found):
        raise typer.Exit(1)


def _told(one: Ratio) -> dict[str, object]:
    return {
        "work": one.work,
        "ours": round(one.ours, 3),
        "bare": round(one.bare, 3),
        "unit": one.unit,
        "ratio": round(one.ratio, 3),
        "bar": one.bar,
        "holds": one.holds,
    }


def _say(what: str) -> None:
    typer.echo(what, err=True)


def _quiet(_what: str) -> None:
    """Say nothing."""
