from __future__ import annotations

from decimal import Decimal

import pytest

from finops.portal import work_charts
from finops.portal import work_tables
from finops.portal.works import Work
from finops.workloads.findings import findings
from finops.workloads.progress import Progress
from finops.workloads.progress import State
from finops.workloads.unlocks import unlocks
from finops.workloads.worklist import Worklist
from tests.workloads.cases import estate
from tests.workloads.cases import meter
from tests.workloads.cases import resource
from tests.workloads.cases import TODAY
from tests.workloads.cases import WINDOW


@pytest.fixture
def told() -> Worklist:
    """A gp2 disk, an idle address of another team, and a magnetic disk of no known saving."""
    here = estate(
        resource(meter("ebs:volumeusage.gp2", cost="50")),
        resource(meter("publicipv4:idleaddress", cost="3.6"), id="eipalloc-0ab12345", team="ml"),
        resource(meter("magnetic provisioned storage"), id="vol-0ab12346"),
    )
    return Worklist(
        snapshot="1-ab",
        window=WINDOW,
        currency="USD",
        cost=Decimal("83.6"),
        resources=3,
        findings=findings(here, today=TODAY),
        unlocks=unlocks(here, today=TODAY),
    )


def works_of(told: Worklist) -> list[Work]:
    return [Work(one, Progress(key=one.key, state=State.OPEN)) for one in told.findings]


def test_the_table_tells_what_is_known_and_leaves_blank_what_is_not(told: Worklist) -> None:
    table = work_tables.things(works_of(told), told)
    assert list(table.columns["Net now (USD)"]) == [Decimal("10.00"), Decimal("3.60"), None]
    assert list(table.columns["Team"]) == ["search", "ml", "search"]


def test_the_groups_add_up_to_the_whole(told: Worklist) -> None:
    groups = work_tables.grouped(works_of(told), lambda one: one.finding.resource.team)
    assert groups == (("search", Decimal(10), 2), ("ml", Decimal("3.6"), 1))
    assert sum(amount for _, amount, _ in groups) == told.net


def test_the_chart_says_what_it_shows(told: Worklist) -> None:
    groups = work_tables.grouped(works_of(told), lambda one: one.finding.resource.team)
    chart = work_charts.worth(groups, told, "Team")
    assert "search" in chart.alt
    assert "USD of 30 days" in chart.alt
    assert work_charts.worth((), told, "Team").empty


def test_what_would_prove_more_is_sized(told: Worklist) -> None:
    table = work_tables.unlocks(told)
    assert "aws ec2 describe-volumes --output json" in table.columns["Bring what this prints"]
