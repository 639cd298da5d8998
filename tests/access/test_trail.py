"""The trail: everybody finds what was done, and nobody changes it unnoticed."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from datetime import datetime
from datetime import UTC
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple
from typing import TYPE_CHECKING

import pytest

from finops.access import trail
from finops.access.actor import Actor
from finops.access.actor import local_actor
from finops.access.roles import Permission
from finops.access.roles import Role
from finops.access.trail import Sought
from finops.access.workspace import make_workspace
from finops.access.workspace import open_workspace
from finops.core.exchange_rate import ExchangeRate
from finops.errors import NotAllowed
from finops.exchange.rates import add_rates
from finops.records.canonical import canonical_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from finops.access.workspace import Workspace

    Tamper = Callable[[sqlite3.Connection, random.Random], None]

EVENTS = 8
TAMPERS = 200
AUDITOR = Actor("Ida", frozenset({Role.AUDITOR}))
COLUMNS = (
    *("at", "actor", "command", "subject", "key", "body_hash", "before", "after"),
    *("origin", "answer", "previous_hash", "hash"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which rates came on eight days, by two people in turn."""
    root = tmp_path_factory.mktemp("trail") / "workspace"
    workspace = make_workspace(root)
    for number in range(1, EVENTS + 1):
        add_rates(
            workspace.store,
            actor=local_actor(("Ann", "Bob")[number % 2]),
            at=datetime(2026, 11, number, 12, tzinfo=UTC),
            origin="cli",
            rates=(ExchangeRate("EUR", "USD", "average", f"2026-0{number}", "", Decimal("1.1")),),
            file=f"{number}.csv",
        )
    workspace.close()
    return root


@pytest.fixture
def own(folder: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoiled."""
    return shutil.copytree(folder, tmp_path / "own")


class Row(NamedTuple):
    """An event as an attacker reads it."""

    sequence: int
    values: dict[str, object]


def rows_of(db: sqlite3.Connection) -> list[Row]:
    """Every event, in order."""
    db.row_factory = sqlite3.Row
    found = db.execute("SELECT * FROM audit_event ORDER BY sequence")
    return [Row(row["sequence"], dict(row)) for row in found]


def seal(values: dict[str, object]) -> str:
    """The seal of an event, as anybody can work it out who has read the program."""
    told = {name: values[name] for name in values if name not in {"hash", "previous_hash"}}
    return sha256(f"{values['previous_hash']}{canonical_json(told)}".encode()).hexdigest()


def put(db: sqlite3.Connection, values: dict[str, object]) -> None:
    """Add an event past the program."""
    marks = ", ".join("?" for _ in values)
    db.execute(
        f"INSERT INTO audit_event ({', '.join(values)}) VALUES ({marks})", [*values.values()]
    )


def edit(db: sqlite3.Connection, dice: random.Random) -> None:
    """Write something else over one field of one event."""
    column, written = dice.choice(COLUMNS), dice.choice(["x", "", "null", b"\x00\xff", 7])
    place = dice.randint(1, EVENTS)
    was = db.execute(f"SELECT {column} FROM audit_event WHERE sequence = ?", [place]).fetchone()[0]
    written = "y" if written == was else written
    db.execute(f"UPDATE audit_event SET {column} = ? WHERE sequence = ?", [written, place])


def seal_anew(db: sqlite3.Connection, dice: random.Random) -> None:
    """Change one event and its own seal with it."""
    _, values = dice.choice(rows_of(db))
    values["actor"] = "Mallory"
    db.execute("DELETE FROM audit_event WHERE sequence = ?", [values["sequence"]])
    put(db, values | {"hash": seal(values)})


def rebuild(db: sqlite3.Connection, dice: random.Random) -> None:
    """Change one event, and write all that come after it so that each seals the one before."""
    rows, place = rows_of(db), dice.randrange(EVENTS)
    db.execute("DELETE FROM audit_event")
    previous = "0" * 64
    for number, row in enumerate(rows):
        values = row.values | {"previous_hash": previous}
        values |= {"after": '{"rate":"9.99"}'} if number == place else {}
        previous = seal(values)
        put(db, values | {"hash": previous})


def delete(db: sqlite3.Connection, dice: random.Random) -> None:
    """Take one event out."""
    db.execute("DELETE FROM audit_event WHERE sequence = ?", [dice.randint(1, EVENTS)])


def cut(db: sqlite3.Connection, dice: random.Random) -> None:
    """Cut the end off, and what the cut events had written."""
    place = dice.randint(1, EVENTS)
    db.execute("DELETE FROM audit_event WHERE sequence >= ?", [place])
    db.execute("DELETE FROM rate WHERE revision >= ?", [place])


def swap(db: sqlite3.Connection, dice: random.Random) -> None:
    """Let two events change their places."""
    one, other = dice.sample(range(1, EVENTS + 1), 2)
    for now, then in ((one, -1), (other, one), (-1, other)):
        db.execute("UPDATE audit_event SET sequence = ? WHERE sequence = ?", [then, now])


def insert(db: sqlite3.Connection, dice: random.Random) -> None:
    """Push an event of one's own between two others."""
    place = dice.randint(1, EVENTS)
    values = rows_of(db)[place - 1].values | {"sequence": place, "key": "k", "actor": "Mallory"}
    db.execute("UPDATE audit_event SET sequence = -sequence WHERE sequence >= ?", [place])
    db.execute("UPDATE audit_event SET sequence = 1 - sequence WHERE sequence < 0")
    put(db, values | {"hash": seal(values)})


WAYS: tuple[Tamper, ...] = (*(edit, edit, edit, seal_anew, rebuild, delete, cut, swap, insert),)


def disarm(root: Path) -> None:
    """Take away every trigger that forbids changes, as whoever has the file can do."""
    with closing(sqlite3.connect(root / "records.sqlite")) as db:
        db.execute("PRAGMA synchronous = OFF")
        triggers = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        db.executescript("".join(f"DROP TRIGGER {name};" for (name,) in triggers))


def tamper(root: Path, way: Tamper, *, seed: int) -> int:
    """Do it to the records with SQL alone; give the first event that is not as it was."""
    with closing(sqlite3.connect(root / "records.sqlite")) as db, db:
        db.execute("PRAGMA synchronous = OFF")
        before = rows_of(db)
        way(db, random.Random(seed))
        after = rows_of(db)
    pairs = zip(before, [*after, *[None] * EVENTS], strict=False)
    return next(was.sequence for was, now in pairs if was != now)


def test_an_untouched_log_is_unbroken(folder: Path) -> None:
    workspace = open_workspace(folder)
    found = trail.verify(workspace.store, AUDITOR)
    workspace.close()
    assert found.unbroken
    assert (found.events, found.noted) == (EVENTS, EVENTS)
    assert found.last == datetime(2026, 11, EVENTS, 12, tzinfo=UTC)


def test_each_of_two_hundred_tampers_is_found_at_its_first_event(own: Path) -> None:
    disarm(own)
    whole = (own / "records.sqlite").read_bytes()
    workspace, dice = open_workspace(own), random.Random(6)
    for seed in range(TAMPERS):
        (own / "records.sqlite").write_bytes(whole)
        way = dice.choice(WAYS)
        first = tamper(own, way, seed=seed)
        check = trail.verify(workspace.store, AUDITOR)
        assert not check.unbroken, (way.__name__, seed)
        # An event that was taken out is missed by the one after it.
        assert check.findings[0].line in {first, first + 1}, (way.__name__, seed, check.findings)
    workspace.close()


def test_the_last_event_cannot_be_taken_away(own: Path) -> None:
    disarm(own)
    with closing(sqlite3.connect(own / "records.sqlite")) as db, db:
        db.execute("DELETE FROM audit_event WHERE sequence = ?", [EVENTS])
        db.execute("DELETE FROM rate WHERE revision = ?", [EVENTS])
    workspace = open_workspace(own)
    (found,) = trail.verify(workspace.store, AUDITOR).findings
    workspace.close()
    assert (found.rule, found.line) == ("audit.head", EVENTS)


def test_events_are_found_by_who_what_and_when(folder: Path) -> None:
    workspace = open_workspace(folder)

    def sought(*words: object, most: int = 100) -> list[int]:
        asked = Sought(*words)  # type: ignore[arg-type]
        found = trail.entries(workspace.store, AUDITOR, asked, most=most)
        return [entry.sequence for entry in found]

    assert sought() == [8, 7, 6, 5, 4, 3, 2, 1]
    assert sought(most=2) == [8, 7]
    assert sought("Ann") == [8, 6, 4, 2]
    assert sought("", "rates.add", date(2026, 11, 3)) == [3]
    assert sought("Ann", "import") == []
    assert trail.known(workspace.store, AUDITOR) == (("Ann", "Bob"), ("rates.add",))
    (first,) = trail.entries(workspace.store, AUDITOR, Sought(day=date(2026, 11, 1)), most=1)
    assert first.origin == "cli"
    assert first.before is None
    workspace.close()


@pytest.mark.parametrize("role", [None, *Role])
def test_nobody_looks_without_the_right(folder: Path, role: Role | None) -> None:
    actor = Actor("Eve", frozenset({role} if role else ()))
    workspace: Workspace = open_workspace(folder)
    asked: tuple[Callable[[], object], ...] = (
        lambda: trail.verify(workspace.store, actor),
        lambda: trail.entries(workspace.store, actor, Sought(), most=1),
        lambda: trail.known(workspace.store, actor),
    )
    for ask in asked:
        if actor.may(Permission.READ_AUDIT):
            assert ask()
        else:
            with pytest.raises(NotAllowed):
                ask()
    workspace.close()
