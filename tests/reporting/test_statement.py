"""A statement is the sum of its lines, and that is what the allocation says the team bears."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.allocation.allocated import Allocation
from finops.allocation.allocated import TeamCost
from finops.core.amount import total
from finops.core.fiscal_span import FiscalSpan
from finops.errors import UsageError
from finops.ingestion.budgets import Budget
from finops.measures.receipt import Receipt
from finops.measures.window import Window
from finops.reporting.chargeback import lacks
from finops.reporting.statement import statement
from finops.savings.credit import Line

APRIL = Window(date(2026, 4, 1), date(2026, 5, 1))
MARCH = Window(date(2026, 3, 1), date(2026, 4, 1))
money = st.decimals(-1_000_000, 1_000_000, places=9)
shares = st.dictionaries(st.sampled_from(["support", "network"]), money)


@st.composite
def costs(draw: st.DrawFn) -> TeamCost:
    """What a team bears, at random."""
    kinds = {kind: draw(money) for kind in ("direct", "unused", "credits", "tax", "given")}
    return TeamCost(team="search", shared=tuple(draw(shares).items()), **kinds)


def of(*teams: TeamCost, days: Window = APRIL) -> Allocation:
    every = (*teams, TeamCost(team="UNALLOCATED"))
    return Allocation(
        snapshot="s",
        days=days,
        measure="EffectiveCost",
        currency="USD",
        teams=every,
        pools=(),
        charges=total(one.total for one in every),
        receipt=Receipt(
            snapshot="s", imports=(), charges=0, sql=(), rates=(), rate_rule="", data_through=""
        ),
    )


@given(costs(), costs())
def test_the_lines_add_up_to_what_the_team_bears(now: TeamCost, then: TeamCost) -> None:
    found = statement(of(now), of(then, days=MARCH), team="search")
    assert total(line.amount for line in found.lines) == found.total == now.total
    assert total(line.before for line in found.lines) == found.before == then.total


def test_its_budget_is_that_of_the_team_and_the_month() -> None:
    span = FiscalSpan("2026-04", *APRIL)
    mine = Budget(span=span, scope="x_Team=search", amount=Decimal(9), currency="USD")
    other = Budget(span=span, scope="x_Team=ml", amount=Decimal(7), currency="USD")
    cost = of(TeamCost(team="search", direct=Decimal(1)))
    assert statement(cost, cost, team="search", budgets=(mine, other)).budget == 9
    assert statement(cost, cost, team="search").budget is None


def test_a_team_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="no team 'nobody' in 2026-04"):
        statement(of(), of(), team="nobody")


def test_a_budget_stands_beside_the_charges_of_its_scope_and_not_what_is_shared() -> None:
    mine = TeamCost(team="search", direct=Decimal(74), tax=Decimal(3), given=Decimal(-2),
                    shared=(("network", Decimal(40)),))  # fmt: skip
    found = statement(of(mine), of(), team="search")
    assert (found.own, found.total) == (Decimal(77), Decimal(115))
    assert found.own_before == 0


def test_what_is_accepted_is_told_by_its_lines_and_not_by_how_they_are_written() -> None:
    one, other, more = (
        statement(of(TeamCost(team="search", direct=Decimal(text))), of(), team="search")
        for text in ("1.5", "1.50", "1.51")
    )
    assert one.digest == other.digest != more.digest


def test_the_statement_of_a_cost_center_is_told_as_one() -> None:
    cost = of(TeamCost(team="CC-1", direct=Decimal(1)))
    assert statement(cost, cost, team="CC-1", dimension="x_CostCenter").scope == "x_CostCenter=CC-1"
    with pytest.raises(UsageError, match="no cost center 'CC-2'"):
        statement(cost, cost, team="CC-2", dimension="x_CostCenter")


def test_a_month_is_charged_back_once_it_is_reconciled_and_there_is_a_cost() -> None:
    owned = TeamCost(team="search", direct=Decimal(95))
    assert lacks("closed", of(owned)) == ()
    assert lacks("open", of(owned)) == ("the month is open, not reconciled",)
    assert lacks("closed", of()) == ("there is no cost to charge",)


def test_a_savings_credit_is_a_section_of_its_own_that_sums() -> None:
    """It is no part of what the team bears: the cost has fallen already."""
    lines = tuple(credit_line(name, booked) for name, booked in (
        ("search", "2026-04"), ("search", "2026-04"), ("search", "2026-05"), ("data", "2026-04"),
    ))  # fmt: skip
    cost = of(TeamCost(team="search", direct=Decimal(5)))
    found = statement(cost, cost, team="search", credit=lines)
    assert [(one.says, one.month) for one in found.savings] == [("Less (ines)", "2026-03")] * 2
    assert (found.saved, found.total) == (Decimal(20), Decimal(5))
    assert found.digest == statement(cost, cost, team="search").digest


def credit_line(name: str, booked: str) -> Line:
    texts = dict.fromkeys(("entry", "saving", "actor", "at"), "x")
    return Line(
        **texts,
        month="2026-03",
        booked=booked,
        account="team",
        name=name,
        person="ines",
        debit=Decimal(0),
        credit=Decimal(10),
        avoided=Decimal(4),
        currency="USD",
        memo="Less",
    )
