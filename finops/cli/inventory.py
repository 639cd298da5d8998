"""`finops inventory`: what read-only commands printed of resources, and which those are."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from finops.cli.month import day_of
from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of


def add(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON as printed, or a csv.")],
    *,
    day: Annotated[
        str, typer.Option("--date", metavar="DAY", help="When it was printed; today if not said.")
    ] = "",
) -> None:
    """Add what read-only commands printed of resources, their metrics, or providers' advice."""
    from finops.ingestion.inventory import bring_inventory

    session = session_of(context)
    who = {"actor": session.actor, "at": session.moment, "origin": "cli"}
    with closing(session.open) as workspace:
        when = day_of(day, option="--date") if day else session.today
        done, items = bring_inventory(workspace, file, day=when, who=who)
    kinds = dict(sorted(Counter(one.kind for one in items).items()))
    told = ", ".join(f"{count:,} {kind}" for kind, count in kinds.items())
    said = f"{told}: {done.added} added, {done.replaced} replaced, {done.unchanged} unchanged."
    document = {"status": done.status, **asdict(done), "kinds": kinds}
    emit(session, document, lambda console: console.print(said))


def list_inventory(context: typer.Context) -> None:
    """Show how many resources of each kind are known, and since when."""
    from finops.ingestion.inventory import inventory_of

    session = session_of(context)
    with closing(session.open) as workspace:
        known = inventory_of(workspace, workspace.snapshot())
    rows = [
        {
            "kind": kind,
            "resources": count,
            "latest": max(one.day for one in known if one.item.kind == kind),
        }
        for kind, count in sorted(Counter(one.item.kind for one in known).items())
    ]
    said: object = "There is no inventory yet. `finops inventory commands` says what may be added."
    if rows:
        said = table(("Kind", "Resources", "Latest"), [tuple(row.values()) for row in rows])
    emit(session, {"inventory": rows}, lambda console: console.print(said))


def commands(context: typer.Context) -> None:
    """Show the read-only commands whose output may be added; Tieout never runs them."""
    from finops.ingestion.inventory_files import COMMANDS

    session = session_of(context)
    lines = [f"{one} --output json" for one in COMMANDS]
    emit(session, {"commands": lines}, lambda console: console.print("\n".join(lines)))
