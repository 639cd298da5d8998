from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.core.period import BillingPeriod
from finops.errors import Conflict
from finops.savings.drivers import drivers_of
from finops.savings.ledger import find
from finops.savings.measure import Ground
from finops.savings.measure import measure
from finops.savings.measure import span_of
from finops.savings.saving import Kind
from finops.savings.saving import Saving
from tests.savings import room

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

SAID = Saving(title="t", kind=Kind.ELIMINATE, scope="x", team="a", implemented_on=date(2026, 2, 28))


@pytest.mark.parametrize(
    ("month", "told"),
    [
        ("2026-02", None),
        ("2026-03", ("2026-03-01", "2026-04-01")),
        ("2027-02", ("2027-02-01", "2027-03-01")),
        ("2027-03", None),
    ],
)
def test_it_counts_from_the_day_after_for_a_year(month: str, told: tuple[str, str] | None) -> None:
    found = span_of(SAID, BillingPeriod.parse(month))
    assert (found and tuple(map(str, found))) == told


def test_it_counts_until_it_ended() -> None:
    ended = SAID.model_copy(update={"ended_on": date(2026, 3, 10)})
    assert span_of(ended, BillingPeriod(2026, 3)) == (date(2026, 3, 1), date(2026, 3, 10))
    assert span_of(ended, BillingPeriod(2026, 4)) is None


def test_what_is_not_made_is_not_measured(shop: Workspace) -> None:
    key = room.agreed(shop, "ResourceId=gone")
    dataset = shop.dataset()
    ground = Ground(dataset, drivers_of(shop, dataset.snapshot))
    span = (date(2026, 10, 1), date(2026, 11, 1))
    with pytest.raises(Conflict, match="nothing to measure"):
        measure(ground, find(shop, key, today=room.TODAY), span)


def test_a_whole_scope_is_measured_with_all_that_it_holds(shop: Workspace) -> None:
    """Of the region 12 a day were deleted and 12.50 came: nothing is left to be credited."""
    key = room.done(shop, room.agreed(shop, "RegionId=us-east-1"))
    dataset = shop.dataset()
    ground = Ground(dataset, {})
    found = measure(
        ground, find(shop, key, today=room.TODAY), (date(2026, 10, 1), date(2026, 11, 1))
    )
    assert (found.adjusted, found.verified) == (Decimal(372), Decimal(0))
