"""What each team bears of a month: direct and shared, and together the bill."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

import pytest

from finops.allocation.allocated import allocate
from finops.allocation.allocated import allocate_each
from finops.allocation.allocated import Allocation
from finops.allocation.allocated import TeamCost
from finops.allocation.shared import Cell
from finops.allocation.shared import NOBODY
from finops.allocation.shared import share
from finops.core.document import Node
from finops.core.measure import Axis
from finops.core.period import BillingPeriod
from finops.core.pool import Method
from finops.core.pool import Pool
from finops.core.pool import read_pools
from finops.errors import UsageError
from finops.ingestion.metrics import Grain
from finops.ingestion.metrics import Kind
from finops.ingestion.metrics import Metric
from finops.measures import ask
from finops.measures import Query
from finops.measures.window import Window

if TYPE_CHECKING:
    from finops.dataset import Dataset

FAR = Decimal("1E-33")
"""No amount has as many digits; only 1 EUR = 1.10 USD, turned around, never ends."""

APRIL = BillingPeriod(2026, 4)
EFFECTIVE = Query(measures=("EffectiveCost",), period=APRIL)


def pools(*bodies: dict[str, Any]) -> tuple[Pool, ...]:
    return read_pools(Node(list(bodies), "pools"))


PLATFORM = {"id": "platform", "when": {"x_Team": "platform"}}


def by_team(found: Allocation) -> dict[str, TeamCost]:
    return {team.team: team for team in found.teams}


def test_every_team_bears_its_own_and_its_part_of_the_pools(mini: Dataset) -> None:
    """Platform's 95 go to search 980, data 759 and ml 90 by their direct cost."""
    found = allocate(mini, pools(PLATFORM), (), EFFECTIVE)
    teams = by_team(found)
    assert teams["search"].direct == Decimal(980)
    assert [teams[name].shared_total for name in ("search", "data", "ml")] == [
        Decimal("50.90"),
        Decimal("39.42"),
        Decimal("4.68"),
    ]
    assert (teams["platform"].own, teams["platform"].given) == (Decimal(95), Decimal(-95))
    assert teams["platform"].total == 0
    assert found.teams[-1].team == NOBODY
    assert found.difference == 0


def test_credits_tax_and_what_is_unused_stand_apart(mini: Dataset) -> None:
    """Of nobody: -50 credits, 285 tax, 120 USD and 60 EUR unused; 190 USD and 18 EUR of usage."""
    nobody = allocate(mini, (), (), EFFECTIVE).nobodys
    assert (nobody.credits, nobody.tax, nobody.unused) == tuple(map(Decimal, (-50, 285, 186)))
    assert nobody.direct == Decimal("209.80")


def test_each_currency_is_allocated_by_itself(mini: Dataset) -> None:
    """The euros are told in euros; platform's dollars do not reach them."""
    billing = Query(measures=("EffectiveCost",), period=APRIL, currency="billing")
    euro, dollar = allocate_each(mini, pools(PLATFORM), (), billing)
    assert (euro.currency, dollar.currency) == ("EUR", "USD")
    assert euro.total == euro.charges == Decimal(768)
    assert by_team(euro)["data"].total == Decimal(690)
    assert dollar.pools[0].amount == 95
    with pytest.raises(UsageError, match="2 currencies"):
        allocate(mini, (), (), billing)


@pytest.mark.parametrize("measure", ["EffectiveCost", "BilledCost", "ListCost", "ContractedCost"])
@pytest.mark.parametrize("currency", ["reporting", "billing", "EUR"])
def test_teams_and_nobody_add_up_to_all_charges(mini: Dataset, measure: str, currency: str) -> None:
    """On every basis and in every currency; asked for by itself."""
    asked = Query(measures=(measure,), period=APRIL, currency=currency, axis=Axis.BILLING)
    security = {"id": "tax", "when": {"charge_category": "Tax"}, "method": "even"}
    for found in allocate_each(mini, pools(PLATFORM, security), (), asked):
        answer = ask(mini, asked)
        named = {str(row[0]): row[1] for row in answer.rows if len(row) > 1}
        whole = named.get(found.currency, answer.total[measure])
        assert found.difference == 0
        assert abs(found.total - Decimal(str(whole))) < FAR


def test_a_usage_figure_decides_who_bears_a_pool(mini: Dataset) -> None:
    """Two thirds of the calls are search's, one third is ml's."""
    calls = tuple(
        Metric(
            day=date(2026, 4, 1),
            product="platform",
            segment=team,
            unit="calls",
            amount=Decimal(amount),
            kind=Kind.USAGE,
            grain=Grain.MONTH,
        )
        for team, amount in (("search", 20), ("ml", 10))
    )
    by_calls = PLATFORM | {"method": "metric", "metric": "calls"}
    found = allocate(mini, pools(by_calls), calls, EFFECTIVE)
    assert found.pools[0].method is Method.METRIC
    assert by_team(found)["search"].shared == (("platform", Decimal("63.33")),)


def test_a_month_without_charges_has_only_nobody(mini: Dataset) -> None:
    empty = Query(measures=("EffectiveCost",), period=BillingPeriod(2024, 1))
    found = allocate(mini, pools(PLATFORM), (), empty)
    assert [team.team for team in found.teams] == [NOBODY]
    assert found.unallocated_after is None


def test_a_share_before_and_after_sharing(mini: Dataset) -> None:
    """ALL-2 of domain.md: direct 9,500, shared 1,000 and 500 of nobody."""

    cells = [
        Cell(team=team, amount=Decimal(amount), values={"x_Team": team})
        for team, amount in (("search", 9500), ("platform", 1000), (NOBODY, 500))
    ]
    shares = share(cells, pools(PLATFORM), figures={}, unit=Decimal("0.01"))
    search = TeamCost(team="search", direct=Decimal(9500), shared=(("platform", Decimal(1000)),))
    found = Allocation(
        snapshot="",
        days=Window(APRIL.start, APRIL.end),
        measure="EffectiveCost",
        currency="USD",
        teams=(search, TeamCost(team=NOBODY, direct=Decimal(500))),
        pools=shares,
        charges=Decimal(11000),
        receipt=ask(mini, EFFECTIVE).receipt,
    )
    assert round(found.unallocated_before or 0, 6) == Decimal("0.136364")
    assert round(found.unallocated_after or 0, 6) == Decimal("0.045455")
