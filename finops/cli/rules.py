"""`finops rules`: mapping rules go out as YAML, are held against what is valid, and come in."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from finops.cli.printing import emit
from finops.cli.session import session_of


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
    emit(session, body, lambda console: console.print(said, markup=False, highlight=False))


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
    workspace.close()
    said = f"Version {done.version} holds ({done.status}, {done.content_hash[:12]})."
    emit(session, asdict(done), lambda console: console.print(said))
