"""Finance and an engineering lead at one bill: the same movements, a word each, one rule of two."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.access.workspace import open_workspace
from finops.allocation.published import newest_version
from finops.allocation.published import publish_rules
from finops.core.mapping import RuleSet
from finops.operations.disputes import disputes_of
from finops.operations.entries import log_of
from finops.operations.standing import Acceptance
from tests.browser.conftest import drawn
from tests.browser.conftest import served
from tests.invoicing.bill import AT
from tests.invoicing.bill import bring
from tests.invoicing.bill import invoice
from tests.invoicing.bill import tell
from tests.invoicing.closable import charge
from tests.operations import owned

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator
    from playwright.sync_api import Page

    from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

MONTHS = ("2026-03", "2026-04", "2026-05")
MACHINES = 12
RULE = {"id": "hpc", "when": {"service": "HPC"}, "then": {"x_Team": "data"}, "note": "as agreed"}


def cost(machine: int, month: str) -> int:
    """Every machine costs 100; in May every second one more, the others less."""
    return 100 + (machine if machine % 2 else -machine) * 3 * (month == MONTHS[-1])


def charges(month: str) -> list[dict[str, str]]:
    """A charge of each machine, by turns of search and of data."""
    tags = ('{"team": "search"}', '{"team": "data"}')
    return [
        charge(
            str(cost(machine, month)), month, ResourceId=f"r-{machine:02}",
            Tags=tags[machine % 2], ServiceName=("VM", "Disk")[machine % 3 == 0],
        )
        for machine in range(1, MACHINES + 1)
    ]  # fmt: skip


@pytest.fixture
def company(tmp_path: Path) -> Path:
    """Three closed months of two teams, and one rule that is agreed."""
    workspace = make_workspace(tmp_path / "workspace")
    owned.organize(workspace)
    for month in MONTHS:
        whole = sum(cost(machine, month) for machine in range(1, MACHINES + 1))
        tell(workspace, invoice(month, str(whole), month=month))
        bring(workspace, tmp_path / f"{month}.csv", charges(month))
    owned.closed(workspace, *MONTHS)
    publish_rules(
        workspace.store, actor=local_actor("ana"), at=AT, origin="cli", root=workspace.root,
        rules=RuleSet.from_mapping({"rules": [RULE]}), base=0, reason="agreed",
    )  # fmt: skip
    workspace.close()
    (tmp_path / "workspace" / "finops.toml").write_text("today = 2026-06-10\n")
    return tmp_path / "workspace"


def fill(page: Page, label: str, text: str) -> None:
    """Type into a field, and go on when the page has taken it."""
    field = page.get_by_label(label, exact=True).locator("visible=true")
    field.fill(text)
    field.blur()
    drawn(page)
    expect(field).to_have_value(text)


def pick(page: Page, label: str, option: str) -> None:
    """Open a select and click an option."""
    box = page.get_by_role("combobox", name=label)
    box.click()
    page.get_by_role("option", name=option, exact=True).click()
    drawn(page)
    expect(box).to_have_value(option)


def press(page: Page, label: str) -> None:
    """Press a button, and wait until the page is still."""
    page.get_by_role("button", name=label, exact=True).locator("visible=true").click()
    drawn(page)


def movements(page: Page, view: str, name: str) -> list[tuple[str, Decimal]]:
    """The largest movements that a tree tells: each resource, and how far it moved."""
    tree = page.locator(f".st-key-view-{view}")
    tree.get_by_text("The 10 largest movements").click()
    drawn(page)
    table = tree.get_by_role("region", name=name)
    names, moved = (table.locator(f"td[aria-colindex='{place}']") for place in (1, 2))
    expect(names).to_have_count(10)
    found = zip(names.all_text_contents(), moved.all_text_contents(), strict=True)
    return [(one, Decimal(by)) for one, by in found]


def accept_and_dispute(lead: Page) -> None:
    """The lead accepts the team's statement, and disputes a line of the cost center's."""
    view = lead.locator(".st-key-view-statement")
    expect(view.get_by_text("search bears")).to_be_visible()
    view.get_by_text("Accept it", exact=True).click()
    press(lead, "Accept this statement")
    # Held against the view, so that a failure tells what stands there instead.
    expect(view).to_contain_text("the statement of May 2026 is accepted")
    expect(view.get_by_text("Ines Moreau accepted it on")).to_be_visible()
    taken_away(lead, view)
    view.get_by_text("Cost centers", exact=True).click()
    expect(view.get_by_text("CC-1 One bears")).to_be_visible()
    drawn(lead)
    expect(view.get_by_text("Dispute a line", exact=True)).to_have_count(1)
    view.get_by_text("Dispute a line", exact=True).click()
    pick(lead, "Line", "Direct cost")
    fill(lead, "Why is it wrong?", "the disks are of data")
    pick(lead, "Who should bear it?", "data")
    pick(lead, "Charges whose", "service")
    fill(lead, "is", "Disk")
    press(lead, "Dispute this line")
    expect(view.get_by_text("is on the record; data is asked")).to_be_visible()
    moved = view.get_by_role("region", name="What the proposed rule would have changed")
    expect(moved.locator("th")).to_have_text(
        ["Team", *(f"{month} 2026 (USD)" for month in ("March", "April", "May"))]
    )
    rows = [
        Decimal(text) for text in moved.locator("td:not([aria-colindex='1'])").all_text_contents()
    ]
    assert sum(rows[:3]) > 0
    assert [left + right for left, right in zip(rows[:3], rows[3:], strict=True)] == [0, 0, 0]


def taken_away(page: Page, view: Locator) -> None:
    """The statement is a file with the mark of its month; a table has no download of its own."""
    link = view.get_by_role("link", name="Statement as csv").get_attribute("href")
    answer = page.request.get(page.url.partition("/allocation")[0] + str(link))
    assert "statement-2026-05-search-" in answer.headers["content-disposition"]
    assert "-closed-" in answer.headers["content-disposition"]
    assert "Total" in answer.text()
    view.get_by_test_id("stDataFrame").first.hover()
    expect(view.get_by_test_id("stElementToolbar").first).to_be_visible()
    expect(page.get_by_role("button", name="Download as CSV")).to_have_count(0)


def the_other_owner_answers(finance: Page) -> None:
    """Whoever runs the review sees the dispute on the statement of the team that is asked."""
    finance.reload()
    drawn(finance)
    view = finance.locator(".st-key-view-statement")
    pick(finance, "Statement of", "data")
    expect(view.get_by_text("the disks are of data")).to_be_visible()
    view.get_by_text("Answer X").click()
    view.get_by_text("Refuse: the line stands").click()
    drawn(finance)
    fill(finance, "Why?", "the disks are of search")
    press(finance, "Answer")
    expect(view.get_by_text("Refused by ada: the disks are of search")).to_be_visible()


def publish(page: Page, why: str, version: int) -> None:
    """Publish the draft with a reason."""
    fill(page, "Why these rules change", why)
    press(page, "Publish")
    expect(page.get_by_text(f"Version {version} holds")).to_be_visible()


def two_edit_one_rule(first: Page, second: Page) -> None:
    """Both change the note, and one more thing each; the second to publish has both texts."""
    for page, note in ((first, "of ada"), (second, "of Ines")):
        drawn(page)
        pick(page, "Rule", "hpc")
        fill(page, "Note", note)
    for page, label, text in (
        (first, "Steward", "ana"),
        (second, "Last month (YYYY-MM)", "2027-05"),
    ):
        fill(page, label, text)
        press(page, "Keep in the draft")
        expect(page.get_by_text("hpc changed from")).to_be_visible()
    publish(first, "first", 2)
    fill(second, "Why these rules change", "second")
    press(second, "Publish")
    expect(second.get_by_text("ada has published version 2 since you read")).to_be_visible()
    press(second, "Put my changes on version 2")
    publish(second, "second", 3)


def recorded(company: Path) -> None:
    """What stays of it all: one acceptance, one answered dispute, and the words of both."""
    workspace = open_workspace(company)
    log = log_of(workspace)
    assert [one.scope for one in log.of(Acceptance)] == ["x_Team=search"]
    assert [(one.line, one.reason) for one in disputes_of(log)] == [
        ("Direct cost", "the disks are of data")
    ]
    (rule,) = newest_version(workspace).rules.rules
    workspace.close()
    assert (rule.note, rule.steward, rule.valid_to) == ("of ada; of Ines", "ana", "2027-05")


def test_finance_and_a_lead_agree_on_movements_statements_and_a_rule(
    company: Path, open_page: Open
) -> None:
    largest = sorted(range(1, MACHINES + 1), reverse=True)[:10]
    moved = [(f"r-{machine:02}", Decimal(cost(machine, MONTHS[-1]) - 100)) for machine in largest]
    with served(company) as finance_at, served(company, "Ines Moreau") as lead_at:
        finance = open_page(f"{finance_at}/allocation?period=2026-05")
        lead = open_page(f"{lead_at}/allocation?period=2026-05")
        of_finance = movements(finance, "finance", "Largest movements by cost center")
        of_lead = movements(lead, "engineering", "Largest movements by team")
        assert of_finance == of_lead == moved
        accept_and_dispute(lead)
        the_other_owner_answers(finance)
        lead.goto(f"{lead_at}/rules")
        finance.goto(f"{finance_at}/rules")
        two_edit_one_rule(finance, lead)
        for page in (finance, lead):
            page.context.close()
    recorded(company)
