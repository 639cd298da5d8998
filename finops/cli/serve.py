"""`finops serve`: the portal, on this machine alone unless told otherwise."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from finops.cli.session import session_of

APP = Path(__file__).parents[2] / "app.py"
"""The front door, beside the package, wherever the command is called from."""

PORT = 8501
HERE = "127.0.0.1"


def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option(metavar="N", help="The port it answers on.")] = PORT,
    address: Annotated[str, typer.Option(metavar="A", help="The address it answers on.")] = HERE,
) -> None:
    """Open the portal on the workspace, until it is interrupted."""
    from finops.access.workspace import open_workspace

    session = session_of(context)
    settings = session.settings
    # Opened once before, so that what is wrong is said here and not on every page.
    open_workspace(settings.workspace, url=settings.records_url).close()
    named = {"FINOPS_WORKSPACE": str(settings.workspace), "FINOPS_AS": session.person}
    words = command(port=port, address=address)
    os.execve(words[0], words, os.environ | named)  # noqa: S606 -- our own words, no shell


def command(*, port: int, address: str) -> list[str]:
    """The words that start the portal's server."""
    hosts = {} if address == HERE else {"server.allowedHosts": address}
    options = {"server.address": address, "server.port": port, "server.headless": "true"} | hosts
    start = [sys.executable, "-m", "streamlit", "run", str(APP)]
    return start + [f"--{name}={value}" for name, value in options.items()]
