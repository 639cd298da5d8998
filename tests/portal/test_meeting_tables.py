"""Meeting tables: amounts with their sign and currency, and what lacks said to lack."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.access.workspace import make_workspace
from finops.operations.entries import log_of
from finops.operations.material import Item
from finops.operations.outcomes import Outcome
from finops.portal import meeting_tables
from tests.operations.room import decided
from tests.operations.room import meeting
from tests.operations.room import spring

if TYPE_CHECKING:
    from pathlib import Path


BROUGHT = {"expected": -300, "effect": -270, "measured": {"month": "2026-05", "amount": 630,
           "currency": "USD", "snapshot": "s"}, "result": "hit"}  # fmt: skip


def test_an_item_has_its_amount_with_its_currency() -> None:
    table = meeting_tables.items((Item(source="s", title="t", amount=Decimal(-5), currency="USD"),))
    assert table.columns["Amount"] == ["\u22125.00\u00a0USD"]
    assert table.columns["Owner"] == ["n/a"]


def test_an_outcome_stands_beside_what_was_chosen(tmp_path: Path) -> None:
    opened = make_workspace(tmp_path / "own")
    spring(opened, tmp_path / "spring.csv")
    key = decided(opened, meeting(opened))
    found = (Outcome.model_validate({**BROUGHT, "key": key}),)
    table = meeting_tables.ahead(log_of(opened), found)
    assert table.columns["Decision"] == ["Switch it off"]
    assert table.columns["Measured in"] == ["May 2026"]
    assert table.columns["Scored"] == ["at the next meeting"]
    opened.close()
