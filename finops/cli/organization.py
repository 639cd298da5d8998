"""`finops organization publish`: teams, products and cost centers come in by file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from finops.cli.printing import emit
from finops.cli.session import session_of


def publish(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The organization, as YAML.")],
) -> None:
    """Publish an organization; every charge finds its team and cost center anew."""
    from finops.ingestion import organization

    session = session_of(context)
    workspace = session.open
    done = organization.publish_organization(
        workspace.store,
        actor=session.actor,
        at=session.moment,
        origin="cli",
        root=workspace.root,
        organization=organization.read(file),
    )
    workspace.close()
    said = f"Published as {done.content_hash[:12]}."
    emit(session, asdict(done), lambda console: console.print(said))


def export(context: typer.Context) -> None:
    """Print the organization that holds, as YAML."""
    import yaml

    session = session_of(context)
    workspace = session.open
    body = workspace.organization().to_mapping()
    workspace.close()
    emit(session, body, lambda console: console.print(yaml.safe_dump(body, sort_keys=False)))
