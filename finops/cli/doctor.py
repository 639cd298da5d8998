"""Doctor: says what this installation and this workspace are made of, and what is wrong."""

from __future__ import annotations

import platform
import sqlite3
from contextlib import closing
from importlib.metadata import version
from typing import NamedTuple
from typing import TYPE_CHECKING

import typer

from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of
from finops.errors import TieoutError
from finops.errors import UsageError

if TYPE_CHECKING:
    from finops.cli.session import Session


class Check(NamedTuple):
    """One thing that was looked at, what was found, and whether it is as it should be."""

    name: str
    found: str
    ok: bool = True


def doctor(context: typer.Context) -> None:
    """Say what this installation and this workspace are made of, and what is wrong."""
    session = session_of(context)
    checks = (*_installation(), *_workspace(session))
    document = {
        "ok": all(check.ok for check in checks),
        "checks": [check._asdict() for check in checks],
    }
    rows = [(check.name, check.found, "" if check.ok else "wrong") for check in checks]
    emit(session, document, lambda console: console.print(table(("What", "Found", ""), rows)))
    if not document["ok"]:
        raise typer.Exit(1)


def _installation() -> tuple[Check, ...]:
    return (
        Check("tieout", version("tieout")),
        Check("python", platform.python_version()),
        Check("sqlite", sqlite3.sqlite_version),
        *(Check(name, version(name)) for name in ("duckdb", "deltalake", "streamlit")),
    )


def _workspace(session: Session) -> tuple[Check, ...]:
    folder = session.workspace
    if not folder.is_dir():
        return (Check("workspace", f"{folder} does not exist; `finops init` makes it"),)
    try:
        records = _records(session)
    except TieoutError as error:
        records = (Check("records", error.sentence, ok=False),)
    kept = all(check.ok for check in records) and len(records) > 1
    rates = _rates(session) if kept else ()
    return (Check("workspace", str(folder)), *records, *rates)


def _rates(session: Session) -> tuple[Check, ...]:
    """Days without a daily rate; no fault, as the month's rate still holds."""
    from finops.exchange.gaps import gaps

    try:
        workspace = session.open
    except UsageError:  # There are records and nothing else yet.
        return ()
    with closing(workspace):
        snapshot = workspace.snapshot()
        known = workspace.rates(snapshot) if snapshot else ()
    return tuple(
        Check("rates of exchange", f"{gap.told}; its month's rate still holds")
        for gap in gaps(known)
    )


def _records(session: Session) -> tuple[Check, ...]:
    """The record store's own account of itself; opening it brings it up to date."""
    from finops.records.store import open_store

    url = session.settings.records_url
    if url.startswith("sqlite:") and not (session.workspace / "records.sqlite").exists():
        return (Check("records", "none yet"),)
    store = open_store(url)
    try:
        health = store.health()
    finally:
        store.close()
    sound = health.pop("check", "ok")
    told = (Check(f"records: {name}", found) for name, found in health.items() if found)
    return (Check("records", sound, ok=sound == "ok"), *told)
