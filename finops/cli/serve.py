"""`finops serve`: the portal, on this machine alone unless told otherwise."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from finops.cli.session import session_of
from finops.errors import ConfigError
from finops.errors import UsageError

APP = Path(__file__).parents[2] / "app.py"
"""The front door, beside the package, wherever the command is called from."""

PORT = 8501
HERE = "127.0.0.1"
LOOPBACK = (HERE, "localhost", "::1")
SECRET = 32
"""How many letters the secret has at least that signs the portal's cookies."""


def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option(metavar="N", help="The port it answers on.")] = PORT,
    address: Annotated[str, typer.Option(metavar="A", help="The address it answers on.")] = HERE,
) -> None:
    """Open the portal on the workspace, until it is interrupted."""
    from finops.access.workspace import open_workspace
    from finops.portal.server import run

    session = session_of(context)
    settings = session.settings
    # Opened once before, so that what is wrong is said here and not on every page.
    open_workspace(settings.workspace, url=settings.records_url).close()
    named = {"FINOPS_WORKSPACE": str(settings.workspace), "FINOPS_AS": session.person}
    if settings.sign_in:
        named["FINOPS_SIGN_IN"] = str(settings.sign_in)
    words = command(port=port, address=address, sign_in=settings.sign_in)
    os.environ.update(named)
    # In this process, which has loaded half of the portal to look at the workspace.
    run(words)


def command(*, port: int, address: str, sign_in: Path | None = None) -> list[str]:
    """The words that start the portal's server, as they follow `streamlit`.

    Raises:
        UsageError: others could reach it, and nobody would have to sign in.
        ConfigError: what is said of sign-in cannot be used.
    """
    options = {"server.address": address, "server.port": port, "server.headless": "true"}
    hosts = [] if address in LOOPBACK else [address]
    if sign_in:
        hosts.append(told_host(sign_in))
        options["secrets.files"] = str(sign_in.resolve())
    elif hosts:
        message = f"Whoever reaches {address} would have every role, since nobody signs in."
        raise UsageError(message, remedy="Say how people sign in: README, Sign-in.")
    words = [f"--{name}={value}" for name, value in options.items()]
    words += [f"--server.allowedHosts={host}" for host in ("localhost", HERE, *hosts) if hosts]
    return ["run", str(APP), *words]


def told_host(sign_in: Path) -> str:
    """The host by which people reach the portal, as the file that says how they sign in has it.

    Raises:
        ConfigError: the file lies in the project, cannot be read, or lacks something.
    """
    name, project = sign_in.resolve(), APP.parent
    try:
        auth = tomllib.loads(name.read_text("utf-8")).get("auth", {})
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"sign_in: {sign_in} cannot be read as TOML."
        raise ConfigError(message) from error
    if name.is_relative_to(project):
        message = f"sign_in: {sign_in} lies in the project, where secrets are not kept."
        raise ConfigError(message)
    address = urlsplit(str(auth.get("redirect_uri", "")))
    if address.path != "/oauth2callback" or not address.hostname:
        message = f"sign_in: {sign_in} needs [auth] redirect_uri = https://HOST/oauth2callback."
        raise ConfigError(message)
    if len(str(auth.get("cookie_secret", ""))) < SECRET:
        message = f"sign_in: {sign_in} needs [auth] cookie_secret of {SECRET} letters or more."
        raise ConfigError(message)
    return address.hostname
