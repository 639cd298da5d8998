"""The month by one dimension: how many are told apart is the reader's to say."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.ingestion import ingest

MENU = Path(__file__).parents[2] / "pages" / "menu.py"


@pytest.fixture
def overview(workspace: Path, shared: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The overview of a real bill with more services than a chart can tell apart."""
    made = make_workspace(workspace)
    bill = str(shared / "focus10-sample" / "focus_sample.csv")
    at = datetime(2024, 10, 4, tzinfo=UTC)
    ingest.run(made, [bill], actor=local_actor(), at=at)
    made.close()
    monkeypatch.setenv("FINOPS_WORKSPACE", str(workspace))
    portal = AppTest.from_file(MENU, default_timeout=60)
    portal.query_params["period"] = "2024-09"
    return portal.run()


def test_the_reader_says_how_many_services_are_told_apart(overview: AppTest) -> None:
    assert not overview.exception
    (slider,) = overview.slider
    assert (slider.label, slider.min, slider.max, slider.value) == ("Services told apart", 3, 20, 8)
    slider.set_value(12).run()
    assert not overview.exception
    assert overview.slider[0].value == 12
