"""The Rules page in a real browser: a file and a row come in once, however they are clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from finops.access.workspace import open_workspace
from finops.ingestion.budgets import budgets_of
from finops.ingestion.metrics import metrics_of
from tests.browser.conftest import drawn
from tests.browser.conftest import served
from tests.pages import bills

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Open

pytestmark = pytest.mark.browser


def type_a_budget(page: Page) -> None:
    """Fill the fields of one budget, and click twice."""
    page.get_by_text("Bring in or correct budgets").click()
    page.get_by_role("tab", name="One row").last.click()
    typed = {"Fiscal period": "FY26", "Scope": "x_Team=search", "Amount": "3000", "Currency": "USD"}
    for label, value in typed.items():
        field = page.get_by_label(label, exact=True).locator("visible=true")
        field.fill(value)
        field.blur()
        drawn(page)
    page.get_by_role("button", name="Keep the row").locator("visible=true").dblclick()


def test_a_file_and_a_row_come_in_once_and_the_first_line_follows(
    tmp_path: Path, open_page: Open
) -> None:
    folder = bills.three_months(tmp_path)
    days = "\n".join(f"2026-10-{day:02},checkout,orders,100,units" for day in range(1, 32))
    file = tmp_path / "orders.csv"
    file.write_text(f"date,product,unit,amount,kind\n{days}\n")
    with served(folder) as address:
        page = open_page(f"{address}/rules")
        expect(page.get_by_text("No units of business are in")).to_be_visible()
        page.get_by_text("Bring in or correct metrics").click()
        page.get_by_test_id("stFileUploaderDropzoneInput").nth(1).set_input_files(file)
        add = page.get_by_role("button", name="Add metrics")
        expect(add).to_be_enabled()
        add.dblclick()
        expect(page.get_by_text("orders.csv: 31 added")).to_be_visible()
        expect(
            page.get_by_text("Units are in for 1 of 1 products for October 2026")
        ).to_be_visible()
        expect(page.get_by_label("checkout: orders by month")).to_be_visible()
        type_a_budget(page)
        expect(page.get_by_text("One row: 1 added")).to_be_visible()
        expect(page.get_by_text("budgets for FY26 cover 65.8")).to_be_visible()
        page.context.close()
    workspace = open_workspace(folder)
    assert len(workspace.snapshots()) == 5
    assert len(metrics_of(workspace, None)) == 31
    assert len(budgets_of(workspace, None)) == 1
    workspace.close()
