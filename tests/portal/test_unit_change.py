"""Unit change: the part that moved a unit cost, in words and as a walk."""

from __future__ import annotations

from decimal import Decimal

from finops.portal import unit_change
from finops.unit_economics.attribution import Attribution

D = Decimal
ROSE = Attribution(D("0.20"), D("-0.01"), D("0.01"), D("0.03"), D(0), D(0), D("0.23"))


def test_the_part_that_moved_it_most_is_named_in_its_direction() -> None:
    assert unit_change.phrase(ROSE, "USD").replace("\u00a0", " ") == "mostly mix (+0.0300 USD)"
    still = ROSE._replace(after=D("0.20"))
    assert unit_change.phrase(still, "USD") == ""


def test_every_part_is_told_with_its_meaning() -> None:
    assert len(unit_change.PARTS) == len(ROSE.parts)
    assert next(name for name, _ in ROSE.parts) == "mix"
