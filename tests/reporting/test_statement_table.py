"""A statement as a file: its lines, their sum, and on each how final the month is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from finops.core.amount import total
from finops.reporting.statement import Line
from finops.reporting.statement import Saved
from finops.reporting.statement import Statement
from finops.reporting.statement_table import BEARS
from finops.reporting.statement_table import COLUMNS
from finops.reporting.statement_table import CREDIT
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


def test_the_credit_stands_in_a_section_of_its_own_beneath_the_total() -> None:
    saved = (
        Saved(says="Old tables", month="2026-04", amount=Decimal(40), avoided=Decimal(15)),
        Saved(says="Small (ines)", month="2026-04", amount=Decimal("-2.5"), avoided=Decimal(0)),
    )
    told = rows(replace(STATEMENT, savings=saved), mark="closed 1a2b")
    found = [dict(zip(COLUMNS, row, strict=True)) for row in told]
    cost = [row for row in found if row["Section"] == BEARS]
    assert [row["Line"] for row in cost] == ["Direct cost", "Tax", "Total"]
    credit = [row for row in found if row["Section"] == CREDIT]
    assert found == [*cost, *credit]
    assert [(row["Line"], row["Amount"], row["Saved in"]) for row in credit] == [
        ("Old tables", Decimal(40), "2026-04"),
        ("Small (ines)", Decimal("-2.5"), "2026-04"),
        ("Total credited", Decimal("37.5"), ""),
    ]
    assert [row["Of it avoided"] for row in credit] == [15, 0, 15]
    assert {row["Currency"] for row in credit} == {"USD"}
