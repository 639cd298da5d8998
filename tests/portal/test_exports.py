"""A certificate is taken away through a door of its own, whole, by its name and its seal."""

from __future__ import annotations

import asyncio
import csv
import io
import tomllib
from pathlib import Path
from typing import NamedTuple
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette

from finops.access.actor import Actor
from finops.access.roles import Role
from finops.access.workspace import make_workspace
from finops.invoicing.proof import prove
from finops.portal import desk
from finops.portal import exports
from tests.invoicing import closable
from tests.invoicing.bill import MONTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import Message

    from finops.access.workspace import Workspace


ROOT = Path(__file__).parents[2]
STATEMENT = exports.STATEMENT + "/"


class Answered(NamedTuple):
    """What a request was answered."""

    status: int
    headers: dict[str, str]
    content: bytes


def ask(path: str, method: str = "GET", *, door: str = exports.CERTIFICATE + "/") -> Answered:
    """Send one request through the routes."""
    address, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "path": f"{door}{address}",
        "query_string": query.encode(),
        "headers": [],
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(Starlette(routes=exports.routes())(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answered(sent[0]["status"], headers, b"".join(one.get("body", b"") for one in sent[1:]))


@pytest.fixture
def april(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A month that is reconciled, before the routes."""
    workspace = make_workspace(tmp_path / "workspace")
    closable.prepare(workspace, tmp_path / "april.csv")
    monkeypatch.setattr(desk, "workspace", lambda: workspace)
    monkeypatch.setenv("FINOPS_WORKSPACE", str(workspace.root))
    yield workspace
    workspace.close()


def test_the_certificate_of_a_closed_month_proves_itself(april: Workspace, tmp_path: Path) -> None:
    assert ask(f"{MONTH}.zip").status == 404
    seal = closable.shut(april)
    answer = ask(f"{MONTH}.zip")
    assert answer.status == 200
    assert f"certificate-{MONTH}-{seal[:8]}.zip" in answer.headers["content-disposition"]
    (tmp_path / "c.zip").write_bytes(answer.content)
    assert prove(tmp_path / "c.zip").holds


@pytest.mark.parametrize("path", ["April.zip", "2026-13.zip", "2026-04.zip?provider=Nobody"])
def test_what_is_not_certified_is_said_to_be_none(april: Workspace, path: str) -> None:
    assert april.root.exists()
    assert ask(path).status == 404


def test_nobody_takes_it_without_the_right(
    april: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    closable.shut(april)
    monkeypatch.setattr(desk, "actor", lambda: Actor("Nobody"))
    assert ask(f"{MONTH}.zip").status == 403


def test_it_is_only_read(april: Workspace) -> None:
    assert april.root.exists()
    assert ask(f"{MONTH}.zip", "POST").status == 405


def test_the_log_is_taken_away_as_it_was_looked_for(april: Workspace) -> None:
    assert april.root.exists()
    answer = ask("csv?command=invoices.add", door=exports.AUDIT + ".")
    assert answer.status == 200
    head, row = csv.reader(io.StringIO(answer.content.decode()))
    assert head[:4] == ["sequence", "at", "actor", "command"]
    assert row[3] == "invoices.add"
    assert ask("xlsx", door=exports.AUDIT + ".").content.startswith(b"PK")


@pytest.mark.parametrize("path", ["csv?day=today", "pdf"])
def test_no_other_log_is_there(april: Workspace, path: str) -> None:
    assert april.root.exists()
    assert ask(path, door=exports.AUDIT + ".").status == 404


def test_the_log_is_nobodys_without_the_right(
    april: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert april.root.exists()
    monkeypatch.setattr(desk, "actor", lambda: Actor("Vera", frozenset({Role.VIEWER})))
    assert ask("csv", door=exports.AUDIT + ".").status == 403


def test_a_statement_is_taken_away_with_how_final_its_month_is(april: Workspace) -> None:
    """In each of its lines and in its name."""
    address = f"{MONTH}.csv?owner=x_Team%3DUNALLOCATED"
    answer = ask(address, door=STATEMENT)
    assert answer.status == 200
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert (rows[-1]["Line"], rows[0]["Period state"]) == ("Total", "provisional")
    assert f"statement-{MONTH}-UNALLOCATED-" in answer.headers["content-disposition"]
    assert "-provisional.csv" in answer.headers["content-disposition"]
    seal = closable.shut(april)
    closed = ask(address, door=STATEMENT)
    assert f"-closed-{seal[:8]}.csv" in closed.headers["content-disposition"]
    assert ask(f"{MONTH}.csv?owner=x_Team%3D..%2Fa", door=STATEMENT).status == 404
    assert ask(address.replace("csv", "pdf"), door=STATEMENT).status == 404


def test_a_statement_is_nobodys_without_the_right(
    april: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert april.root.exists()
    monkeypatch.setattr(desk, "actor", lambda: Actor("Nobody"))
    address = f"{MONTH}.csv?owner=x_Team%3DUNALLOCATED"
    assert ask(address, door=STATEMENT).status == 403


def test_the_worklist_is_taken_away_with_the_mark_of_its_months(april: Workspace) -> None:
    assert april.snapshot()
    for kind in ("csv", "xlsx"):
        answer = ask(f".{kind}", door=exports.WORKLIST)
        assert answer.status == 200
        assert answer.headers["content-disposition"].endswith(f'.{kind}"')
    assert ask(".csv?team=nobody", door=exports.WORKLIST).content.startswith(b"Finding,What")
    assert ask(".pdf", door=exports.WORKLIST).status == 404


def test_nothing_of_a_month_is_taken_away_by_another_door() -> None:
    """A table's own download and copy would say neither its snapshot nor how final its month is."""
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    assert settings["client"]["disableDataExport"] is True
    buttons = [
        (path.name, text.split(",")[0].strip())
        for path in (ROOT / "finops" / "portal").glob("*.py")
        for text in path.read_text().split("download_button(")[1:]
    ]
    assert len(buttons) == 3
    assert all("ownload the template" in label for _, label in buttons)


def test_the_kit_is_a_page_to_keep() -> None:
    found = ask("", door=exports.KIT)
    assert found.status == 200
    assert "first-review.html" in found.headers["content-disposition"]
    assert b"Your first cost review" in found.content
