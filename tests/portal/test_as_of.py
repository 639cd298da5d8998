"""What was believed on another day, on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.pages import bills

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Visit

OVERVIEW = "together/overview.py"


def test_a_link_may_look_back_and_the_seal_says_so_loudly(visit: Visit, three_months: Path) -> None:
    at = visit(three_months, OVERVIEW, **{"as-of": "2"})
    assert not at.exception
    assert at.get("badge") is not None
    told = " ".join(mark.value for mark in (*at.markdown, *at.caption))
    assert "what was believed then, not now" in told
    assert "Snapshot **2-" in told
    assert at.selectbox(key="period").options == [
        "October 2026 (FY26 Q4 P10)",
        "September 2026 (FY26 Q3 P09)",
    ]


def test_now_is_not_loud(visit: Visit, three_months: Path) -> None:
    for named in ("", "3"):
        at = visit(three_months, OVERVIEW, **{"as-of": named} if named else {})
        told = " ".join(mark.value for mark in (*at.markdown, *at.caption))
        assert "Snapshot **3-" in told
        assert "what was believed then" not in told


def test_a_day_shows_what_was_published_by_its_end(visit: Visit, tmp_path: Path) -> None:
    workspace = bills.three_months(tmp_path)
    at = visit(workspace, OVERVIEW, **{"as-of": "2001-01-01"})
    assert not at.exception
    assert any("No snapshot" in one.value for one in at.error)
    told = " ".join(mark.value for mark in (*at.markdown, *at.caption))
    assert "Snapshot **3-" in told
