"""The allocation page, as finance and engineering use it: one number, shared costs, two trees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.access import clock
from finops.access.actor import local_actor
from finops.access.workspace import open_workspace
from finops.allocation import rule_files
from finops.allocation.published import publish_rules
from finops.core.mapping import RuleSet
from tests.pages import bills

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Visit

ALLOCATION = "inform/allocation.py"
POOLS = """
pools:
  - {id: disks, name: Disks for all, when: {service: Disks}, method: even}
  - {id: tickets, name: Help desk, when: {service: None yet}, method: metric, metric: tickets}
required: {x_Team: , "tag:env": [prod]}
"""


@pytest.fixture(scope="session")
def pooled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three months, with the disks shared evenly."""
    folder = bills.three_months(tmp_path_factory.mktemp("pooled"))
    workspace = open_workspace(folder)
    publish_rules(
        workspace.store,
        actor=local_actor(),
        at=clock.now(),
        origin="test",
        root=workspace.root,
        rules=RuleSet.from_mapping(rule_files.parse(POOLS)),
        base=0,
        reason="agreed",
    )
    workspace.close()
    return folder


def words(at: AppTest) -> str:
    """All that is written on the page."""
    told = (*at.markdown, *at.caption)
    return " ".join(one.value.replace("\u00a0", " ").replace("\\", "") for one in told)


def table(at: AppTest, column: str) -> dict[str, list[object]]:
    """The table that has a column of this name."""
    found = next(one.value for one in at.dataframe if column in one.value)
    return {str(name): list(found[name]) for name in found}


def test_the_first_line_is_the_answer(visit: Visit, pooled: Path) -> None:
    """Disks are 4.00 a day without a team, for 31 days: shared, so all of it has an owner."""
    first = visit(pooled, ALLOCATION, period="2026-10").markdown[0].value.replace("\u00a0", " ")
    assert "October 2026: 100.0 % of" in first
    assert "124.00 USD is shared by 2 pools; both trees agree to 0.00 USD." in first


def test_every_view_is_drawn(visit: Visit, pooled: Path) -> None:
    at = visit(pooled, ALLOCATION, period="2026-10")
    assert not at.exception
    assert not at.error
    assert [one.value for one in at.subheader] == [
        *(
            "By team",
            "Statement",
            "Shared costs",
            "Clusters",
            "Finance's tree",
            "Engineering's tree",
            "Readiness",
        ),
    ]


def test_the_teams_add_up_and_nobody_is_the_last(visit: Visit, pooled: Path) -> None:
    at = visit(pooled, ALLOCATION, period="2026-10")
    at.toggle(key="table-allocation").set_value(True).run()
    teams = table(at, "Given to pools (USD)")
    assert teams["Team"][-1] == "UNALLOCATED"
    assert teams["Shared (USD)"] == [62, 62, 0]
    assert teams["Given to pools (USD)"][-1] == -124
    assert teams["Total (USD)"][-1] == 0


def test_the_methods_lie_beside_each_other(visit: Visit, pooled: Path) -> None:
    at = visit(pooled, ALLOCATION, period="2026-10")
    sides = table(at, "even, in use (USD)")
    assert sides["even, in use (USD)"] == [62, 62]
    moved = sides["proportional, difference (USD)"]
    assert sum(map(float, map(str, moved))) == 0
    assert "Contra: UNALLOCATED \N{MINUS SIGN}124.00 USD." in words(at)


def test_either_tree_goes_down_to_the_resource(visit: Visit, pooled: Path) -> None:
    at = visit(pooled, ALLOCATION, period="2026-10")
    at.toggle(key="drill-Engineering").set_value(True).run()
    assert not at.exception
    assert "Resource" in table(at, "GL account")


def test_readiness_tells_by_cost_and_by_count(visit: Visit, pooled: Path) -> None:
    """A third of the charges is of disks, which carry no tag; nothing carries env."""
    at = visit(pooled, ALLOCATION, period="2026-10")
    keys = table(at, "By charges (%)")
    assert keys["Required"] == ["Team", "Tag env"]
    assert keys["By charges (%)"] == [66.7, 0.0]
    assert table(at, "What to do")["Service"] == ["Disks"]


def test_what_the_scope_narrows_to_does_not_narrow_an_allocation(
    visit: Visit, pooled: Path
) -> None:
    whole = visit(pooled, ALLOCATION, period="2026-10").markdown[0].value
    narrowed = visit(pooled, ALLOCATION, period="2026-10", team="ml")
    assert narrowed.markdown[0].value == whole
    assert "An allocation is made whole" in words(narrowed)


def test_without_pools_it_says_how_to_name_them(visit: Visit, three_months: Path) -> None:
    at = visit(three_months, ALLOCATION, period="2026-10")
    assert not at.exception
    assert "nothing is shared by a pool" in at.markdown[0].value.replace("\u00a0", " ")
    assert "finops rules publish" in words(at)


def test_the_overview_shows_one_number_as_two_trees(visit: Visit, pooled: Path) -> None:
    at = visit(pooled, "together/overview.py", period="2026-10")
    assert "One number, two trees" in [one.value for one in at.subheader]
    assert "Difference: 0.00 USD." in words(at)
