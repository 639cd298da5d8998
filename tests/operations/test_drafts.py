"""Drafts: what was typed comes back to whoever typed it, and to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.operations.drafts import Draft
from finops.operations.drafts import drop
from finops.operations.drafts import find
from finops.operations.drafts import FOLDER
from finops.operations.drafts import keep

if TYPE_CHECKING:
    from pathlib import Path

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
