"""A law: whatever two editors of one decision do, in whichever order, no word is lost."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import make_workspace
from finops.errors import EditConflict
from finops.operations.decisions import decide
from finops.operations.decisions import Decision
from finops.operations.entries import find
from finops.operations.merging import merged
from tests.operations.room import by
from tests.operations.room import decision

if TYPE_CHECKING:
    from pathlib import Path

    from finops.records.store import Store

ROUNDS = 1000
FIELDS = ("context", "dissent", "choice")


def read(store: Store, key: str) -> Decision:
    with store.reading() as session:
        found = find(session, Decision, key)
    assert found
    return found


def save(store: Store, name: str, seen: Decision, word: str, field: str) -> bool:
    """Write a word into a field of what was seen; on a conflict, what both wrote."""
    text = f"{getattr(seen, field)} {word}".strip()
    mine = seen.model_copy(update={field: text})
    try:
        decide(store, **by(name), entry=mine)
    except EditConflict as conflict:
        theirs = read(store, seen.key)
        held = (conflict.version, conflict.yours[field], conflict.theirs)
        expected = (theirs.version, text, theirs.words())
        decide(store, **by(name), entry=merged(seen, theirs, mine))
        return held == expected
    return False


@pytest.mark.thorough
def test_no_update_is_lost_in_a_thousand_interleavings(tmp_path: Path) -> None:
    """Two editors each read and write once, in a random order; a new decision now and then."""
    opened = make_workspace(tmp_path / "w")
    random_, conflicts, key = random.Random(20261124), 0, ""
    for place in range(ROUNDS):
        if place % 20 == 0:
            key = decide(opened.store, **by(), entry=decision()).key
        order = random_.sample(["Ann", "Bob", "Ann", "Bob"], k=4)
        seen: dict[str, Decision] = {}
        words: list[str] = []
        for name in order:
            if name not in seen:
                seen[name] = read(opened.store, key)
                continue
            words.append(f"{name} {place}.")
            field = random_.choice(FIELDS)
            conflicts += save(opened.store, name, seen[name], words[-1], field)
        last = read(opened.store, key)
        text = " ".join(str(getattr(last, field)) for field in FIELDS)
        assert all(word in text for word in words), (place, text)
    in_the_middle = 4 / 6
    assert abs(conflicts / ROUNDS - in_the_middle) < 0.05
    opened.close()
