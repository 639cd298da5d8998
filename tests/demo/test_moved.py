"""What the story moves in its last month: one price, one service that is new, one that is gone."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.demo.conftest import total

if TYPE_CHECKING:
    from tests.demo.conftest import Made

KAFKA = "Amazon Managed Streaming for Apache Kafka"


def test_the_last_month_has_a_new_price_a_new_service_and_a_farewell(three_seeds: Made) -> None:
    (fact,) = three_seeds.facts("moved", where=["BillingCurrency=USD"])
    assert fact["question"]["period"] == "2026-10"
    steps = {
        (one["step"], one["SkuMeter"]): Decimal(one["amount"]) for one in fact["answer"]["steps"]
    }
    charged = total(row["EffectiveCost"] for row in three_seeds.rows if row["ServiceName"] == KAFKA)
    assert steps["new", "Kafka.m7g.xlarge"] == charged > 0
    assert steps["retired", "ESInstance:m5.xlarge"] < 0
    assert steps["negotiated/list price", "ESInstance:r6g.4xlarge"] < 0
