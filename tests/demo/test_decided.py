"""The planted decisions: one done, one half done, one not, as the workloads are defined."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.demo.company import load_company
from finops.demo.decided import planted

if TYPE_CHECKING:
    from tests.demo.conftest import Made


def test_three_decisions_are_planted_each_with_a_fate_of_its_own() -> None:
    found = planted(load_company())
    assert [one.told["planted"] for one in found] == ["done", "half", "none"]
    assert found[1].scope == "x_Team=checkout; ServiceName=Amazon Kinesis"


def test_what_a_decision_brought_is_the_month_less_the_frozen_days(year: Made) -> None:
    done, half, none = (fact["answer"] for fact in year.facts("decisions"))
    assert Decimal(done["measured"]["2026-10"]["effect"]) == -Decimal(done["frozen"])
    assert Decimal(half["measured"]["2026-09"]["amount"]) == Decimal(2448)
    assert {Decimal(one["effect"]) for one in none["measured"].values()} == {0}
