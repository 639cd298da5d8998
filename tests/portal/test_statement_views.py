"""Views of statements: every one there is, of teams and of cost centers, nobody's apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.core.period import BillingPeriod
from finops.operations.owners import CENTER
from finops.operations.owners import TEAM
from finops.portal import allocated
from finops.portal.lens import Lens
from finops.portal.statement_views import standings
from tests.pages.conftest import market

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

__all__ = ["market"]

MAY = Lens(period=BillingPeriod(2026, 5))


def test_every_owner_has_one_statement_and_nobody_has_the_last(
    market: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINOPS_WORKSPACE", str(market))
    called = {by: [one.called for one in allocated.told(MAY, by)] for by in (TEAM, CENTER)}
    assert called == {
        TEAM: ["search", "data", "UNALLOCATED"],
        CENTER: ["CC-1 One", "CC-2 Two", "UNALLOCATED"],
    }
    standings(MAY)
