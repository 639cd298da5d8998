from __future__ import annotations

from typing import TYPE_CHECKING

from finops.core.measure import Axis
from finops.core.period import BillingPeriod
from finops.measures import ask
from finops.measures import Query
from tests.corpus.workspaces import fresh
from tests.corpus.workspaces import template
from tests.ingestion.lateness import close
from tests.ingestion.lateness import deliver
from tests.ingestion.lateness import of

if TYPE_CHECKING:
    from finops.access.workspace import Workspace
    from finops.dataset import Dataset

__all__ = ["fresh", "template"]


def test_a_receipt_says_where_the_figures_come_from(mini: Dataset, bare: Dataset) -> None:
    receipt = ask(mini, Query(measures=("EffectiveCost",), period=BillingPeriod(2026, 4))).receipt
    assert receipt.snapshot == mini.snapshot.id
    assert receipt.imports == tuple({part.import_id for part in mini.snapshot.parts})
    assert receipt.charges == 15
    assert receipt.rates == ("EUR to USD 2026-04: 1.1 (average)",)
    assert receipt.data_through == "2026-04-02"
    assert receipt.unknown == ()
    assert len(receipt.sql) == 1
    assert "2026-05-01" in receipt.sql[0]
    assert ask(bare, Query(measures=("Charges", "Resources"))).receipt.rates == ()
    assert len(ask(bare, Query(measures=("Charges", "Resources"))).receipt.sql) == 3


def test_adjustments_of_a_closed_month_are_told_on_the_axis_on_which_they_count(
    fresh: Workspace,
) -> None:
    deliver(fresh, [of(5, "10")])
    close(fresh, "2026-05")
    deliver(fresh, [of(5, "12")])
    told = ("2026-05 as restated since its close, booked in 2026-06",)
    for axis, month, expected in (
        (Axis.CHARGE, "2026-05", told),
        (Axis.CHARGE, "2026-06", ()),
        (Axis.BILLING, "2026-05", ()),
        (Axis.BILLING, "2026-06", told),
    ):
        period = BillingPeriod.parse(month)
        asked = Query(measures=("EffectiveCost",), axis=axis, period=period)
        assert ask(fresh.dataset(), asked).receipt.restated == expected
