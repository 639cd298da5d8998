from __future__ import annotations

from decimal import Decimal

from finops.portal import work_tables
from tests.portal.things import told
from tests.portal.things import works


def test_the_table_tells_what_is_known_and_leaves_blank_what_is_not() -> None:
    table = work_tables.things(works(), told())
    assert list(table.columns["Net now (USD)"]) == [Decimal("10.00"), Decimal("3.60"), None]
    assert list(table.columns["Team"]) == ["search", "ml", "search"]


def test_the_groups_add_up_to_the_whole() -> None:
    groups = work_tables.grouped(works(), lambda one: one.finding.resource.team)
    assert groups == (("search", Decimal(10), 2), ("ml", Decimal("3.6"), 1))
    assert sum(amount for _, amount, _ in groups) == told().net


def test_what_would_prove_more_is_sized() -> None:
    table = work_tables.unlocks(told())
    assert "aws ec2 describe-volumes --output json" in table.columns["Bring what this prints"]
