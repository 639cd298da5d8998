from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from finops.portal import work_tables
from finops.portal.works import Done
from finops.workloads.progress import State
from tests.portal.things import told
from tests.portal.things import works
from tests.workloads.cases import TODAY


def test_the_table_tells_what_is_known_and_leaves_blank_what_is_not() -> None:
    table = work_tables.things(works(), told(), TODAY)
    assert list(table.columns["Net now (USD)"]) == [Decimal("10.00"), Decimal("3.60"), None]
    assert list(table.columns["Team"]) == ["search", "ml", "search"]
    assert set(table.columns["Age"]) == {"30 days or more"}


def test_what_somebody_works_on_is_as_old_as_its_last_step() -> None:
    (first, *_) = works()
    taken = replace(first.progress, state=State.ASSIGNED, day=TODAY - timedelta(days=3))
    assert first._replace(progress=taken).age(TODAY) == "3 days"


def test_each_team_is_told_how_much_of_its_cost_is_as_it_should_be() -> None:
    table = work_tables.coverage(told())
    assert list(table.columns["Team"]) == ["ml", "search"]
    assert list(table.columns["Optimized (%)"]) == [0, 87.5]
    assert list(table.columns["Could go now (USD)"]) == [Decimal("3.60"), Decimal("10.00")]


def test_what_is_done_says_whether_the_bill_still_shows_it() -> None:
    first = works()[0].progress
    taken = replace(first, state=State.DONE, owner="bob", actor="ann", day=TODAY)
    found = [Done(taken, shown=True), Done(taken, shown=False)]
    table = work_tables.done(found, TODAY)
    assert list(table.columns["The bill"]) == ["still shows it", "no longer shows it"]
    assert [one.mine("bob") and one.mine("ann") for one in found] == [True, True]
    assert not found[0].mine("eve")


def test_the_groups_add_up_to_the_whole() -> None:
    groups = work_tables.grouped(works(), lambda one: one.finding.resource.team)
    assert groups == (("search", Decimal(10), 2), ("ml", Decimal("3.6"), 1))
    assert sum(amount for _, amount, _ in groups) == told().net


def test_what_would_prove_more_is_sized() -> None:
    table = work_tables.unlocks(told())
    assert "aws ec2 describe-volumes --output json" in table.columns["Bring what this prints"]
