from __future__ import annotations

from finops.core.measure import Axis
from finops.core.measure import Measure
from finops.core.measure import Unit


def test_a_measure_counts_on_the_charge_axis_unless_it_says_otherwise() -> None:
    measure = Measure(
        name="EffectiveCost",
        title="Effective cost",
        unit=Unit.MONEY,
        definition="What the usage cost after discounts, prepayment spread over its use.",
        expression="sum(EffectiveCost)",
    )
    assert measure.axis is Axis.CHARGE
    assert measure.from_rollup


def test_axes_and_units_are_written_as_the_command_line_writes_them() -> None:
    assert [*Axis] == ["billing", "charge"]
    assert [*Unit] == ["money", "count", "quantity"]
