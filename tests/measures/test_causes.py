"""Causes: named once, defined once; a charge is set apart for one cause at most."""

from __future__ import annotations

from finops.measures.causes import bucket
from finops.measures.causes import Cause


def test_every_cause_says_what_it_means() -> None:
    for cause in Cause:
        assert cause.definition.endswith(".")
        assert cause.heading[0].isupper()


def test_what_is_set_apart_goes_to_the_first_bucket_that_fits() -> None:
    """A correction of tax is a correction; unused commitment given back is unused."""
    found = bucket("BilledCost")
    places = [
        found.index(f"THEN '{cause}'")
        for cause in (
            *(Cause.CORRECTIONS, Cause.TAX, Cause.CREDITS, Cause.ADJUSTMENTS),
            *(Cause.UNUSED, Cause.REFUNDS, Cause.PURCHASES),
        )
    ]
    assert places == sorted(places)
    assert "BilledCost < 0" in found
