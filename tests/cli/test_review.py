"""`finops review`: a whole meeting from the command line."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import make_workspace
from tests.operations.room import SCOPE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Answer


WORDS = (
    *("--question", "Both?", "--choice", "One", "--owner", "Ines", "--expected", "-300"),
    *("--scope", SCOPE, "--due", "2026-05-01"),
)
ACTION = ("--title", "Do", "--owner", "Ines", "--due", "2026-06-01")


@pytest.mark.usefixtures("in_may")
def test_a_meeting_is_planned_held_closed_and_scored(  # noqa: PLR0915 -- one meeting, whole
    finops: Callable[..., Answer],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = finops("--json", "review", "new", "--day", "2026-05-24", "--attendee", "Ann=Finance")
    assert said.code == 0, said.err
    assert (said.document["month"], said.document["day"]) == ("2026-04", "2026-05-24")
    decided = finops("--json", "review", "decide", *WORDS).document
    assert Decimal(decided["baseline"]["amount"]) == 900
    key, version = decided["key"], str(decided["version"])
    edited = ("review", "decide", "--key", key, "--version", version, "--dissent", "Bob doubts")
    assert finops("--json", *edited).document["question"] == "Both?"
    late = finops(*edited)
    assert late.code == 2
    assert "while you were writing" in late.err
    act = finops("--json", "review", "act", *ACTION, "--decision", key)
    assert act.document["progress"] == "open"
    assert "Bob doubts" in finops("review", "minutes").out
    closed = finops("--json", "review", "close")
    assert len(closed.document["sha256"]) == 64
    page = tmp_path / "minutes.html"
    final = finops("--json", "review", "minutes", "--meeting", "2026-04", "--html", str(page))
    assert final.document["final"] is True
    assert page.read_text().startswith("<!doctype html>")
    monkeypatch.setenv("FINOPS_TODAY", "2026-06-20")
    finops("review", "new", "--day", "2026-06-24")
    found = finops("--json", "review", "outcomes").document
    assert [one["result"] for one in found["outcomes"]] == ["hit"]
    assert Decimal(found["outcomes"][0]["effect"]) == -300
    agenda = finops("--json", "review", "agenda", "--refresh").document
    assert "Do: 19 days late" in {one["title"] for one in agenda["items"]}


def test_what_does_not_fit_is_named(finops: Callable[..., Answer], workspace: Path) -> None:
    make_workspace(workspace).close()
    assert "is no day" in finops("review", "new", "--day", "soon").err
    assert "no meeting yet" in finops("review", "agenda").err
    assert (
        "no request 'C9'"
        in finops("review", "answer", "C9", "--cause", "x", "--lasting", "lasting").err
    )
