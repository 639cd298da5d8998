"""Drafts: what was typed comes back to whoever typed it, and to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.operations import actions
from finops.operations.drafts import arrived
from finops.operations.drafts import Draft
from finops.operations.drafts import drop
from finops.operations.drafts import find
from finops.operations.drafts import FOLDER
from finops.operations.drafts import keep
from tests.operations.room import action
from tests.operations.room import by
from tests.operations.room import meeting

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

HOSTILE = "=1+1 <script> $x$ :red[ \u202e 😀\n../../etc"


def test_a_draft_comes_back_to_its_writer_alone(tmp_path: Path) -> None:
    keep(tmp_path, "Ann/..", "review-decide", Draft({"choice": HOSTILE}, 7))
    keep(tmp_path, "Ann/..", "review-decide", Draft({"choice": HOSTILE}, 8))
    assert find(tmp_path, "Ann/..", "review-decide") == Draft({"choice": HOSTILE}, 8)
    assert find(tmp_path, "Bob", "review-decide") is None
    assert len(list((tmp_path / FOLDER).iterdir())) == 1
    drop(tmp_path, "Ann/..", "review-decide")
    drop(tmp_path, "Ann/..", "review-decide")
    assert find(tmp_path, "Ann/..", "review-decide") is None


def test_a_draft_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    keep(tmp_path, "Ann", "f", Draft({"a": "b"}))
    (path,) = (tmp_path / FOLDER).iterdir()
    path.write_text('{"said": []', "utf-8")
    assert find(tmp_path, "Ann", "f") is None


def test_what_was_sent_and_took_effect_is_known_from_its_draft(opened: Workspace) -> None:
    draft = Draft({"title": "Switch off"}, key="1a", sent="review-act-1a")
    keep(opened.root, "Ann", "review-act", draft)
    assert find(opened.root, "Ann", "review-act") == draft
    assert not arrived(opened.store, draft)
    entry = action(meeting=meeting(opened))
    actions.act(opened.store, **by(key="review-act-1a"), entry=entry)
    assert arrived(opened.store, draft)
    assert not arrived(opened.store, draft._replace(sent=""))
