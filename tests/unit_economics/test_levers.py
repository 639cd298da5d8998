"""Levers: each figure worked out by hand, in UNIT-4's order.

The product costs 120 000 a month for 60 M calls that earn 0.005 each: 90 000 follow volume (60 000
of them of compute), 30 000 do not. 10 000 run on machines that could be smaller; nobody owns
20 000 of the bill, of which it carries a tenth. Of 100 000 before commitments, half is covered;
more would come at 30 % off and be used to 90 %.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from finops.core.amount import total
from finops.errors import UsageError
from finops.unit_economics import levers
from finops.unit_economics.levers import Base
from finops.unit_economics.levers import Levers
from finops.unit_economics.levers import pull

D = Decimal
BASE = Base(
    cost=D(120000),
    units=D(60_000_000),
    revenue=D(300000),
    variable=D(90000),
    services=(("compute", D(60000)), ("storage", D(30000))),
    worklist=D(10000),
    pool=D(20000),
    share=D("0.1"),
    on_demand=D(100000),
    coverage=D("0.5"),
    discount=D("0.3"),
    utilization=D("0.9"),
)
CENT = D("0.01")
COMPUTE = {"efficiency": D("0.1"), "service": "compute"}


@pytest.mark.parametrize(
    ("name", "change", "cost", "unit_cost", "margin"),
    [
        ("at rest", {}, "120000", "0.00200000", "0.600000"),
        # 90000 x 20 % = 18000 more, for 72 M calls that earn 360000
        ("demand", {"demand": D("0.2")}, "138000", "0.00191667", "0.616667"),
        ("demand", {"demand": D("-0.5")}, "75000", "0.00250000", "0.500000"),
        # 60000 x 10 % = 6000 less
        ("efficiency", COMPUTE, "114000", "0.00190000", "0.620000"),
        ("efficiency", {"efficiency": D("0.1")}, "111000", "0.00185000", "0.630000"),
        # 10000 x 40 % = 4000 less
        ("rightsizing", {"rightsizing": D("0.4")}, "116000", "0.00193333", "0.613333"),
        # (0.25 - 0.10) x 20000 = 3000 more
        ("shared", {"shared": D("0.25")}, "123000", "0.00205000", "0.590000"),
        # (0.8 - 0.5) x 100000 x (1 - 0.7 / 0.9) = 6666.67 less
        ("coverage", {"coverage": D("0.8")}, "113333.33", "0.00188889", "0.622222"),
        # 5 % of the 50000 that nothing covers
        ("price", {"price": D("0.05")}, "122500", "0.00204167", "0.591667"),
        ("price", {"price": D("-0.1")}, "115000", "0.00191667", "0.616667"),
    ],
)  # fmt: skip
def test_a_lever_moves_each_figure_as_by_hand(
    name: str, change: dict[str, Decimal], cost: str, unit_cost: str, margin: str
) -> None:
    found = pull(BASE, Levers(**change))  # type: ignore[arg-type]
    assert found.cost.quantize(CENT) == D(cost)
    assert found.unit_cost is not None
    assert found.margin is not None
    assert round(found.unit_cost, 8) == D(unit_cost)
    assert round(found.margin, 6) == D(margin)
    moved = {step.lever for step in found.steps if step.amount}
    assert moved == ({name} - {"at rest"})


def test_all_levers_at_once_work_on_what_the_one_before_left() -> None:
    """Usage falls to 118000 + 18000 - 7200 - 4000 = 124800 of 118000 of its own.

    So 105762.71 stand before commitments: 30 points more of coverage save 7050.85, and 5 % on the
    fifth that is left bare is 1057.63.
    """
    found = pull(
        BASE,
        Levers(
            demand=D("0.2"),
            efficiency=D("0.1"),
            service="compute",
            rightsizing=D("0.4"),
            shared=D("0.25"),
            coverage=D("0.8"),
            price=D("0.05"),
        ),
    )
    cents = [(step.lever, step.amount.quantize(CENT)) for step in found.steps]
    assert cents == [
        ("demand", D("18000.00")),
        ("efficiency", D("-7200.00")),
        ("rightsizing", D("-4000.00")),
        ("shared", D("3000.00")),
        ("coverage", D("-7050.85")),
        ("price", D("1057.63")),
    ]
    assert found.cost.quantize(CENT) == D("123806.78")
    assert total([found.start, *(step.amount for step in found.steps)]) == found.cost


def test_unit_1_a_fifth_more_volume_does_not_cost_a_fifth_more() -> None:
    found = pull(BASE, Levers(demand=D("0.2")))
    assert BASE.cost * D("1.2") - found.cost == 6000


def test_unit_3_average_falls_although_marginal_rises() -> None:
    before = Base(cost=D(120000), units=D(60_000_000), revenue=D(0), variable=D(90000))
    after = Base(cost=D(174000), units=D(90_000_000), revenue=D(0), variable=D(144000))
    averages = [pull(one, Levers()).unit_cost for one in (before, after)]
    assert [round(one, 8) for one in averages if one] == [D("0.00200000"), D("0.00193333")]
    assert [one.variable / one.units for one in (before, after)] == [D("0.0015"), D("0.0016")]


def test_a_target_is_met_by_the_lever_that_is_asked() -> None:
    for lever in levers.ORDER:
        place = levers.solve(BASE, Levers(), lever, target=D("0.0019"))
        assert place is not None
        found = pull(BASE, levers.at(Levers(), lever, place)).unit_cost
        assert found is not None
        assert abs(found - D("0.0019")) < D("1e-20")
    asked = levers.solve(BASE, Levers(), "efficiency", target=D("0.0019"))
    assert asked is not None
    assert round(asked, 8) == D("0.06666667")


def test_a_lever_that_moves_nothing_meets_no_target() -> None:
    fixed = replace(BASE, worklist=D(0))
    assert levers.solve(fixed, Levers(), "rightsizing", target=D("0.0019")) is None


def test_break_even_is_where_fixed_cost_is_earned() -> None:
    """30000 / (0.005 - 0.0015) = 8571428.57 calls."""
    found = levers.break_even(BASE, Levers())
    assert found is not None
    assert found.quantize(CENT) == D("8571428.57")
    assert levers.break_even(replace(BASE, revenue=D(80000)), Levers()) is None
    assert levers.break_even(replace(BASE, revenue=D(0), units=D(0)), Levers()) is None


def test_the_lever_that_matters_most_comes_first() -> None:
    bounds = {"demand": (D("-0.1"), D("0.1")), "price": (D("-0.5"), D("0.5"))}
    found = levers.tornado(BASE, Levers(), bounds)
    assert [(one.lever, one.low, one.high) for one in found] == [
        ("price", D(95000), D(145000)),
        ("demand", D(111000), D(129000)),
    ]


def test_what_was_moved_is_told_in_order() -> None:
    assert levers.moved(BASE, Levers()) == ()
    assert levers.moved(BASE, Levers(shared=D("0.1"), coverage=D("0.5"))) == ()
    assert levers.moved(BASE, Levers(price=D(1), demand=D(1))) == ("demand", "price")


def test_an_unknown_service_or_lever_is_named() -> None:
    with pytest.raises(UsageError, match="No cost of 'x' follows volume") as caught:
        pull(BASE, Levers(efficiency=D(1), service="x"))
    assert "compute, storage" in caught.value.remedy
    with pytest.raises(UsageError, match="There is no lever 'luck'"):
        levers.solve(BASE, Levers(), "luck", target=D(1))


amounts = st.decimals(min_value=0, max_value=10**9, places=6)
shares = st.decimals(min_value=0, max_value=1, places=4)


@st.composite
def bases(draw: st.DrawFn) -> Base:
    variable, fixed, one = draw(amounts), draw(amounts), draw(shares)
    return Base(
        cost=variable + fixed,
        units=draw(amounts) + 1,
        revenue=draw(amounts),
        variable=variable,
        services=(("a", variable * one), ("b", variable - variable * one)),
        worklist=draw(amounts),
        pool=draw(amounts),
        on_demand=draw(amounts),
        coverage=draw(shares),
        discount=D("0.3"),
        utilization=D("0.95"),
    )


pulled = st.builds(
    Levers,
    demand=shares,
    efficiency=shares,
    service=st.sampled_from(["", "a", "b"]),
    rightsizing=shares,
    shared=shares,
    coverage=shares,
    price=shares,
)


@settings(max_examples=60, deadline=None)
@given(bases())
def test_at_rest_it_is_the_actual_cost_to_the_last_digit(base: Base) -> None:
    found = pull(base, Levers())
    assert (found.cost, found.units, found.revenue) == (base.cost, base.units, base.revenue)
    assert not any(step.amount for step in found.steps)


@settings(max_examples=60, deadline=None)
@given(bases(), pulled)
def test_the_steps_always_add_up(base: Base, at: Levers) -> None:
    found = pull(base, at)
    assert total([found.start, *(step.amount for step in found.steps)]) == found.cost


@settings(max_examples=60, deadline=None)
@given(bases(), shares, shares)
def test_more_of_a_lever_never_does_less(base: Base, one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    for lever, sign in (
        ("demand", 1), ("efficiency", -1), ("rightsizing", -1), ("shared", 1), ("coverage", -1),
        ("price", 1),
    ):  # fmt: skip
        costs = [pull(base, levers.at(Levers(), lever, place)).cost for place in (low, high)]
        assert (costs[1] - costs[0]) * sign >= 0
