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
from finops.reporting.chargeback import UNHEARD
from finops.reporting.statement import statement

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


def test_a_month_is_not_charged_back_before_owners_have_agreed() -> None:
    owned = TeamCost(team="search", direct=Decimal(95))
    assert lacks("closed", of(owned)) == (UNHEARD,)
    assert lacks("open", of(owned)) == ("the month is open, not reconciled", UNHEARD)
    assert lacks("closed", of()) == ("there is no cost to charge", UNHEARD)
