"""`finops rules`: mapping rules go out as YAML, are held against what is valid, and come in."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of
from finops.core.amount import shortest

if TYPE_CHECKING:
    from rich.console import Console


def export(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Write there instead of printing.")
    ] = None,
) -> None:
    """Print the mapping rules that hold, as YAML, or write them to a file."""
    from finops.allocation import rule_files
    from finops.allocation.published import newest_version

    session = session_of(context)
    workspace = session.open
    version = newest_version(workspace)
    workspace.close()
    text = rule_files.write(version.rules)
    if file:
        file.write_text(text, encoding="utf-8", newline="\n")
    said = f"Version {version.number} is in {file}." if file else text.rstrip()
    body = version.rules.to_mapping() | {"version": version.number, "hash": version.rules.digest}

    def human(console: Console) -> None:
        console.print(said, markup=False, highlight=False, soft_wrap=True)

    emit(session, body, human)


def diff(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The rules, as YAML.")],
) -> None:
    """Say what a file's rules say otherwise and which amounts they would move; write nothing."""
    from finops.allocation import rule_files
    from finops.allocation.preview import preview

    session = session_of(context)
    rules = rule_files.read(file)
    workspace = session.open
    found = preview(workspace, workspace.dataset(), rules, actor=session.actor)
    workspace.close()
    body = {
        "currency": found.currency,
        "changes": [asdict(change) for change in found.changes],
        "moves": [asdict(move) for move in found.moves],
        "sum": found.zero,
        "closed": found.closed,
    }

    def human(console: Console) -> None:
        for change in found.changes:
            console.print(change.words, markup=False, highlight=False)
        rows = [
            (
                move.month,
                move.dimension,
                move.source,
                move.target,
                f"{move.effective:,.2f}",
                move.currency,
            )
            for move in found.moves
        ]
        console.print(table(("Month", "Dimension", "From", "To", "Amount", "Currency"), rows))
        console.print(f"Gains and losses add up to {shortest(found.zero):f}.")

    emit(session, body, human)


def publish(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The rules, as YAML.")],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why; it stays on the record.")
    ],
    base: Annotated[
        int | None,
        typer.Option(
            "--base", metavar="N", help="The version that was changed, if not the newest."
        ),
    ] = None,
) -> None:
    """Publish mapping rules; charges of every month that is not closed find their owners anew."""
    from finops.allocation import rule_files
    from finops.allocation.published import newest_version
    from finops.allocation.published import publish_rules
    from finops.core.fault import point

    session = session_of(context)
    rules = rule_files.read(file)
    workspace = session.open
    read = newest_version(workspace).number if base is None else base
    done = publish_rules(
        workspace.store,
        actor=session.actor,
        at=session.moment,
        origin="cli",
        root=workspace.root,
        rules=rules,
        base=read,
        reason=reason,
        body=[rules.digest, read, reason],
    )
    point("rules:after-records")
    workspace.close()
    said = f"Version {done.version} holds ({done.status}, {done.content_hash[:12]})."
    emit(session, asdict(done), lambda console: console.print(said))
