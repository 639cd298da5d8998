"""`finops rates add`: rates of exchange come in by file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from finops.cli.printing import emit
from finops.cli.session import session_of


def add(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="From, To, Kind, Period or Date, Rate.")
    ],
) -> None:
    """Add rates of exchange, or the European Central Bank's file."""
    from finops.exchange import rates

    session = session_of(context)
    workspace = session.open
    told = rates.read(file)
    done = rates.add_rates(
        workspace.store,
        actor=session.actor,
        at=session.moment,
        origin="cli",
        rates=told,
        file=file.name,
    )
    workspace.close()
    said = f"{done.rates} rates added."
    emit(session, asdict(done), lambda console: console.print(said))
