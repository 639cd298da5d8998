from __future__ import annotations

from decimal import Decimal

from finops.portal.works import money
from finops.portal.works import WAITING
from finops.workloads.progress import HOLDS
from tests.portal.things import told
from tests.portal.things import works


def test_what_is_not_known_is_worth_nothing_yet() -> None:
    assert [one.net for one in works()] == [Decimal(10), Decimal("3.6"), Decimal(0)]


def test_what_is_held_does_not_wait_for_anybody() -> None:
    assert not set(WAITING) & set(HOLDS)
    assert money(Decimal(10), told()) == "10.00\u00a0USD"
