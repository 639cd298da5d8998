from __future__ import annotations

from typing import TYPE_CHECKING

from finops.core.period import BillingPeriod
from finops.measures import ask
from finops.measures import Query

if TYPE_CHECKING:
    from finops.dataset import Dataset


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
