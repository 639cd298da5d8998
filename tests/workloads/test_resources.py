from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.workloads.resources import estate
from finops.workloads.resources import Window
from finops.workloads.resources import window_of
from tests.workloads.conftest import AZURE
from tests.workloads.conftest import DAY

if TYPE_CHECKING:
    from finops.access.workspace import Workspace


def test_a_resource_costs_what_its_charges_say(april: Workspace) -> None:
    found = {one.id: one for one in estate(april.dataset(), (), today=DAY).resources}
    assert len(found) == 4
    (meter,) = found["arn:aws:ec2:eu-west-1:1:volume/vol-0ab12345"].meters
    assert (meter.effective, meter.cash, meter.covered) == (Decimal(30), Decimal(30), Decimal(0))
    assert (meter.quantity, meter.weekend) == (Decimal(720), Decimal(192))
    assert "ebs:volumeusage.gp2" in meter.text


def test_euros_are_told_in_the_reported_currency(april: Workspace) -> None:
    """Thirty days at 3 euros and 2 dollars each."""
    found = estate(april.dataset(), (), today=DAY)
    assert found.currency == "USD"
    assert {one.effective for one in found.resources if one.id == AZURE} == {Decimal(180)}


@pytest.mark.parametrize(
    ("today", "window"),
    [
        (date(2026, 6, 9), Window(date(2026, 4, 1), date(2026, 5, 1))),
        (date(2026, 4, 20), Window(date(2026, 3, 21), date(2026, 4, 20))),
    ],
)
def test_the_last_thirty_complete_days_of_the_bill_are_looked_at(
    april: Workspace, today: date, window: Window
) -> None:
    assert window_of(april.dataset(), today) == window


def test_april_has_eight_days_of_weekend() -> None:
    assert len(Window(date(2026, 4, 1), date(2026, 5, 1)).weekend) == 8
