"""The largest movements are the same from both trees, and add up to what the month moved."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.allocation.movements import ENGINEERING
from finops.allocation.movements import FINANCE
from finops.allocation.movements import movements
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.measures import Query
from tests.invoicing.bill import bring
from tests.invoicing.closable import charge
from tests.operations.owned import market

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

APRIL, MAY = (Query(measures=("EffectiveCost",), period=BillingPeriod(2026, m)) for m in (4, 5))
DATA = '{"team": "data"}'


def test_both_trees_tell_the_same_movements_each_with_its_own_place(
    opened: Workspace, tmp_path: Path
) -> None:
    """r-2 goes from 40 to 10, r-9 is new with 25, and r-1 goes from search to data unmoved."""
    market(opened, tmp_path / "april.csv")
    rows = [
        charge("60", "2026-05", Tags=DATA),
        charge("10", "2026-05", Tags=DATA, ResourceId="r-2", ServiceName="Disk"),
        charge("25", "2026-05", ResourceId="r-9"),
    ]
    bring(opened, tmp_path / "may.csv", rows)
    dataset = opened.dataset()
    finance, engineering = (
        movements(dataset, MAY, APRIL, place) for place in (FINANCE, ENGINEERING)
    )
    assert [one[:3] for one in finance] == [one[:3] for one in engineering]
    assert [one.resource for one in finance] == ["r-2", "r-9"]
    assert [one.by for one in finance] == [-30, 25]
    assert [one.by for one in engineering] == [-30, 25]
    assert [one.place[0] for one in finance] == ["CC-2", "CC-1"]
    assert [one.place for one in engineering] == [("data",), ("search",)]
    assert total(one.by for one in finance) == Decimal(95) - Decimal(100)
