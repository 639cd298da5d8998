"""A word planted in each restricted team: nobody without the scope ever comes to see it.

Two teams are restricted. Zoe holds the one, Quin sees the other and nothing else, and Olaf may do
everything but manage access, and holds neither. Each name that belongs to a team carries its word:
of the team, its service, its resource, its account, what was said of it.
"""

from __future__ import annotations

import asyncio
import json
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import NamedTuple
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from finops.access import restricted
from finops.access import users
from finops.access.actor import local_actor
from finops.access.clock import now
from finops.access.roles import Role
from finops.access.workspace import make_workspace
from finops.cli import app
from finops.cli.outcome import run
from finops.portal import exports
from tests.pages import bills
from tests.pages.visiting import go

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable

    from starlette.types import Message

MENU = Path(__file__).parents[2] / "pages" / "menu.py"
PAGES = sorted(str(path.relative_to(MENU.parent)) for path in MENU.parent.glob("*/[a-z]*.py"))
ZEBRA, QUILL = "zebrafinch", "quillback"
WORDS = (ZEBRA, QUILL)
DIMENSIONS = (
    *("x_Team", "x_Product", "x_CostCenter", "ServiceName", "SubAccountName", "SubAccountId"),
    *("ResourceId", "ResourceName", "RegionName", "ServiceProviderName", "ChargeDescription"),
)


class Person(NamedTuple):
    """Somebody, the words that this person may see, and those that nobody may show."""

    name: str
    sees: tuple[str, ...]

    @property
    def kept(self) -> tuple[str, ...]:
        """The words that are kept from this person."""
        return tuple(word for word in WORDS if word not in self.sees)


OLAF, ZOE, QUIN = Person("Olaf", ()), Person("Zoe", (ZEBRA,)), Person("Quin", (QUILL,))
each_person = pytest.mark.parametrize("person", [OLAF, ZOE, QUIN], ids=lambda one: one.name)


def rows(month: str, factor: int = 1) -> list[dict[str, str]]:
    """A month of four teams, two of which are nobody's business."""
    found = bills.charges(month, factor=factor)
    disks = [row for row in found if row["ServiceName"] == "Disks"]
    for word, number in ((ZEBRA, "7.77"), (QUILL, "5.55")):
        money = dict.fromkeys(("BilledCost", "EffectiveCost", "ListCost", "ContractedCost"), number)
        named = {
            name: f"{word}-{name}"
            for name in (
                *("ServiceName", "SubAccountName", "SubAccountId", "ResourceId", "ResourceName"),
                *("RegionName", "ChargeDescription"),
            )
            if name in disks[0]
        }
        tags = json.dumps({"team": word, "product": f"{word}-product"})
        found += [row | money | named | {"Tags": tags} for row in disks]
    return found


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two months, two restricted teams, and words that were said of each."""
    folder = tmp_path_factory.mktemp("canaries")
    workspace = make_workspace(folder / "workspace")
    (workspace.root / "finops.toml").write_text(f"today = {bills.TODAY}\n")
    for place, month in enumerate(("2026-09", "2026-10")):
        file = bills.write(folder / f"{place}.csv", rows(month, factor=place + 1))
        bills.bring(workspace, file)
    for word in WORDS:
        restricted.restrict(
            workspace.store, actor=local_actor(), at=now(), origin="test", scope=f"team={word}"
        )
    every = tuple(role for role in Role if role not in {Role.SERVICE, Role.ADMIN})
    held = {"Olaf": (), "Zoe": (f"team={ZEBRA}",), "Quin": (f"team={QUILL}",)}
    for name, holds in held.items():
        change = users.Change(roles=every, holds=holds, restricted=name == "Quin")
        users.set_user(
            workspace.store, actor=local_actor(), at=now(), origin="test", name=name, change=change
        )
    workspace.close()
    said(workspace.root)
    return workspace.root


def said(root: Path) -> None:
    """What was written of the teams: budgets, events, and a meeting with a decision."""
    budgets, events = root.parent / "budgets.csv", root.parent / "events.csv"
    lines = [f"FY26-P10,x_Team={word},100,USD" for word in WORDS]
    budgets.write_text("\n".join(["fiscal_period,scope,amount,currency", *lines, ""]))
    lines = [f"2026-10-05,{word},{word}-svc,deploy,{word} was moved,," for word in WORDS]
    events.write_text("\n".join(["date,team,service,kind,text,link", *[x[:-1] for x in lines], ""]))
    run(["--workspace", str(root), "budgets", "add", str(budgets)])
    assert run(["--workspace", str(root), "events", "add", str(events)]) == 0
    assert run(["--workspace", str(root), "review", "new", "--day", "2026-11-20"]) == 0


def drawn(root: Path, page: str, name: str, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """All that a page sends to a browser: words, tables, hover texts, options."""
    monkeypatch.setenv("FINOPS_WORKSPACE", str(root))
    portal = AppTest.from_file(MENU, default_timeout=60)
    portal.query_params["as"] = name
    at = go(portal, page)
    assert not at.exception
    return b"\n".join(_sent(at._tree))  # noqa: SLF001


def _sent(tree: Iterable[object]) -> Iterable[bytes]:
    for node in tree:
        proto = getattr(node, "proto", None)
        if proto is not None:
            yield proto.SerializeToString()


def fetched(path: str) -> tuple[int, bytes]:
    """What an export answers."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    asyncio.run(Starlette(routes=exports.routes())(scope, receive, send))
    return sent[0]["status"], b"".join(one.get("body", b"") for one in sent[1:])


def leaked(shown: bytes | str, person: Person) -> dict[str, str]:
    """What of the words kept from a person is in what was shown, whatever its case; and where."""
    text = shown.decode("utf-8", "replace") if isinstance(shown, bytes) else shown
    found = {word: text.casefold().find(word) for word in person.kept}
    return {
        word: text[max(place - 90, 0) : place + 40] for word, place in found.items() if place >= 0
    }


@pytest.mark.parametrize("file", PAGES)
@pytest.mark.parametrize("first", ["who may", pytest.param("not", marks=pytest.mark.browser)])
def test_no_page_shows_what_is_kept_from_its_reader(
    file: str, first: str, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody = [Person("local", WORDS), OLAF, ZOE, QUIN]
    for person in everybody if first == "who may" else reversed(everybody):
        assert leaked(drawn(house, file, person.name, monkeypatch), person) == {}


def test_who_holds_a_scope_does_see_it(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this, nothing would be shown to anybody and every test here would hold."""
    for person in (Person("local", WORDS), ZOE, QUIN):
        shown = drawn(house, "together/overview.py", person.name, monkeypatch)
        assert [word for word in WORDS if word.encode() in shown] == list(person.sees)


@each_person
@pytest.mark.parametrize("kind", ["md", "html", "pdf", "xlsx", "ics", "csv", "json"])
def test_no_export_tells_what_is_kept(
    kind: str, person: Person, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINOPS_WORKSPACE", str(house))
    monkeypatch.setenv("FINOPS_AS", person.name)
    for path in ("journal/2026-10", "audit", "review/2026-11", "review/2026-11-20"):
        status, content = fetched(f"/export/{path}.{kind}")
        assert status in {403, 404}
        assert leaked(content, person) == {}
    assert leaked(fetched("/export/certificate/2026-10.zip")[1], person) == {}


@each_person
def test_no_question_is_answered_with_it(
    person: Person, house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for dimension in DIMENSIONS:
        words = ["query", "--measure", "EffectiveCost", "--by", dimension, "--period", "2026-10"]
        run(["--workspace", str(house), "--as", person.name, "--json", *words])
        run(["--workspace", str(house), "--as", person.name, *words, "--explain"])
    for word in WORDS:
        words = ["query", "--measure", "EffectiveCost", "--where", f"x_Team={word}"]
        capsys.readouterr()
        run(["--workspace", str(house), "--as", person.name, "--json", *words])
        told = capsys.readouterr()
        if word in person.kept:
            assert "7.77" not in told.out
            assert "5.55" not in told.out
    capsys.readouterr()


@each_person
def test_no_command_prints_it(
    person: Person, house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every command that asks for nothing more, and every error of the others."""
    left_out = {"serve", "bench", "demo", "doctor", "init"}
    every: list[tuple[tuple[str, ...], Callable[..., None]]] = [
        ((name,), does) for name, does in app.COMMANDS if name not in left_out
    ]
    every += [((group, name), does) for group, _, listed in app.GROUPS for name, does in listed]
    for words, does in every:
        month = ("--period", "2026-10") if "period" in signature(does).parameters else ()
        capsys.readouterr()
        run(["--workspace", str(house), "--as", person.name, *filter(None, words), *month])
        told = capsys.readouterr()
        assert leaked(told.out + told.err, person) == {}


def test_the_pages_here_are_all_that_there_are() -> None:
    assert [page for page in PAGES if not page.endswith("__init__.py")]
    for page in PAGES:
        assert import_module(f"pages.{page.removesuffix('.py').replace('/', '.')}").page
