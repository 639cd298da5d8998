"""An engineer's walk: from the own page to the resource, its command and the assigned finding; and
a month later to what the team is credited with."""

from __future__ import annotations

import json
from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.access.workspace import open_workspace
from finops.core.organization import Organization
from finops.core.period import BillingPeriod
from finops.ingestion.organization import publish_organization
from finops.savings.saving import Kind
from finops.workloads.progress import progress_of
from finops.workloads.progress import State
from tests.browser.conftest import served
from tests.corpus import charge
from tests.corpus import written
from tests.corpus.workspaces import AT
from tests.corpus.workspaces import bring
from tests.savings import room

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
    clicks = 0
    with served(search, "ines", today="2026-10-01") as address:
        page = open_page(f"{address}/engineering")
        expect(page.get_by_text("Search can take 360.00")).to_be_visible()
        view = page.locator(".st-key-view-todo")
        expect(view.get_by_text(ADDRESS)).to_be_visible()
        expect(view.get_by_text("release-address").first).to_be_visible()
        expect(view.get_by_role("textbox", name="Who does it")).to_have_value("ines")
        view.get_by_role("button", name="Keep").click()
        clicks += 1
        expect(view.get_by_text("assigned, on the record")).to_be_visible()
        page.context.close()
    assert clicks <= CLICKS
    workspace = open_workspace(search)
    (kept,) = progress_of(workspace, today=date(2026, 10, 1)).values()
    workspace.close()
    assert (kept.state, kept.owner, kept.resource) == (State.ASSIGNED, "ines", ADDRESS)
    _fix_and_sign(search)
    with served(search, "ines", today="2026-11-18") as address:
        page = open_page(f"{address}/engineering")
        expect(page.get_by_text("372.00 USD of verified savings is credited to it")).to_be_visible()
        gained = page.locator(".st-key-view-gained")
        expect(gained.get_by_text("is credited")).to_be_visible()
        page.context.close()


def _fix_and_sign(folder: Path) -> None:
    """The address is given back; October is closed, and finance signs what that saved."""
    _bill(folder, date(2026, 10, 1), room.LAST)
    _bill(folder, date(2026, 11, 1), date(2026, 11, 17))
    workspace = open_workspace(folder)
    room.shut(workspace, BillingPeriod(2026, 8), room.SEPTEMBER, room.OCTOBER)
    key = room.done(workspace, room.agreed(workspace, f"ResourceId={ADDRESS}", Kind.ELIMINATE))
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
