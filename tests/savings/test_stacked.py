"""SAV-2: usage 1000 to 800 and price .10 to .07: 44 in all, 20 and 24, however claimed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.core.amount import total
from finops.savings.saving import Baseline
from finops.savings.saving import Kind
from finops.savings.saving import Method
from finops.savings.saving import Saving
from finops.savings.stacked import overlaps
from finops.savings.stacked import stacked

CENTS = st.decimals(min_value=-1000, max_value=1000, places=2)


def saving(key: str, *resources: str, scope: str = "", method: Method = Method.RESOURCE) -> Saving:
    frozen = Baseline(
        method=method,
        start=date(2026, 9, 1),
        end=date(2026, 10, 1),
        currency="USD",
        rates="2026-09",
        snapshot="1",
        points=(),
        resources=resources,
    )
    scope = scope or f"ResourceId={key}"
    return Saving(key=key, title="", kind=Kind.ELIMINATE, scope=scope, team="a", baseline=frozen)


def test_sav_2_each_claims_on_its_own_base_and_nothing_counts_twice() -> None:
    usage = Decimal(200) * Decimal("0.10")
    rate = Decimal(1000) * Decimal("0.03")
    fall = Decimal(100) - Decimal(800) * Decimal("0.07")
    assert stacked([usage, rate], fall) == (Decimal(20), Decimal(24))


@given(st.lists(CENTS, max_size=6), CENTS)
def test_together_they_are_never_credited_more_than_the_fall(
    claims: list[Decimal], fall: Decimal
) -> None:
    found = stacked(claims, fall)
    assert total(found) <= max(fall, Decimal(0))
    assert all(0 <= one <= max(claim, Decimal(0)) for one, claim in zip(found, claims, strict=True))


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (saving("b", "r1", "r2"), True),
        (saving("b", "r2"), False),
        (saving("b", scope="ResourceId=a"), True),
        (saving("b", "r1", method=Method.COMMITMENT), False),
        (saving("a", "r1"), False),
    ],
)
def test_claims_on_the_same_resource_overlap(other: Saving, *, told: bool) -> None:
    assert overlaps(saving("a", "r1"), other) is told


def test_what_is_not_agreed_claims_nothing_yet() -> None:
    open_one = saving("a", "r1").model_copy(update={"baseline": None})
    assert not overlaps(open_one, saving("b", "r1"))
