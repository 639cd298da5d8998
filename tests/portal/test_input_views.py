"""Views of what people told, in an empty workspace; with data they are tested as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

from finops.access.workspace import make_workspace

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_while_there_is_nothing_each_says_which_file_unlocks_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_workspace(tmp_path).close()
    monkeypatch.setenv("FINOPS_WORKSPACE", str(tmp_path))

    def draw() -> None:
        from finops.portal import input_views  # noqa: PLC0415 -- runs as a script of its own

        for view in (input_views.metrics, input_views.budgets, input_views.events):
            view(None)

    at = AppTest.from_function(draw, default_timeout=60).run()
    assert not at.exception
    told = " ".join(mark.value for mark in at.markdown)
    assert told.count("One file unlocks") == 3
