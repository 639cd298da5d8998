"""The rules page, as the practitioner uses it: what is there, what is missing, and bringing it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Visit

RULES = "operate/rules.py"


def click(at: AppTest, label: str, place: int = 0) -> None:
    """Press one of the buttons of this name."""
    [button for button in at.button if button.label == label][place].click().run()


def test_rates_are_told_by_pair_and_kind(visit: Visit, abroad: Path) -> None:
    at = visit(abroad, RULES)
    rates = next(one.value for one in at.dataframe if "Kind" in one.value)
    assert set(rates["From"]) == {"EUR"}
    assert set(rates["To"]) == {"USD"}


def test_it_opens_with_what_is_in_and_what_is_missing(visit: Visit, planned: Path) -> None:
    first = visit(planned, RULES).markdown[0].value.replace("\u00a0", " ")
    assert "Units are in for 1 of 2 products for October 2026, with days missing" in first
    assert "budgets for FY26 cover 65.8 % of cost; 1 event." in first


def test_metrics_are_a_chart_and_a_table_of_gaps(visit: Visit, planned: Path) -> None:
    at = visit(planned, RULES)
    gaps = next(one.value for one in at.dataframe if "First missing" in one.value)
    assert list(gaps["Missing"]) == [1, 0]
    at.toggle(key="table-metric-months").set_value(True).run()
    assert at.selectbox(key="metric").options == ["checkout: orders", "payments: payments"]
    months = next(one.value for one in at.dataframe if "Month" in one.value)
    assert list(months["checkout: orders (orders)"]) == [463]


def test_a_file_comes_in_once_and_a_wrong_one_not_at_all(
    visit: Visit, three_months: Path, tmp_path: Path
) -> None:
    at = visit(shutil.copytree(three_months, tmp_path / "own"), RULES)
    place = [box.label for box in at.file_uploader].index("A file of budgets (csv, xlsx)")
    content = b"fiscal_period,scope,amount,currency\nFY26,all,100,USD\n"
    at.file_uploader[place].upload("plan.csv", content, "text/csv").run()
    click(at, "Add budgets")
    assert "plan.csv: 1 added" in at.success[0].value.replace("\\", "")
    assert "budgets for FY26 cover 100.0" in at.markdown[0].value
    at.file_uploader[place].upload("plan.csv", content, "text/csv").run()
    click(at, "Add budgets")
    assert "nothing new, 1 row is there" in at.success[0].value.replace("\\", "")
    at.file_uploader[place].upload("wrong.csv", content + b"FY26,x,1,USD\n", "text/csv").run()
    click(at, "Add budgets")
    assert "wrong.csv line 3, scope 'x'" in at.error[0].value.replace("\\", "")


@pytest.mark.parametrize("amount", ["12.50", "1,5"])
def test_one_row_is_typed_or_refused_by_its_column(
    visit: Visit, three_months: Path, tmp_path: Path, amount: str
) -> None:
    folder = shutil.copytree(three_months, tmp_path / "own")
    at = visit(folder, RULES)
    typed = {"fiscal_period": "FY26 Q4", "scope": "x_Team=search", "currency": "USD"}
    for field in at.text_input:
        name = str(field.key).split("-")[-1]
        if str(field.key).startswith("budgets-typed"):
            field.set_value((typed | {"amount": amount}).get(name, ""))
    order = ["rates", "metrics", "budgets", "events"]
    click(at, "Keep the row", order.index("budgets"))
    assert not at.exception
    workspace = open_workspace(folder)
    number = len(workspace.snapshots())
    workspace.close()
    if amount == "12.50":
        assert "One row: 1 added" in at.success[0].value.replace("\\", "")
        assert number == 4
    else:
        assert "amount '1,5': expected a number" in at.error[0].value.replace("\\", "")
        assert number == 3
