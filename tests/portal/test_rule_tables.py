from __future__ import annotations

from decimal import Decimal

from finops.allocation.draft import Both
from finops.allocation.idle import Fault
from finops.allocation.idle import Idle
from finops.allocation.preview import Preview
from finops.core.mapping import MappingRule
from finops.core.mapping import RuleSet
from finops.dataset.moves import Move
from finops.portal import rule_tables

RULES = RuleSet(
    rules=(
        MappingRule(id="one", then=(("x_Team", "search"),), steward="ana"),
        MappingRule(id="two", then=(("x_Team", "data"),), valid_from="2026-07"),
    )
)


def move(dimension: str, amount: str) -> Move:
    number = Decimal(amount)
    return Move(
        month="2026-07",
        dimension=dimension,
        source="a",
        target="b",
        currency="USD",
        charges=3,
        billed=number,
        effective=number,
    )


def test_rules_stand_in_their_order_with_what_they_decided_and_what_is_wrong() -> None:
    idle = (Idle(rule="two", fault=Fault.SHADOWED, others=("one",)),)
    table = rule_tables.rules(RULES, {"one": Decimal("12.345")}, idle, "July 2026", "USD")
    assert list(table.columns["Rule"]) == ["one", "two"]
    assert list(table.columns["Decided in July 2026 (USD)"]) == [Decimal("12.34"), None]
    assert list(table.columns["Look again"]) == ["", "shadowed (one)"]
    assert list(table.columns["Steward"]) == ["ana", "FinOps"]
    assert list(rule_tables.nothing_done(idle).columns["Decided before by"]) == ["one"]


def test_what_moves_is_told_of_one_dimension_in_minor_units() -> None:
    found = Preview(
        currency="USD",
        changes=(),
        moves=(move("x_Team", "1.005"), move("x_Product", "2")),
        closed=(),
    )
    table = rule_tables.moves(found, "x_Team")
    assert list(table.columns["Effective cost"]) == [Decimal("1.00")]
    assert found.zero == 0
    assert found.moved == Decimal("1.005")


def test_a_rule_that_both_changed_is_told_thrice() -> None:
    both = Both(rule="one", was=None, theirs=RULES.rules[0], mine=RULES.rules[1])
    columns = rule_tables.both([both]).columns
    assert [columns[name][0] for name in ("Was", "Theirs", "Yours")] == [
        "not there",
        "When any charge, then Team search; holds always; steward: ana",
        "When any charge, then Team data; holds from 2026-07",
    ]
