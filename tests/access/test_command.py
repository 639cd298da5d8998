"""Commands: allowed, whole or not at all, once, on the record; and the only way to write."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from datetime import UTC
from pathlib import Path
from textwrap import dedent
from typing import Any
from typing import TYPE_CHECKING

import pytest
from sqlmodel import col
from sqlmodel import select

import finops
from finops.access.actor import Actor
from finops.access.actor import local_actor
from finops.access.command import command
from finops.access.command import is_command
from finops.access.command import Transaction
from finops.access.roles import Permission
from finops.access.roles import Role
from finops.errors import Conflict
from finops.errors import NotAllowed
from finops.errors import UsageError
from finops.records import audit
from finops.records.models import AuditEvent
from finops.records.models import Rate
from finops.records.revisions import newest
from finops.records.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finops.records.store import Store

MOMENT = datetime(2026, 4, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Counted:
    value: int
    revision: int


@command("count.up", permission=Permission.WRITE_RATES)
def count_up(transaction: Transaction, *, by: int) -> Counted:
    """Read the counter, add to it, write it: what loses updates where turns are not kept."""
    rows = newest(transaction.session, Rate)
    before = int(rows[0].rate) if rows else 0
    if by <= 0:
        message = "The counter only counts up."
        raise UsageError(message)
    after = before + by
    row = Rate(revision=transaction.revision, from_currency="A", to_currency="B", rate=str(after))
    transaction.session.add(row)
    transaction.session.flush()
    transaction.record(subject="counter", before=before, after=after)
    return Counted(after, transaction.revision)


def _up(store: Store, by: int = 1, **given: object) -> Counted:
    asked: dict[str, Any] = {"actor": local_actor(), "at": MOMENT, "origin": "test"} | given
    return count_up(store, by=by, **asked)


def _value(store: Store) -> int:
    with store.reading() as session:
        rows = newest(session, Rate)
        return int(rows[0].rate) if rows else 0


def _events(store: Store) -> list[AuditEvent]:
    with store.reading() as session:
        assert audit.verify(session) == ()
        return list(session.exec(select(AuditEvent).order_by(col(AuditEvent.sequence))))


def test_a_command_takes_effect_and_is_on_the_record(store: Store) -> None:
    east = timezone(timedelta(hours=2))
    answer = _up(store, 5, actor=local_actor("ada"), at=MOMENT.astimezone(east), key="k1")
    (event,) = _events(store)
    assert answer == Counted(5, 1)
    assert (event.sequence, event.at) == (1, "2026-04-01T12:00:00+00:00")
    assert (event.actor, event.command, event.origin) == ("ada", "count.up", "test")
    assert (event.subject, event.before, event.after) == ("counter", "0", "5")
    assert event.key == "k1"
    assert json.loads(event.answer)["fields"] == {"value": 5, "revision": 1}


def test_every_row_carries_the_sequence_of_its_event(store: Store) -> None:
    for _ in range(3):
        _up(store)
    with store.reading() as session:
        assert [row.revision for row in session.exec(select(Rate).order_by(col(Rate.id)))] == [
            1,
            2,
            3,
        ]
    assert [event.sequence for event in _events(store)] == [1, 2, 3]


def test_without_the_permission_nothing_happens(store: Store) -> None:
    viewer = Actor("vera", frozenset({Role.VIEWER}))
    with pytest.raises(NotAllowed, match="vera may not write rates"):
        _up(store, actor=viewer)
    assert (_value(store), _events(store)) == (0, [])


def test_a_command_that_raises_writes_nothing(store: Store) -> None:
    with pytest.raises(UsageError):
        _up(store, -1, key="k")
    assert _events(store) == []
    assert _up(store, 1, key="k") == Counted(1, 1)


def test_a_double_click_has_one_effect(store: Store) -> None:
    first = _up(store, 2, key="click")
    again = _up(store, 2, key="click", at=MOMENT + timedelta(seconds=1))
    assert first == again == Counted(2, 1)
    assert len(_events(store)) == 1


def test_many_clicks_at_once_have_one_effect(store: Store) -> None:
    with ThreadPoolExecutor(8) as crowd:
        answers = set(crowd.map(lambda _: _up(store, 2, key="click"), range(16)))
    assert answers == {Counted(2, 1)}
    assert len(_events(store)) == 1


def test_a_key_stands_for_one_request(store: Store) -> None:
    _up(store, 2, key="k")
    with pytest.raises(Conflict, match="event 1"):
        _up(store, 3, key="k")
    with pytest.raises(Conflict, match="event 1"):
        _up(store, 2, key="k", actor=local_actor("bob"))
    assert _value(store) == 2


def test_without_a_key_each_call_is_a_new_one(store: Store) -> None:
    assert [_up(store).value, _up(store, key="").value] == [1, 2]


def test_the_body_stands_for_the_arguments(store: Store) -> None:
    assert _up(store, 1, key="k", body="digest") == _up(store, 9, key="k", body="digest")
    with pytest.raises(Conflict):
        _up(store, 1, key="k", body={})


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="time zone"):
        _up(store, at=MOMENT.replace(tzinfo=None))
    assert _events(store) == []


@pytest.mark.thorough
def test_twenty_writers_lose_no_update(store: Store) -> None:
    def work(_: int) -> list[int]:
        return [_up(store).revision for _ in range(50)]

    with ThreadPoolExecutor(20) as crowd:
        revisions = [each for done in crowd.map(work, range(20)) for each in done]
    assert _value(store) == 1000
    assert sorted(revisions) == list(range(1, 1001))
    assert len(_events(store)) == 1000


MANY = """
    import sys
    from finops.records.store import open_store
    from tests.access.test_command import _up

    store = open_store(sys.argv[1])
    for number in range(20):
        _up(store)
        _up(store, key=f"once {number}")
    store.close()
"""


def test_four_processes_lose_no_update_and_do_nothing_twice(store_url: str) -> None:
    """Each of four counts up twenty times for itself, and twenty times for all of them."""
    program = [sys.executable, "-c", dedent(MANY), store_url]
    crowd = [subprocess.Popen(program) for _ in range(4)]
    assert [each.wait(120) for each in crowd] == [0] * 4
    store = open_store(store_url)
    assert _value(store) == len(_events(store)) == 4 * 20 + 20
    store.close()


KILL = """
    import os, sys
    from sqlalchemy import event
    from sqlmodel import Session
    from finops.records.store import open_store
    from tests.access.test_command import _up

    store = open_store(sys.argv[1])
    _up(store, 7)
    event.listen(Session, sys.argv[2], lambda *_: os._exit(9))
    _up(store, 7, key="killed")
"""


@pytest.mark.parametrize("moment", ["after_flush", "before_commit"])
def test_a_kill_between_the_function_and_the_commit_leaves_nothing(
    store_url: str, moment: str
) -> None:
    died = subprocess.run([sys.executable, "-c", dedent(KILL), store_url, moment], check=False)
    assert died.returncode == 9
    store = open_store(store_url)
    assert _value(store) == 7
    assert len(_events(store)) == 1
    assert _up(store, 7, key="killed") == Counted(14, 2)
    store.close()


@command("twice", permission=Permission.WRITE_RATES)
def record_twice(transaction: Transaction) -> None:
    transaction.record(subject="one")
    transaction.record(subject="two")


@command("mutable", permission=Permission.WRITE_RATES)
def answer_a_list(transaction: Transaction) -> list[int]:
    return [transaction.revision]


@command("nested", permission=Permission.WRITE_RATES)
def call_another(transaction: Transaction, *, store: Store) -> Counted:
    return _up(store, transaction.revision)


def test_a_command_that_is_written_wrongly_writes_nothing(store: Store) -> None:
    given: dict[str, Any] = {"actor": local_actor(), "at": MOMENT, "origin": "test"}
    with pytest.raises(RuntimeError, match="once"):
        record_twice(store, **given)
    with pytest.raises(TypeError, match="list"):
        answer_a_list(store, **given)
    with pytest.raises(RuntimeError, match="finish it first"):
        call_another(store, **given, body="", store=store)
    assert _events(store) == []


def test_an_answer_whose_class_is_gone_is_told_as_done(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    _up(store, key="k")
    monkeypatch.delattr(sys.modules[__name__], "Counted")
    with pytest.raises(Conflict, match="done already, as event 1 at 2026-04-01"):
        _up(store, key="k")


def test_a_command_is_known_as_one() -> None:
    assert is_command(count_up)
    assert not is_command(_up)
    assert (count_up.name, count_up.permission) == ("count.up", Permission.WRITE_RATES)
    assert count_up.__doc__
    assert count_up.__doc__.startswith("Read the counter")


FINOPS = Path(finops.__file__).parent
WRITERS = {"add", "add_all", "merge", "delete", "bulk_save_objects", "bulk_insert_mappings"}
CHANGES = {"insert", "update", "delete"}
OURS = "from finops.access.command import Transaction"


def _unregistered(source: str) -> list[int]:
    """Lines that write outside a command or a part of one (which takes a Transaction)."""
    ours = OURS in source
    calls = _outside(ast.parse(source), ours=ours)
    return [call.lineno for call in calls if _writes(call, ours=ours)]


def _outside(node: ast.AST, *, ours: bool) -> Iterator[ast.Call]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and _is_part(node, ours=ours):
        return
    if isinstance(node, ast.Call):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from _outside(child, ours=ours)


def _is_part(function: ast.FunctionDef | ast.AsyncFunctionDef, *, ours: bool) -> bool:
    marks = [ast.unparse(mark).split("(")[0] for mark in function.decorator_list]
    given = [each.annotation for each in (*function.args.args, *function.args.kwonlyargs)]
    takes = any(each and ast.unparse(each).strip("'\"") == "Transaction" for each in given)
    return (ours and takes) or any(mark.split(".")[-1] == "command" for mark in marks)


def _writes(call: ast.Call, *, ours: bool) -> bool:
    if isinstance(call.func, ast.Name):
        return ours and call.func.id == "Transaction"
    if not isinstance(call.func, ast.Attribute):
        return False
    name, on = call.func.attr, ast.unparse(call.func.value).split(".")[-1]
    if name == "writing":
        return True
    inner = [ast.unparse(each).split("(")[0].split(".")[-1] for each in call.args]
    changes = name in {"exec", "execute"} and bool(CHANGES & set(inner))
    return on == "session" and (name in WRITERS or changes)


def test_nothing_is_written_but_by_a_command() -> None:
    modules = [path for path in FINOPS.rglob("*.py") if FINOPS / "records" not in path.parents]
    assert modules
    guilty = {
        str(path.relative_to(FINOPS)): _unregistered(path.read_text())
        for path in modules
        if path != FINOPS / "access" / "command.py"
    }
    assert {name: lines for name, lines in guilty.items() if lines} == {}


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("def f(store):\n    with store.writing() as s:\n        pass", [2]),
        ("def f(session):\n    session.add(1)", [2]),
        ("def f(t):\n    t.session.add_all([])", [2]),
        ("def f(session):\n    session.exec(insert(Rate).values())", [2]),
        ("def f(session):\n    session.execute(sa.update(Rate))", [2]),
        ("class A:\n    def f(self):\n        self.session.merge(1)", [3]),
        (f"{OURS}\nt = Transaction(1)", [2]),
        ("def part(transaction: Transaction):\n    transaction.session.add(1)", [2]),
        ("from deltalake import Transaction\nt = Transaction(1)", []),
        ("@command('a', permission=1)\ndef f(transaction):\n    transaction.session.add(1)", []),
        (f"{OURS}\ndef part(t: Transaction):\n    t.session.add(1)", []),
        ("def f(seen):\n    seen.add(1)\n    session.exec(select(Rate))", []),
    ],
)
def test_a_writer_that_is_not_registered_is_found(source: str, lines: list[int]) -> None:
    assert _unregistered(source) == lines
