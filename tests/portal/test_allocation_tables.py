"""Tables of an allocation say units, and their rows add up."""

from __future__ import annotations

from decimal import Decimal

from finops.allocation.fixes import Fix
from finops.allocation.fixes import Work
from finops.allocation.trees import Branch
from finops.allocation.trees import Step
from finops.allocation.trees import Tree
from finops.portal.allocation_tables import fixes
from finops.portal.allocation_tables import tree
from finops.portal.allocation_tables import unowned


def branch(amount: int, *way: str) -> Branch:
    steps = tuple(Step(f"level {depth}", name) for depth, name in enumerate(way))
    return Branch(way=steps, name=way[-1], amount=Decimal(amount), values=frozenset({way[-1]}))


def test_a_branch_stands_below_its_parent_and_set_in() -> None:
    branches = (branch(70, "a"), branch(30, "b"), branch(70, "a", "x"), branch(30, "b", "x"))
    found = Tree(name="Finance", dimensions=("1", "2"), currency="USD", branches=branches)
    table, order = tree(found)
    assert [one.name for one in order] == ["a", "x", "b", "x"]
    names = [str(name) for name in table.columns["Finance"]]
    assert names[1].strip() == "x"
    assert names[1] != "x"
    assert table.columns["Amount (USD)"] == [Decimal(n) for n in (70, 70, 30, 30)]


def test_what_to_fix_says_what_to_do() -> None:
    told = fixes([Fix("a", "", Decimal("1.005"), Work.ACCOUNT_RULE)], "USD").columns
    assert told["Service"] == ["(all)"]
    assert told["What to do"] == [Work.ACCOUNT_RULE.told]


def test_a_share_that_is_not_known_stays_empty() -> None:
    assert unowned([("2026-10", None)]).columns["Without a team (%)"] == [None]
