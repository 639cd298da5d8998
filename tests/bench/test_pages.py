from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from finops.bench.pages import pages

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_without_a_browser_pages_are_said_not_to_be_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert pages(tmp_path, rounds=1, say=told.append) == ()
    assert told == ["no browser here: pages are not measured"]
