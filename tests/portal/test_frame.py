"""The frame around every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.access.actor import Actor
from finops.portal import desk

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.pages.conftest import Visit


def test_who_may_see_nothing_is_told_so_and_sees_no_menu(
    visit: Visit, three_months: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "actor", lambda: Actor("mallory"))
    at = visit(three_months, "together/overview.py")
    assert at.error[0].value == "mallory may not see any page."
    assert [one.label for one in at.selectbox] == ["Look as"]
