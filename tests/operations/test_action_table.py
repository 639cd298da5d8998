from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.operations.action_table import COLUMNS
from finops.operations.action_table import rows
from finops.operations.entries import log_of
from tests.operations.room import action

if TYPE_CHECKING:
    from finops.access.workspace import Workspace


def test_a_row_says_how_late_an_action_is_and_what_that_has_cost(opened: Workspace) -> None:
    late = action(expected=Decimal(-365))
    figures = ("2026-04", "provisional")
    found = list(
        rows(log_of(opened), (late,), today=date(2026, 6, 24), currency="USD", figures=figures)
    )
    told = dict(zip(COLUMNS, found[0], strict=True))
    assert (told["Days late"], told["Cost of delay"]) == (10, Decimal(120))
    assert (told["Month reviewed"], told["Figures"]) == figures


def test_what_a_delay_cost_is_told_in_cents(opened: Workspace) -> None:
    late = action(expected=Decimal(-1000))
    (row,) = rows(
        log_of(opened), (late,), today=date(2026, 6, 24), currency="USD", figures=("2026-04", "")
    )
    assert dict(zip(COLUMNS, row, strict=True))["Cost of delay"] == Decimal("328.77")
