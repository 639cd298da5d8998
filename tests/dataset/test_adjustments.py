"""The difference of two deliveries, line by line: what is gone is reversed, what is new booked."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from finops.ingestion.commit import Mode
from tests.ingestion.lateness import close
from tests.ingestion.lateness import deliver
from tests.ingestion.lateness import figures
from tests.ingestion.lateness import of
from tests.ingestion.lateness import summed

if TYPE_CHECKING:
    from finops.access.workspace import Workspace


def rows(workspace: Workspace) -> list[dict[str, object]]:
    """The adjustments as they lie on the disk."""
    snapshot = workspace.snapshot()
    assert snapshot
    return [
        row
        for part in snapshot.parts
        if part.adjusts
        for row in pq.ParquetFile(workspace.root / part.path).read().to_pylist()
    ]


APRIL = [of(4, "10"), of(4, "20", day=2)]


def test_a_reversal_negates_costs_and_quantities_and_keeps_everything_else(
    fresh: Workspace,
) -> None:
    whole = [row | {"ConsumedQuantity": "2", "ListUnitPrice": "5"} for row in APRIL]
    deliver(fresh, whole)
    close(fresh, "2026-04")
    report = deliver(fresh, [whole[0] | {"BilledCost": "11"}, whole[1]])

    reversal, booked = sorted(rows(fresh), key=lambda row: str(row["x_Reverses"]))
    assert (reversal["BilledCost"], booked["BilledCost"]) == (Decimal(-10), Decimal(11))
    assert (reversal["ConsumedQuantity"], booked["ConsumedQuantity"]) == (Decimal(-2), Decimal(2))
    assert reversal["ListUnitPrice"] == booked["ListUnitPrice"] == Decimal(5)
    assert (reversal["ChargeClass"], booked["ChargeClass"]) == ("Correction", None)
    assert (reversal["x_Reverses"], booked["x_Reverses"]) == ("Charge", None)
    for row in (reversal, booked):
        assert f"{row['BillingPeriodStart']:%Y-%m-%d}" == "2026-05-01"
        assert f"{row['BillingPeriodEnd']:%Y-%m-%d}" == "2026-06-01"
        assert f"{row['ChargePeriodStart']:%Y-%m-%d}" == "2026-04-01"
        assert row["InvoiceId"] == "INV-1"
        assert row["x_Adjusts"] == "2026-04"
        assert row["x_AdjustedBy"] == report.import_id


def test_equal_lines_are_counted_and_not_merged(fresh: Workspace) -> None:
    deliver(fresh, [of(4, "10")] * 5)
    close(fresh, "2026-04")
    deliver(fresh, [of(4, "10")] * 3)
    assert [row["BilledCost"] for row in rows(fresh)] == [Decimal(-10)] * 2
    deliver(fresh, [of(4, "10")] * 4)
    assert len(rows(fresh)) == 3
    assert figures(fresh, "2026-04") == summed([of(4, "10")] * 4)


def test_a_correction_is_reversed_and_can_come_back(fresh: Workspace) -> None:
    """What a reversal reversed is known: a line that was a correction, or one that was none."""
    plain, correction = of(4, "10"), of(4, "10", ChargeClass="Correction")
    deliver(fresh, [plain, correction])
    close(fresh, "2026-04")
    for delivered in ([plain], [correction], [plain, correction], [correction, correction]):
        deliver(fresh, delivered, Mode.REPLACE)
        assert figures(fresh, "2026-04") == summed(delivered)
    assert deliver(fresh, [correction, correction], Mode.REPLACE).restates == ()


def test_a_column_that_only_one_delivery_has_is_compared_as_empty(fresh: Workspace) -> None:
    deliver(fresh, [of(4, "10")])
    close(fresh, "2026-04")
    wider = of(4, "10", RegionId="eu-1")
    deliver(fresh, [wider])
    assert sorted(str(row["RegionId"]) for row in rows(fresh)) == ["None", "eu-1"]
    deliver(fresh, [of(4, "10")], Mode.REPLACE)
    assert figures(fresh, "2026-04") == summed([wider])


def test_a_custom_column_alone_makes_no_difference(fresh: Workspace) -> None:
    deliver(fresh, [of(4, "10")])
    close(fresh, "2026-04")
    assert deliver(fresh, [of(4, "10", x_Own="1")]).restates == ()
