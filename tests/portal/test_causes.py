"""Why the month differs, by cause: the waterfall, its table and sentence, and what is behind."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import bills

MENU = Path(__file__).parents[2] / "pages" / "menu.py"
SWITCH = "changed-by-ServiceName"


@pytest.fixture(scope="module")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three months of two currencies."""
    return bills.abroad(tmp_path_factory.mktemp("causes"))


@pytest.fixture
def by_cause(abroad: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The overview of October, told by cause."""
    monkeypatch.setenv("FINOPS_WORKSPACE", str(abroad))
    portal = AppTest.from_file(MENU, default_timeout=60)
    portal.query_params["period"] = "2026-10"
    portal.run()
    portal.segmented_control(key=SWITCH).set_value("By cause").run()
    assert not portal.exception
    return portal


def test_each_cause_is_a_step_and_the_table_ties(by_cause: AppTest) -> None:
    by_cause.toggle(key="table-causes").set_value(True).run()
    table = next(frame.value for frame in by_cause.dataframe if "Step" in frame.value)
    amounts = dict(zip(table["Step"], table["Amount (USD)"], strict=True))
    first, *steps, last = amounts.values()
    assert first + sum(steps) == last
    assert amounts["FX"] == Decimal("6.20")
    assert list(table["Left (USD)"])[-1] == 0


def test_every_number_of_the_sentence_is_in_the_table(by_cause: AppTest) -> None:
    by_cause.toggle(key="table-causes").set_value(True).run()
    table = next(frame.value for frame in by_cause.dataframe if "Step" in frame.value)
    shown = {f"{abs(n):,.2f}" for name in ("Amount (USD)", "Left (USD)") for n in table[name]}
    shown |= {f"{abs(n):.1f}" for n in table["Of the start (%)"] if n is not None}
    shown |= set(re.findall(r"\d+", " ".join(table["Step"])))
    (said,) = (one.value for one in by_cause.caption if "more than September" in one.value)
    plain = said.replace("\\", "")
    assert set(re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", plain)) <= shown


def test_a_step_leads_to_its_prices_and_their_resources(by_cause: AppTest) -> None:
    box = by_cause.selectbox(key="cause")
    assert "FX" in box.options
    before = len(by_cause.dataframe)
    box.select_index(box.options.index("FX")).run()
    assert not by_cause.exception
    parts, rows = (frame.value for frame in by_cause.dataframe[before : before + 2])
    assert list(parts["Service"]) == ["Hosting"]
    assert str(parts["Amount (USD)"][0]) == "6.20"
    assert list(rows["October 2026 (USD)"]) == [Decimal("74.40")]
