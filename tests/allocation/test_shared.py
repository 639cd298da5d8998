"""Shared costs, at figures that can be checked by hand, and as laws over random pools."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from finops.allocation.shared import Cell
from finops.allocation.shared import NOBODY
from finops.allocation.shared import share
from finops.allocation.shared import Sharing
from finops.core.amount import total
from finops.core.document import Node
from finops.core.pool import Method
from finops.core.pool import Pool
from finops.core.pool import read_pools
from finops.core.pool import TO_POOL
from tests.lanes import examples

if TYPE_CHECKING:
    from finops.allocation.figures import Figures

CENT = Decimal("0.01")
CALLS: Figures = {("calls", ""): {"search": Decimal(7), "ml": Decimal(2), "catalog": Decimal(1)}}


def cell(team: str, amount: str | int, **values: str) -> Cell:
    known = {"x_Team": team, "ChargeCategory": "Usage", **values}
    return Cell(team=team, amount=Decimal(amount), values=known)


def pools(*bodies: dict[str, Any]) -> tuple[Pool, ...]:
    named = [{"id": f"p{place}", **body} for place, body in enumerate(bodies)]
    return read_pools(Node(named, "pools"))


def shared(
    cells: list[Cell], *bodies: dict[str, Any], figures: Figures = CALLS
) -> tuple[Sharing, ...]:
    return share(cells, pools(*bodies), figures=figures, unit=CENT)


def borne(one: Sharing) -> dict[str, Decimal]:
    return {part.to: part.amount for part in one.shares}


TEAMS = [cell("search", 5000), cell("ml", 3000), cell("catalog", 1500), cell("platform", 1000)]
PLATFORM = {"when": {"x_Team": "platform"}}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"method": "even"}, "333.33 333.33 333.34"),
        ({}, "526.32 315.79 157.89"),
        ({"method": "fixed", "weights": {"search": 5, "ml": 3, "catalog": "2"}}, "500 300 200"),
        ({"method": "metric", "metric": "calls"}, "700 200 100"),
    ],
)
def test_a_thousand_dollars_are_shared_by_each_method(body: dict[str, Any], expected: str) -> None:
    """ALL-1 of domain.md; of equal remainders the first team by name gets the cent."""
    (found,) = shared(TEAMS, PLATFORM | body)
    amounts = [borne(found)[team] for team in ("search", "ml", "catalog")]
    assert amounts == [Decimal(text) for text in expected.split()]
    assert found.contra == (("platform", Decimal(-1000)),)


UNUSED = [
    cell("search", 450),
    cell("ml", 150),
    cell("central", 120, CommitmentDiscountStatus="Unused"),
]


def test_what_is_unused_of_a_commitment_stays_with_whoever_bought_it() -> None:
    """ALL-4: to the purchaser, although a pool takes all other costs of that team."""
    (found,) = shared(UNUSED, {"when": {"x_Team": "central"}})
    assert found.whole == 0
    assert found.contra == ()


def test_a_pool_that_names_what_is_unused_shares_it() -> None:
    """ALL-4: pro rata, 450 + 90 and 150 + 30."""
    (found,) = shared(UNUSED, {"when": {"commitment": "unused"}})
    assert borne(found) == {"search": Decimal(90), "ml": Decimal(30)}


def test_tax_is_shared_only_by_a_pool_that_names_it() -> None:
    """A tax that is recovered is nobody's expense (domain.md 3)."""
    cells = [*TEAMS, cell("platform", 190, ChargeCategory="Tax")]
    (without,) = shared(cells, PLATFORM)
    (named,) = shared(cells, {"when": {"charge_category": "Tax"}})
    assert (without.whole, named.whole) == (Decimal(1000), Decimal(190))


def test_a_team_whose_credits_exceed_its_cost_weighs_nothing() -> None:
    """It is not charged less than nothing, nor are the others charged more than all."""
    cells = [*TEAMS[:2], cell("catalog", -70), TEAMS[3]]
    (found,) = shared(cells, PLATFORM)
    assert borne(found) == {"search": Decimal(625), "ml": Decimal(375)}
    assert found.why == "catalog weighs 0: its direct cost is below 0"


def test_without_any_direct_cost_above_zero_it_is_shared_evenly_and_said() -> None:
    """Σ direct = 0 (domain.md 3)."""
    cells = [cell("search", -5), cell("ml", -5), TEAMS[3]]
    (found,) = shared(cells, PLATFORM)
    assert borne(found) == {"search": Decimal(500), "ml": Decimal(500)}
    assert found.method is Method.EVEN
    assert "no team has a direct cost above 0" in found.why or "below 0" in found.why


def test_a_metric_without_figures_falls_back_to_the_named_method() -> None:
    """The result says which method was used, and why."""
    body = {"method": "metric", "metric": "tickets", "fallback": "even"}
    (found,) = shared(TEAMS, PLATFORM | body)
    assert found.method is Method.EVEN
    assert found.why == "there is no figure of tickets, so even instead"


def test_a_team_that_is_named_and_has_no_figure_is_told() -> None:
    """A missing figure is a gap, and never silently a zero."""
    body = {"method": "metric", "metric": "calls", "targets": ["search", "legal"]}
    (found,) = shared(TEAMS, PLATFORM | body)
    assert borne(found) == {"search": Decimal(1000)}
    assert found.why == "no figure for legal: borne by the others"


def test_a_cluster_goes_to_its_namespaces_with_what_is_idle_on_its_own_line() -> None:
    """Namespaces belong to teams; idle stays with the owner; a stray namespace is nobody's."""
    hours = {"shop-search": Decimal(50), "ranking": Decimal(20), "__idle__": Decimal(20)}
    figures = {("hours", ""): hours | {"stray": Decimal(10)}}
    body: dict[str, Any] = {"method": "metric", "metric": "hours"}
    body |= {"segments": {"shop-search": "search", "ranking": "ml"}}
    (found,) = shared(TEAMS, PLATFORM | body, figures=figures)
    assert {(part.via, part.to, part.amount) for part in found.shares} == {
        ("shop-search", "search", Decimal(500)),
        ("ranking", "ml", Decimal(200)),
        ("__idle__", "platform", Decimal(200)),
        ("stray", NOBODY, Decimal(100)),
    }


def test_a_pool_passes_on_what_it_received_whatever_order_they_are_written_in() -> None:
    """Data bears half of platform, and then shares its own 1,500 and that half."""
    data = {"id": "data", "when": {"x_Team": "catalog"}, "method": "even"}
    data |= {"targets": ["search", "ml"]}
    platform = PLATFORM | {"id": "platform", "method": "even", "targets": ["search", "pool:data"]}
    first, second = shared(TEAMS, data, platform)
    assert (first.pool.id, second.pool.id) == ("platform", "data")
    assert (second.amount, second.received) == (Decimal(1500), Decimal(500))
    assert borne(second) == {"search": Decimal(1000), "ml": Decimal(1000)}


def test_a_charge_belongs_to_the_first_pool_that_takes_it() -> None:
    """Never to two."""
    first, second = shared(TEAMS, PLATFORM, PLATFORM)
    assert (first.whole, second.whole) == (Decimal(1000), Decimal(0))


def test_a_pool_that_nobody_bears_stays_where_it_was() -> None:
    """There is a contra line and the same amount back."""
    (found,) = shared([TEAMS[3]], PLATFORM)
    assert borne(found) == {"platform": Decimal(1000)}
    assert found.why == "nobody is there to bear it, so it stays where it was"


def test_the_methods_lie_beside_each_other() -> None:
    """What each team would bear by every method that the pool can use."""
    body = {"method": "fixed", "weights": {"search": 1, "ml": 1}, "metric": "calls"}
    (found,) = shared(TEAMS, PLATFORM | body)
    assert [option.method for option in found.options] == list(Method)
    assert {total(s.amount for s in one.shares) for one in found.options} == {Decimal(1000)}


NAMES = ("search", "ml", "catalog", "ops", "data", NOBODY)
AMOUNTS = st.decimals(-(10**9), 10**9, allow_nan=False, places=18)
WEIGHTS = st.dictionaries(
    st.sampled_from(NAMES[:3]), st.decimals(0, 10**6, allow_nan=False, places=9), min_size=1
)


@st.composite
def several(draw: st.DrawFn) -> tuple[Pool, ...]:
    """Up to five pools; each passes on only to later ones, so that there is no circle."""
    count = draw(st.integers(1, 5))
    bodies: list[dict[str, Any]] = []
    for place in range(count):
        later = [f"{TO_POOL}p{number}" for number in range(place + 1, count)]
        body: dict[str, Any] = {
            "id": f"p{place}",
            "when": {"x_Team": draw(st.sampled_from(NAMES))},
            "method": draw(st.sampled_from(["even", "proportional", "metric"])),
            "metric": draw(st.sampled_from(["calls", "none"])),
            "targets": draw(st.lists(st.sampled_from([*NAMES[:3], *later]), unique=True)),
        }
        if draw(st.booleans()):
            weights = {name: f"{weight:f}" for name, weight in draw(WEIGHTS).items()}
            body |= {"weights": weights | {later[0]: 3} if later else weights}
        bodies.append(body)
    return read_pools(Node(draw(st.permutations(bodies)), "pools"))


CELLS = st.lists(
    st.builds(
        lambda team, amount, kind: cell(team, amount, ChargeCategory=kind),
        st.sampled_from(NAMES),
        AMOUNTS,
        st.sampled_from(["Usage", "Credit", "Tax"]),
    ),
    max_size=12,
)


@settings(max_examples=examples(500), deadline=None)
@given(CELLS, several(), st.dictionaries(st.sampled_from(NAMES), st.decimals(0, 99, places=3)))
def test_sharing_never_changes_a_total(
    cells: list[Cell], every: tuple[Pool, ...], calls: dict[str, Decimal]
) -> None:
    """Zero-sum, to the last digit: over chains, credits, missing figures and weights of nothing."""
    found = share(cells, every, figures={("calls", ""): calls}, unit=CENT)
    lines = [part for one in found for part in one.shares if not part.to.startswith(TO_POOL)]
    contra = total(amount for one in found for _, amount in one.contra)
    assert total(part.amount for part in lines) == -contra
    for one in found:
        assert total(part.amount for part in one.shares) == one.whole
        assert total(amount for _, amount in one.contra) == -one.amount
        for option in one.options:
            assert not option.shares or total(s.amount for s in option.shares) == one.whole
