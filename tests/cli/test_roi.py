from __future__ import annotations

from decimal import Decimal

from finops.cli.roi import document
from finops.cli.roi import percent
from tests.assessment.test_roi import told


def test_what_is_not_known_is_said_and_never_zero() -> None:
    found = document(told(hard="300", cost="0"))
    assert (found["roi"], found["target"], found["target_reached"]) == (None, None, None)
    assert "not known" in percent(None)
    assert percent(Decimal("-0.0625")) == "-6.25%"
