from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.access.actor import local_actor
from finops.invoicing.books import books_of
from finops.invoicing.explanations import Claim
from finops.invoicing.explanations import say
from tests.faults.bill import costing
from tests.invoicing.bill import AT
from tests.invoicing.bill import bring
from tests.invoicing.bill import invoice
from tests.invoicing.bill import tell

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace


def test_books_are_as_they_stood_at_a_snapshot(opened: Workspace, tmp_path: Path) -> None:
    bring(opened, tmp_path / "bill.csv", [costing("10")])
    before = opened.snapshot()
    tell(opened, invoice("I-1", "12.50", lines=3, due="2026-05-30"))
    after = opened.snapshot()
    assert before
    assert after
    assert books_of(opened, before).headers == ()
    (header,) = books_of(opened, after).headers
    assert header == invoice("I-1", "12.50", lines=3, due="2026-05-30")


def test_an_explanation_that_was_taken_back_is_none(opened: Workspace, tmp_path: Path) -> None:
    bring(opened, tmp_path / "bill.csv", [costing("10")])
    tell(opened, invoice("I-1", "12.50"))
    counted = []
    for amount in ("2.50", "0"):
        claim = Claim(
            invoice_id="I-1", month="", reason="Fee", amount=Decimal(amount), evidence="mail"
        )
        say(opened, claim, actor=local_actor(), at=AT)
        snapshot = opened.snapshot()
        assert snapshot
        counted.append(len(books_of(opened, snapshot).explained))
    assert counted == [1, 0]
