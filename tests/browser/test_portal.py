"""The portal in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from finops.access.workspace import open_workspace
from finops.ingestion import history
from finops.invoicing import books_of
from tests.browser.conftest import choose
from tests.browser.conftest import drawn
from tests.browser.conftest import served
from tests.pages import bills

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

PAGES = (
    ("", "Overview"),
    ("reconciliation", "Reconciliation"),
    ("data", "Data"),
    ("rules", "Rules"),
    ("worklist", "Worklist"),
    ("engineering", "Engineering"),
)
each_page = pytest.mark.parametrize(("path", "title"), PAGES)
FURTHER = (
    ("finance", "Finance"),
    ("product", "Product"),
    ("practitioner", "FinOps practitioner"),
    ("allocation", "Allocation & showback"),
    ("unit-economics", "Unit economics"),
    ("savings", "Savings & credit"),
    ("review", "Review meeting"),
    ("audit", "Access & audit"),
)
every_page = pytest.mark.parametrize(("path", "title"), [*PAGES, *FURTHER])
GRAVE = {"serious", "critical"}
THEIRS = ("stDataFrame", "stHeader", "stSidebarNav", "stMetricChart")
"""What Streamlit draws by itself and gets wrong: a list whose items are not its children, lines
without a title."""


@each_page
def test_the_first_link_after_a_start_shows_the_framed_page(
    path: str, title: str, three_months: Path, open_page: Open
) -> None:
    with served(three_months) as address:
        page = open_page(f"{address}/{path}")
        expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
        expect(page.get_by_text("open, not yet reconciled")).to_be_visible()
        for _, other in PAGES:
            expect(page.get_by_role("link", name=other)).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)
        page.context.close()


@every_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_can_be_read_by_everyone(
    path: str, title: str, scheme: str, portal: str, open_page: Open
) -> None:
    page = open_page(f"{portal}/{path}", scheme=scheme)
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    context = {"exclude": [[f"[data-testid={part}]"] for part in THEIRS]}
    found = Axe().run(page, context=context).response["violations"]
    grave = [
        f"{fault['id']}: {node['html'][:200]}"
        for fault in found
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
    ]
    assert grave == []


@each_page
def test_nothing_that_a_page_needs_is_refused(
    path: str, title: str, portal: str, open_page: Open
) -> None:
    page = open_page(f"{portal}/{path}")
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    refused = set(page.evaluate("window.refused"))
    assert refused <= {"script-src wasm-eval"}  # a faster decoder that is done without


def test_a_hostile_name_is_only_text(portal: str, open_page: Open) -> None:
    page = open_page(portal)
    expect(page.get_by_text(":red[a]").first).to_be_visible()
    assert page.locator("a[href*=evil]").count() == 0
    assert page.locator(".katex").count() == 0


def test_every_chart_is_told_in_words_and_can_be_a_table(portal: str, open_page: Open) -> None:
    page = open_page(portal)
    charts = page.get_by_test_id("stPlotlyChart")
    expect(charts).to_have_count(7)
    expect(page.get_by_label("Cost by day: October 2026 943.43")).to_be_visible()
    page.get_by_text("Show as table").first.click()
    expect(charts).to_have_count(6)
    expect(page.get_by_test_id("stDataFrame")).to_have_count(1)


def test_what_is_chosen_stays_from_page_to_page_and_in_the_link(
    portal: str, open_page: Open
) -> None:
    page = open_page(f"{portal}/?period=2026-09&basis=Billed")
    expect(page.get_by_text("September 2026 was billed")).to_be_visible()
    page.get_by_role("link", name="Data").click()
    expect(page.get_by_role("heading", name="Data", level=1)).to_be_visible()
    expect(page.get_by_text("September 2026: open")).to_be_visible()
    again = open_page(page.url)
    expect(again.get_by_text("September 2026: open")).to_be_visible()


def test_two_clicks_on_import_bring_the_bill_in_once(tmp_path: Path, open_page: Open) -> None:
    folder = bills.nothing(tmp_path)
    bill = bills.write(tmp_path / "october.csv", bills.charges("2026-10"))
    with served(folder) as address:
        page = open_page(f"{address}/data")
        page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(bill)
        button = page.get_by_test_id("stBaseButton-primary")
        expect(button).to_be_enabled()
        button.dblclick()
        expect(page.get_by_text("93 charges are in")).to_be_visible()
        drawn(page)
        expect(page.get_by_text("Charges are in to 31 Oct 2026")).to_be_visible()
        page.context.close()
    workspace = open_workspace(folder)
    assert len(history.imports(workspace)) == 1
    assert len(workspace.snapshots()) == 1
    workspace.close()


def test_a_bill_that_does_not_hold_is_told_by_its_rows(tmp_path: Path, open_page: Open) -> None:
    folder = bills.nothing(tmp_path)
    rows = bills.charges("2026-10")
    rows[4]["BilledCost"] = "1,5"
    bill = bills.write(tmp_path / "october.csv", rows)
    with served(folder) as address:
        page = open_page(f"{address}/data")
        page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(bill)
        page.get_by_test_id("stBaseButton-primary").click()
        expect(page.get_by_text("was rejected and nothing was changed")).to_be_visible()
        page.get_by_text("Leave out rows that do not hold").click()
        expect(page.get_by_text("was rejected and nothing was changed")).to_have_count(0)
        page.get_by_test_id("stBaseButton-primary").click()
        expect(page.get_by_text("92 charges are in")).to_be_visible()
        page.context.close()


def test_two_clicks_on_explain_record_it_once(untied: Path, open_page: Open) -> None:
    """The second click may meet a form that is done: what counts is the page that stays."""
    with served(untied) as address:
        page = open_page(f"{address}/reconciliation")
        page.get_by_text("Explain the difference").click()
        choose(page, "Reason", "support")
        page.get_by_label("Evidence").fill("Ticket 7")
        page.get_by_label("Evidence").blur()
        drawn(page)
        expect(page.get_by_label("Evidence")).to_have_value("Ticket 7")
        expect(page.get_by_role("combobox", name="Reason")).to_have_value("support")
        page.get_by_test_id("stBaseButton-primaryFormSubmit").first.dblclick()
        expect(page.get_by_text("October 2026 ties:")).to_be_visible(timeout=120_000)
        drawn(page)
        expect(page.get_by_text("+12.50\u00a0USD is UNEXPLAINED.")).to_have_count(0)
        page.context.close()
    workspace = open_workspace(untied)
    snapshots = workspace.snapshots()
    assert len(snapshots) == 5
    assert len(books_of(workspace, snapshots[-1]).explained) == 1
    workspace.close()


def test_from_the_overview_to_the_rows_of_what_is_unexplained_in_two_clicks(
    untied: Path, open_page: Open
) -> None:
    with served(untied) as address:
        page = open_page(address)
        page.get_by_role("link", name="12.50\u00a0USD unexplained").click()
        expect(page.get_by_role("heading", name="Reconciliation", level=1)).to_be_visible()
        expect(page.get_by_text("+12.50\u00a0USD is UNEXPLAINED.")).to_be_visible()
        page.get_by_role("radio", name="Line by line").click()
        expect(page.get_by_role("region", name="Charges, the largest first")).to_be_visible()
        page.context.close()
