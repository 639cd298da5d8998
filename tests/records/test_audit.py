"""The audit: whoever changes it past the program is found."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlmodel import col
from sqlmodel import select

from finops.records import audit
from finops.records.audit import Head
from finops.records.models import AuditEvent
from finops.records.models import Rate

if TYPE_CHECKING:
    from sqlmodel import Session

    from finops.records.store import Store


def _event(number: int) -> AuditEvent:
    return AuditEvent(
        sequence=0,
        at="2026-04-01T00:00:00+00:00",
        actor="ada",
        command="rates.add",
        subject=f"EUR → USD {number}",
        key=f"key {number}",
        body_hash="",
        before="null",
        after=f'{{"rate":"1.{number:02}"}}',
        origin="cli",
        answer="null",
    )


@pytest.fixture
def head(store: Store) -> Head:
    """The head after five events."""
    for number in range(5):
        with store.writing() as session:
            audit.append(session, _event(number))
    with store.reading() as session:
        return audit.head(session)


def _tamper(session: Session, *statements: str) -> None:
    """Do what an operator with the database at hand can do."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.execute(text("DROP TRIGGER audit_event_refuses_UPDATE"))
        connection.execute(text("DROP TRIGGER audit_event_refuses_DELETE"))
    else:
        connection.execute(text("ALTER TABLE audit_event DISABLE TRIGGER USER"))
    for statement in statements:
        connection.execute(text(statement))


def _rules(store: Store, expected: Head | None = None) -> set[tuple[str, int]]:
    with store.reading() as session:
        noted = () if expected is None else (expected,)
        return {(one.rule, one.line) for one in audit.verify(session, *noted)}


def test_an_empty_audit_holds(store: Store) -> None:
    assert _rules(store) == set()
    assert _rules(store, Head(0, audit.GENESIS)) == set()


def test_an_untouched_audit_holds(store: Store, head: Head) -> None:
    assert head.sequence == 5
    assert _rules(store) == _rules(store, head) == set()


def test_it_still_holds_when_it_has_grown_since_the_head_was_noted(
    store: Store, head: Head
) -> None:
    with store.writing() as session:
        audit.append(session, _event(5))
    assert _rules(store, head) == set()


def test_sequences_have_no_gap_and_seal_each_other(store: Store, head: Head) -> None:
    with store.reading() as session:
        events = session.exec(select(AuditEvent).order_by(col(AuditEvent.sequence))).all()
    assert [event.sequence for event in events] == [1, 2, 3, 4, 5]
    assert [event.previous_hash for event in events][1:] == [event.hash for event in events][:-1]
    assert events[-1].hash == head.hash


@pytest.mark.parametrize(
    "column",
    [
        *("at", "actor", "command", "subject", "key", "body_hash", "before", "after"),
        *("origin", "answer", "previous_hash", "hash"),
    ],
)
@pytest.mark.usefixtures("head")
def test_an_edit_of_any_field_is_found(store: Store, column: str) -> None:
    with store.writing() as session:
        _tamper(session, f"UPDATE audit_event SET {column} = 'x' WHERE sequence = 3")
    assert ("audit.seal", 3) in _rules(store)


@pytest.mark.usefixtures("head")
def test_a_deleted_event_is_found(store: Store) -> None:
    with store.writing() as session:
        _tamper(session, "DELETE FROM audit_event WHERE sequence = 3")
    assert _rules(store) == {("audit.gap", 4), ("audit.order", 4)}


@pytest.mark.usefixtures("head")
def test_a_deleted_first_event_is_found(store: Store) -> None:
    with store.writing() as session:
        _tamper(session, "DELETE FROM audit_event WHERE sequence = 1")
    assert ("audit.gap", 2) in _rules(store)


@pytest.mark.usefixtures("head")
def test_an_inserted_event_is_found(store: Store) -> None:
    with store.writing() as session:
        _tamper(
            session,
            "UPDATE audit_event SET sequence = -sequence WHERE sequence > 3",
            "UPDATE audit_event SET sequence = 1 - sequence WHERE sequence < 0",
            "INSERT INTO audit_event SELECT 4, at, actor, command, subject, 'new', body_hash, "
            "before, after, origin, answer, previous_hash, hash FROM audit_event WHERE sequence=3",
        )
    assert {("audit.seal", 4), ("audit.order", 4), ("audit.seal", 5)} <= _rules(store)


@pytest.mark.usefixtures("head")
def test_two_swapped_events_are_found(store: Store) -> None:
    with store.writing() as session:
        _tamper(
            session,
            "UPDATE audit_event SET sequence = 99 WHERE sequence = 2",
            "UPDATE audit_event SET sequence = 2 WHERE sequence = 3",
            "UPDATE audit_event SET sequence = 3 WHERE sequence = 99",
        )
    assert {("audit.seal", 2), ("audit.seal", 3)} <= _rules(store)


def test_a_cut_tail_is_found_by_the_head_that_was_noted(store: Store, head: Head) -> None:
    with store.writing() as session:
        _tamper(session, "DELETE FROM audit_event WHERE sequence > 3")
    assert _rules(store) == set()
    assert _rules(store, head) == {("audit.head", 5)}


def test_an_audit_that_was_emptied_is_found_by_the_head(store: Store, head: Head) -> None:
    with store.writing() as session:
        _tamper(session, "DELETE FROM audit_event")
    assert _rules(store, head) == {("audit.head", 5)}


@pytest.mark.usefixtures("head")
def test_a_cut_tail_is_found_by_the_rows_it_leaves_behind(store: Store) -> None:
    with store.writing() as session:
        session.add(Rate(revision=5, from_currency="EUR", to_currency="USD", rate="1"))
        _tamper(session, "DELETE FROM audit_event WHERE sequence > 3")
    assert _rules(store) == {("audit.tail", 5)}


@pytest.mark.usefixtures("head")
def test_a_finding_says_where(store: Store) -> None:
    with store.writing() as session:
        _tamper(session, "UPDATE audit_event SET actor = 'bob' WHERE sequence = 2")
    with store.reading() as session:
        (found,) = audit.verify(session)
    assert str(found) == "audit_event line 2: it was changed after it was written"


class _UndoneError(Exception):
    """Takes a tampering back."""


def _tampering(chance: random.Random) -> tuple[str, ...]:
    """One of what an operator could do: edit, delete, swap, cut, repeat or say again."""
    one, two = chance.sample(range(1, 6), 2)
    column = chance.choice(("at", "actor", "command", "subject", "key", "before", "after", "hash"))
    suffix = chance.choice("xyz0")
    copied = (
        "at, actor, command, subject, 'again', body_hash, before, after, origin, answer, "
        "previous_hash, hash"
    )
    return chance.choice(
        (
            (f"UPDATE audit_event SET {column} = {column} || '{suffix}' WHERE sequence={one}",),
            (f"DELETE FROM audit_event WHERE sequence = {one}",),
            (f"DELETE FROM audit_event WHERE sequence >= {one}",),
            (
                f"UPDATE audit_event SET sequence = 99 WHERE sequence = {one}",
                f"UPDATE audit_event SET sequence = {one} WHERE sequence = {two}",
                f"UPDATE audit_event SET sequence = {two} WHERE sequence = 99",
            ),
            (f"INSERT INTO audit_event SELECT 6, {copied} FROM audit_event WHERE sequence={one}",),
        )
    )


def test_of_two_hundred_tamperings_each_is_found(store: Store, head: Head) -> None:
    chance, found = random.Random(20261121), 0
    for _ in range(200):
        with suppress(_UndoneError), store.writing() as session:
            _tamper(session, *_tampering(chance))
            found += bool(audit.verify(session, head))
            raise _UndoneError
    assert found == 200
    assert _rules(store, head) == set()
