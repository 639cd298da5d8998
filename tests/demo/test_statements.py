"""What owners say to their statements: by who leads the team, of months that are closed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.demo.company import load_company
from finops.demo.statements import lead

if TYPE_CHECKING:
    from tests.demo.conftest import Made


def test_the_lead_of_a_team_speaks_for_it() -> None:
    assert lead(load_company(), "checkout") == "Amara Okafor"


def test_what_a_dispute_would_move_adds_up_to_nothing_in_every_closed_month(year: Made) -> None:
    """And takes from whoever disputes: payments has 3,672 a month of streams."""
    found = [fact for fact in year.facts("statements") if "moves" in fact["answer"]]
    assert [fact["question"]["team"] for fact in found] == ["search", "payments"]
    for fact in found:
        moves = fact["answer"]["moves"]
        assert list(moves) == ["2026-07", "2026-08", "2026-09"]
        for one in moves.values():
            assert sum(map(Decimal, one.values())) == 0
            assert Decimal(one[fact["question"]["team"]]) < 0
    assert Decimal(found[1]["answer"]["moves"]["2026-09"]["payments"]) == -3672


def test_who_accepted_is_told_with_what_the_own_charges_cost(year: Made) -> None:
    found = [fact for fact in year.facts("statements") if "own" in fact["answer"]]
    assert {fact["answer"]["by"] for fact in found} >= {"Amara Okafor", "Tomasz Zielinski"}
    assert all(Decimal(fact["answer"]["own"]) > 0 for fact in found)
