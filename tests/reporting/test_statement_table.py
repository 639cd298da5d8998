"""A statement as a file: its lines, their sum, and on each how final the month is."""

from __future__ import annotations

from decimal import Decimal

from finops.core.amount import total
from finops.reporting.statement import Line
from finops.reporting.statement import Statement
from finops.reporting.statement_table import COLUMNS
from finops.reporting.statement_table import rows

LINES = (
    Line(kind="direct", says="Direct cost", amount=Decimal(60), before=Decimal(50)),
    Line(kind="tax", says="Tax", amount=Decimal("5.5"), before=Decimal(0)),
)
STATEMENT = Statement(
    team="search", scope="x_Team=search", period="2026-05", currency="USD", snapshot="7-a",
    measure="EffectiveCost", lines=LINES, total=Decimal("65.5"), before=Decimal(50),
    own=Decimal(60), own_before=Decimal(50), budget=None,
)  # fmt: skip


def test_every_row_carries_the_mark_and_the_lines_are_their_total() -> None:
    found = [dict(zip(COLUMNS, row, strict=True)) for row in rows(STATEMENT, mark="closed 1a2b")]
    assert {row["Period state"] for row in found} == {"closed 1a2b"}
    assert {row["Source hash"] for row in found} == {STATEMENT.digest}
    assert [row["Line"] for row in found] == ["Direct cost", "Tax", "Total"]
    *lines, last = [Decimal(str(row["Amount"])) for row in found]
    assert total(lines) == last
