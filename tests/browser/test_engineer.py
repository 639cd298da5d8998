"""An engineer's walk: from the own page to the resource, its command and the assigned finding; and
a month later to what the team is credited with, on its statement too."""

from __future__ import annotations

import csv
import json
from datetime import date
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.access.workspace import open_workspace
from finops.core.organization import Organization
from finops.core.period import BillingPeriod
from finops.ingestion.organization import publish_organization
from finops.savings.ledger import savings_of
from finops.workloads.progress import progress_of
from finops.workloads.progress import State
from tests.browser.conftest import drawn
from tests.browser.conftest import served
from tests.corpus import charge
from tests.corpus import written
from tests.corpus.workspaces import AT
from tests.corpus.workspaces import bring
from tests.savings import room

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Open
    from tests.corpus import Charge

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

ADDRESS = "arn:aws:ec2:eu-west-1:1:elastic-ip/eipalloc-0ab12345"
OTHER = "arn:aws:ec2:eu-west-1:1:instance/i-0ab12345"
CLICKS = 3


def rows(first: date, last: date) -> Iterator[Charge]:
    """An address that nothing uses, until it is given back, and a machine."""
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        month = BillingPeriod.of(day)
        used = [(OTHER, "BoxUsage:m7i.large", "9"), (ADDRESS, "PublicIPv4:IdleAddress", "12")]
        for resource, meter, cost in used[: 1 if day > room.MADE else 2]:
            yield charge(
                cost,
                BillingPeriodStart=f"{month.start}T00:00:00Z",
                BillingPeriodEnd=f"{month.end}T00:00:00Z",
                ChargePeriodStart=f"{day}T00:00:00Z",
                ChargePeriodEnd=f"{day + timedelta(days=1)}T00:00:00Z",
                InvoiceId=f"INV-{month}",
                ResourceId=resource,
                ResourceName=resource.rpartition("/")[2],
                ServiceName="Compute",
                SkuMeter=meter,
                SkuId=meter,
                RegionId="eu-west-1",
                PricingQuantity="24",
                Tags=json.dumps({"team": "search"}),
            )


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """August and September of the team search."""
    folder = tmp_path_factory.mktemp("engineer")
    workspace = make_workspace(folder / "workspace")
    told = Organization.from_mapping(room.ORGANIZATION)
    publish_organization(
        workspace.store,
        root=workspace.root,
        organization=told,
        actor=local_actor(),
        at=AT,
        origin="test",
    )
    workspace.close()
    _bill(folder / "workspace", room.FIRST, room.MADE)
    return folder / "workspace"


def test_what_is_fixed_this_month_is_credited_next_month(search: Path, open_page: Open) -> None:
    with served(search, "ines", today="2026-10-01") as address:
        page = open_page(f"{address}/engineering")
        expect(page.get_by_text("Search can take 360.00")).to_be_visible()
        clicks = assigned_and_claimed(page)
        page.context.close()
    assert clicks <= CLICKS
    assert _finding(search)[:3] == (State.ASSIGNED, "ines", ADDRESS)
    _fix_and_sign(search)
    assert _finding(search) == (State.VERIFIED, "ines", ADDRESS, "fay")
    with served(search, "ines", today="2026-11-18") as address:
        page = open_page(f"{address}/engineering")
        expect(page.get_by_text("372.00 USD of verified savings is credited to it")).to_be_visible()
        gained = page.locator(".st-key-view-gained")
        expect(gained.get_by_text("is credited")).to_be_visible()
        page.goto(f"{address}/allocation?period=2026-11")
        drawn(page)
        on_the_statement(page)
        page.context.close()


def assigned_and_claimed(page: Page) -> int:
    """From the command to the finding, assigned and claimed as a saving: how many clicks."""
    view = page.locator(".st-key-view-todo")
    expect(view.get_by_text(ADDRESS)).to_be_visible()
    expect(view.get_by_text("release-address").first).to_be_visible()
    expect(view.get_by_role("textbox", name="Who does it")).to_have_value("ines")
    drawn(page)
    view.get_by_role("button", name="Keep").click()
    expect(view.get_by_text("assigned, on the record")).to_be_visible()
    drawn(page)
    view.get_by_role("button", name="Claim it as a saving").click()
    expect(view.get_by_text("proposed as saving S")).to_be_visible()
    expect(view.get_by_text("which is identified")).to_be_visible()
    return 2


def on_the_statement(page: Page) -> None:
    """The credit beneath the sum of what the team bears, and in the file to take away."""
    view = page.locator(".st-key-view-statement")
    expect(view.get_by_text("search bears")).to_be_visible()
    expect(view.get_by_text("Savings credit")).to_be_visible()
    table = view.get_by_role("region", name="Savings credit of Search")
    month, amount = (table.locator(f"td[aria-colindex='{place}']") for place in (2, 3))
    expect(month).to_have_count(2)
    assert month.first.text_content() == "October 2026"
    assert [Decimal(text) for text in amount.all_text_contents()] == [372, 372]
    link = view.get_by_role("link", name="Statement as csv").get_attribute("href")
    answer = page.request.get(page.url.partition("/allocation")[0] + str(link))
    lines = list(csv.DictReader(StringIO(answer.text())))
    (credit, whole) = (one for one in lines if one["Section"].startswith("Savings credit"))
    assert (credit["Amount"], credit["Saved in"]) == ("372.00", "2026-10")
    assert (whole["Line"], whole["Amount"]) == ("Total credited", "372.00")


def _finding(folder: Path) -> tuple[State, str, str, str]:
    """How far the finding is, who does it, on what, and who said so last."""
    workspace = open_workspace(folder)
    (kept,) = progress_of(workspace, today=room.TODAY).values()
    workspace.close()
    return kept.state, kept.owner, kept.resource, kept.actor


def _fix_and_sign(folder: Path) -> None:
    """The address is given back; October is closed, and finance signs what that saved."""
    _bill(folder, date(2026, 10, 1), room.LAST)
    _bill(folder, date(2026, 11, 1), date(2026, 11, 17))
    workspace = open_workspace(folder)
    room.shut(workspace, BillingPeriod(2026, 8), room.SEPTEMBER, room.OCTOBER)
    (claim,) = savings_of(workspace, today=room.TODAY)
    key = room.done(workspace, room.frozen(workspace, claim.key))
    signed = room.signed(workspace, key)
    workspace.close()
    assert signed.credited == 372


def _bill(folder: Path, first: date, last: date) -> None:
    """Bring the charges of some days in, month by month."""
    workspace = open_workspace(folder)
    for month in BillingPeriod.of(first).to(BillingPeriod.of(last)):
        file = folder.parent / f"{month}.csv"
        days = max(first, month.start), min(last, month.end - timedelta(days=1))
        file.write_text(written(rows(*days)))
        (report,) = bring(workspace, file)
        assert report.status == "committed", report.message
    workspace.close()
