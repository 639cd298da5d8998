"""`finops review take, digest, issues`: what leaves a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.access.workspace import make_workspace
from finops.operations.actions import act
from tests.operations.room import action
from tests.operations.room import by
from tests.operations.room import meeting

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.conftest import Answer


def test_a_meeting_leaves_as_a_file_a_message_and_new_issues(
    finops: Callable[..., Answer],
    workspace: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = make_workspace(workspace)
    act(made.store, **by(), entry=action(meeting=meeting(made), title="Switch it off"))
    made.close()
    pdf = tmp_path / "minutes.pdf"
    taken = finops("--json", "review", "take", str(pdf)).document
    assert (taken["bytes"], taken["figures"]) == (pdf.stat().st_size, "provisional")
    assert finops("review", "take", str(tmp_path / "minutes.docx")).code == 2
    assert "Switch it off, Ines" in finops("review", "digest").out
    assert finops("review", "digest", "--send").code == 2
    assert "The setting `issues` names where" in finops("review", "issues").out
    monkeypatch.setenv("FINOPS_ISSUES", "github+https://github.com/acme/infra")
    links = finops("--json", "review", "issues").document["issues"]
    assert links[0]["link"].startswith("https://github.com/acme/infra/issues/new?title=Switch")


def test_the_kit_is_printed_or_written(finops: Callable[..., Answer], tmp_path: Path) -> None:
    assert "# Your first cost review" in finops("review", "kit").out
    for name, begins in (("kit.md", "# Your"), ("kit.html", "<!doctype html>")):
        assert finops("review", "kit", "--out", str(tmp_path / name)).code == 0
        assert (tmp_path / name).read_text().startswith(begins)
