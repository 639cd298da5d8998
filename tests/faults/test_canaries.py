"""A word planted in each restricted team: nobody without the scope ever comes to see it.

Two teams are restricted. Zoe holds the one, Quin sees the other and nothing else, and Olaf may do
everything but manage access, and holds neither. Each name that belongs to a team carries its word:
of the team, its service, its resource, its account, what was said of it.
"""

from __future__ import annotations

import asyncio
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
from finops.access.scope import viewer_of
from finops.access.workspace import make_workspace
from finops.access.workspace import open_workspace
from finops.cli import app
from finops.cli.outcome import run
from finops.errors import TieoutError
from finops.operations.commentary import answer
from finops.operations.commentary import Commentary
from finops.operations.commentary import Lasting
from finops.operations.entries import log_of
from finops.operations.review import raise_item
from finops.operations.review import Raised
from finops.operations.sight import sight_of
from finops.operations.sight import within
from finops.portal import exports
from tests.faults.planted import QUILL
from tests.faults.planted import rows
from tests.faults.planted import said
from tests.faults.planted import WORDS
from tests.faults.planted import ZEBRA
from tests.lanes import thorough
from tests.operations.room import by
from tests.pages import bills
from tests.pages.visiting import go

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable

    from starlette.types import Message


MENU = Path(__file__).parents[2] / "pages" / "menu.py"
PAGES = sorted(str(path.relative_to(MENU.parent)) for path in MENU.parent.glob("*/[a-z]*.py"))
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
each_person = pytest.mark.parametrize(
    "person", thorough([OLAF, ZOE, QUIN]), ids=lambda one: one.name
)


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


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("together/overview.py", ["{}"]),
        ("together/review.py", ["{} moved", "{} raised", "{} choice", "{} action", "{} why"]),
        ("persona/engineering.py", ["vol-{}", "{}-ServiceName"]),
        ("persona/product.py", ["{}-product"]),
        ("inform/unit_economics.py", ["{}-product", "{} segment"]),
        ("inform/allocation.py", ["{}-volumes"]),
        ("optimize/worklist.py", ["vol-{}", "{} finding"]),
    ],
)
def test_who_holds_a_scope_does_see_it(
    file: str, words: list[str], house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without this, nothing would be shown to anybody and every test here would hold."""
    for person in (Person("local", WORDS), ZOE, QUIN):
        shown = drawn(house, file, person.name, monkeypatch).decode("utf-8", "replace")
        every = [one.format(word) for word in person.sees for one in words]
        assert [one for one in every if one not in shown] == []


def test_who_is_restricted_takes_away_what_is_to_be_done_of_that_part(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINOPS_WORKSPACE", str(house))
    for person in (OLAF, ZOE, QUIN):
        monkeypatch.setenv("FINOPS_AS", person.name)
        status, content = fetched("/export/worklist.csv")
        assert status == 200
        assert leaked(content, person) == {}
        assert all(f"vol-{word}".encode() in content for word in person.sees)


def test_who_is_restricted_answers_for_the_own_team_and_raises_what_is_seen(house: Path) -> None:
    """Whatever is asked of another team stays unanswered, and its words unread."""
    workspace = open_workspace(house)
    with workspace.store.reading() as session:
        quin = users.actor_named(session, "Quin")
    assert quin is not None
    asked = {one.team: one for one in log_of(workspace).of(Commentary)}
    told = {"cause": "It was moved.", "lasting": Lasting.ONE_OFF}
    mine, theirs = (asked[word].model_copy(update=told) for word in (QUILL, ZEBRA))
    who = {**by(), "actor": quin}
    answer(workspace.store, **who, entry=mine)
    for entry in (theirs, theirs.model_copy(update={"team": QUILL})):
        with pytest.raises(TieoutError) as caught:
            answer(workspace.store, **who, entry=entry)
        assert "8.88" not in caught.value.sentence
    raised = Raised(meeting=mine.meeting, title="Mine", scope=sight_of(viewer_of(quin)))
    raise_item(workspace.store, **who, entry=raised)
    seen = within(log_of(workspace), viewer_of(quin), {"Quin"})
    assert "Mine" in [one.title for one in seen.of(Raised)]
    with pytest.raises(TieoutError, match="does not see"):
        raise_item(workspace.store, **who, entry=log_of(workspace).of(Raised)[0])
    own = next(one for one in seen.of(Raised) if one.title == "Mine")
    with pytest.raises(TieoutError, match="raised before"):
        raise_item(workspace.store, **who, entry=own)
    workspace.close()


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
