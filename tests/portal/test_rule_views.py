"""Views of mapping rules where there are none; with rules they are tested as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

from tests.pages import bills

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_without_a_change_there_is_nothing_to_publish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINOPS_WORKSPACE", str(bills.three_months(tmp_path)))

    def draw() -> None:
        from finops.portal import desk  # noqa: PLC0415 -- runs as a script of its own
        from finops.portal import rule_views  # noqa: PLC0415

        rule_views.change(desk.whole())

    at = AppTest.from_function(draw, default_timeout=60).run()
    assert not at.exception
    assert "The draft is what is published" in at.caption[0].value
    assert not [one for one in at.button if one.label == "Publish"]
