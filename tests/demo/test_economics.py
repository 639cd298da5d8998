"""What the story means of its checkout, found by the product in the bills that it writes.

Five seeds, the last three never looked at while it was made. Each workspace holds six months of the
checkout alone, in seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import UTC
from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

import numpy as np
import pytest

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.allocation import rule_files
from finops.allocation.published import publish_rules
from finops.core.period import BillingPeriod
from finops.demo.book import Book
from finops.demo.business import business
from finops.demo.company import DEFINITION
from finops.demo.company import load_company
from finops.demo.coverage import commit
from finops.demo.economics import PRODUCT
from finops.demo.economics import PROVIDER
from finops.demo.economics import unit_facts
from finops.demo.ledger import Ledger
from finops.demo.organization import organization_yaml
from finops.demo.seasons import story
from finops.demo.usage import site
from finops.demo.usage import usage
from finops.demo.write import write_charges
from finops.ingestion import ingest
from finops.ingestion import organization
from finops.ingestion.metric_gaps import series
from finops.ingestion.metrics import METRICS
from finops.ingestion.metrics import metrics_of
from finops.measures import ask
from finops.unit_economics.attribution import attributed
from finops.unit_economics.prepared import prepare
from finops.unit_economics.sources import sources
from tests.lanes import thorough

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.demo.usage import Site
    from finops.unit_economics.sources import Sources

TODAY = date(2026, 11, 21)
MONTHS = (*story(TODAY)[18:20], *story(TODAY)[21:])
"""April and May, and the four months to October."""
OCTOBER, MAY = BillingPeriod(2026, 10), BillingPeriod(2026, 5)
ORDERS = (PRODUCT, "orders")


@dataclass(frozen=True)
class Told:
    """Where the product's figures come from, and the generator's facts."""

    sources: Sources
    facts: list[dict[str, Any]]

    def answer(self, period: BillingPeriod, name: str) -> Any:  # noqa: ANN401 -- as JSON has it
        """One answer about a month."""
        return next(
            one["answer"][name]
            for one in self.facts
            if one["question"]["period"] == str(period) and name in one["answer"]
        )


@pytest.fixture(scope="module", params=thorough((1, 20260713, 404, 31337, 777001)))
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Told]:
    folder = tmp_path_factory.mktemp("checkout")
    company = load_company()
    here = site(company, Book(), request.param)
    facts = unit_facts(here, written(here, folder), MONTHS)
    (folder / "metrics.csv").write_text(business(here, company.business, MONTHS).csv())
    (folder / "organization.yaml").write_text(organization_yaml(company, story(TODAY)))
    workspace = make_workspace(folder / "workspace")
    who: dict[str, Any] = {
        "actor": local_actor("demo"),
        "at": datetime(2026, 11, 2, tzinfo=UTC),
        "origin": "demo",
    }
    publish(workspace, folder, who)
    dataset = workspace.dataset()
    found = series(metrics_of(workspace, dataset.snapshot), until=OCTOBER.end)
    yield Told(sources(workspace, dataset, found, ask=ask), facts)
    workspace.close()


def publish(workspace: Workspace, folder: Path, who: dict[str, Any]) -> None:
    """Who the company is, its rules, what it sold, and its bills."""
    organization.publish_organization(
        workspace.store,
        root=workspace.root,
        organization=organization.read(folder / "organization.yaml"),
        **who,
    )
    rules = rule_files.read(DEFINITION / "rules.yaml")
    publish_rules(
        workspace.store, root=workspace.root, rules=rules, base=0, reason="as agreed", **who
    )
    METRICS.bring_file(workspace, folder / "metrics.csv", who=who)
    ingest.run(workspace, [str(folder / "charges")], **who)


def written(here: Site, folder: Path) -> Ledger:
    """The checkout's charges as bills; the ledger knows those of the whole provider."""
    ledger, provider = Ledger(here.company, here.book), here.company.providers[PROVIDER]
    for month in MONTHS:
        rows = commit(here, usage(here, PROVIDER, month), PROVIDER, month)
        ledger.record(rows, PROVIDER, month)
        owners = np.array([*(one.product == PRODUCT for one in here.book.owners.values), False])
        path = folder / "charges" / f"{month.period}.parquet"
        write_charges(path, rows[owners[rows["owner"]]], here.book, provider, month)
    return ledger


def test_the_fitted_variable_share_is_that_of_the_story(told: Told) -> None:
    """Within 5 points."""
    found = prepare(told.sources, ORDERS, OCTOBER)
    share = found.base.variable / found.base.cost
    assert abs(share - Decimal(told.answer(OCTOBER, "variable_share"))) < Decimal("0.05")
    assert found.model.known


def test_the_month_of_the_dearer_nodes_is_explained_by_mix_and_not_by_price(told: Told) -> None:
    found = prepare(told.sources, ORDERS, MAY)
    before, now = found.trend[-2:]
    why = attributed(told.sources, before, now, found.marginal)
    assert why is not None
    assert why.change > 0
    assert why.parts[0][0] == told.answer(MAY, "cause") == "mix"
    planted = Decimal(told.answer(MAY, "amount")) / now.units
    assert abs(why.mix / planted - 1) < Decimal("0.2")
    assert abs(why.rate) < why.mix / 5


def test_the_segment_that_is_served_at_a_loss_is_named(told: Told) -> None:
    now = prepare(told.sources, ORDERS, OCTOBER).now
    assert [one.name for one in now.ranked() if one.at_a_loss] == told.answer(OCTOBER, "at_a_loss")
