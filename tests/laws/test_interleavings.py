"""Two who edit one decision: in whatever order their steps come, no word of either is lost."""

from __future__ import annotations

import itertools
import random
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import make_workspace
from finops.errors import EditConflict
from finops.operations.decisions import decide
from finops.operations.decisions import Decision
from finops.operations.decisions import Kind
from finops.operations.entries import history
from finops.operations.entries import log_of
from finops.operations.merging import merged
from tests.operations.room import by
from tests.operations.room import decision
from tests.operations.room import meeting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finops.access.workspace import Workspace

WORDS = 2
"""How many words each of the two adds in one interleaving."""

FEW = 25
"""How many interleavings share a record, which grows with each of them."""


class Editor:
    """One of the two: sees the decision, adds a word, and merges where the other was faster."""

    def __init__(self, workspace: Workspace, key: str, words: list[str]) -> None:
        self.workspace, self.key, self.left = workspace, key, words
        self.seen: Decision | None = None
        self.mine: Decision | None = None

    def step(self) -> None:
        """Look, or write what was seen with a word more, or merge with what came between."""
        if self.seen is None:
            self.seen = log_of(self.workspace).find(Decision, self.key)
            return
        words = (*self.seen.drivers, self.left[0])
        entry = self.mine or self.seen.model_copy(update={"drivers": words})
        try:
            decide(self.workspace.store, **by(self.left[0]), entry=entry)
        except EditConflict as conflict:
            around = {"key": self.key, "meeting": entry.meeting, "version": conflict.version}
            theirs = Decision.model_validate({**conflict.theirs, **around})
            self.mine = merged(self.seen, theirs, entry)
            self.seen = theirs
        else:
            self.left.pop(0)
            self.seen = self.mine = None


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, str]]:
    """A workspace with a meeting."""
    workspace = make_workspace(tmp_path_factory.mktemp("two"))
    yield workspace, meeting(workspace)
    workspace.close()


def decided(workspace: Workspace, held: str) -> str:
    entry = decision(meeting=held, purpose=Kind.ACCEPT, expected=0)
    return decide(workspace.store, **by(), entry=entry).key


def interleave(workspace: Workspace, held: str, seed: int) -> tuple[set[str], list[set[str]]]:
    """Let the two take their steps in an order of chance: what they said, and each version."""
    chance = random.Random(seed)
    key = decided(workspace, held)
    two = [Editor(workspace, key, [f"{who}{place}" for place in range(WORDS)]) for who in "ab"]
    said = {word for editor in two for word in editor.left}
    while still := [editor for editor in two if editor.left]:
        chance.choice(still).step()
    versions = [one.drivers for one in history(workspace, Decision, key)]
    assert len(versions[-1]) == len(said)
    return said, [set(drivers) for drivers in versions]


def kept(said: set[str], versions: list[set[str]]) -> bool:
    """Whether each version has one word more than the one before, and the last has them all."""
    grown = all(before < after for before, after in itertools.pairwise(versions))
    return grown and versions[-1] == said and len(versions) == 1 + len(said)


def test_no_order_of_two_editors_steps_loses_a_word(begun: tuple[Workspace, str]) -> None:
    for seed in range(FEW):
        assert kept(*interleave(*begun, seed))


@pytest.mark.thorough
@pytest.mark.parametrize("first", range(FEW, 1000, FEW))
def test_no_order_of_a_thousand_loses_a_word(first: int, fresh: Workspace) -> None:
    held = meeting(fresh)
    for seed in range(first, first + FEW):
        assert kept(*interleave(fresh, held, seed))


def test_two_threads_at_once_lose_no_word(begun: tuple[Workspace, str]) -> None:
    workspace, held = begun
    key = decided(workspace, held)
    two = [Editor(workspace, key, [f"{who}{place}" for place in range(8)]) for who in "ab"]
    said = {word for editor in two for word in editor.left}

    def work(editor: Editor) -> None:
        while editor.left:
            editor.step()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, two))
    assert sorted(history(workspace, Decision, key)[-1].drivers) == sorted(said)


def test_one_request_sent_twice_at_once_has_one_effect(begun: tuple[Workspace, str]) -> None:
    workspace, held = begun
    entry = decision(meeting=held, purpose=Kind.ACCEPT, expected=0, choice="once")

    def send(_: int) -> str:
        return decide(workspace.store, **by(key="one-click"), entry=entry).key

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(send, range(8)))
    assert len(found) == 1
    assert sum(one.choice == "once" for one in log_of(workspace).of(Decision)) == 1
