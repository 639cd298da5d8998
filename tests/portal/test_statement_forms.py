"""Forms of statements; they are sent through the menu in `tests/pages/test_statements.py`."""

from __future__ import annotations

from decimal import Decimal

from finops.operations.disputes import Dispute
from finops.operations.disputes import Settlement
from finops.portal.statement_forms import said

OPEN = Dispute(
    key="X1", scope="x_Team=search", month="2026-05", line="Direct cost", amount=Decimal("60.5"),
    currency="USD", reason="[not](it) ours.", to="data",
)  # fmt: skip


def plain(one: Dispute) -> str:
    return said(one).replace("\u00a0", " ").replace("\\", "")


def test_a_dispute_is_a_line_of_text_and_no_link() -> None:
    told = "**X1**: search disputes Direct cost of May 2026 (60.50 USD), and asks data to bear it: "
    assert plain(OPEN) == f"{told}[not](it) ours."
    assert "\\[not" in said(OPEN)


def test_its_answer_stands_beside_it() -> None:
    answered = {"settlement": Settlement.AGREED, "answer": "so it is", "by": "Kenji"}
    assert plain(OPEN.model_copy(update=answered)).endswith("**Agreed** by Kenji: so it is")
