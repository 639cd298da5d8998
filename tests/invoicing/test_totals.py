"""Totals are the same from the rollup and from the charges, in an order of their own."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import total
from finops.dataset.sql import parse
from finops.invoicing.totals import dimensions
from finops.invoicing.totals import lines
from finops.invoicing.totals import of_month
from finops.invoicing.totals import question
from finops.invoicing.totals import totals
from tests.invoicing import closable
from tests.invoicing.bill import bring
from tests.invoicing.bill import MONTH

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace


def test_every_dimension_adds_up_to_the_same(opened: Workspace, tmp_path: Path) -> None:
    odd = closable.charge("0.000000000000000001", ListCost="", RegionId="")
    other = closable.charge("-3.5", BillingCurrency="EUR", InvoiceIssuerName="Other")
    bring(opened, tmp_path / "april.csv", [closable.charge("10"), odd, other])
    dataset = opened.dataset()

    found = totals(dataset, MONTH)

    assert set(found) == set(dimensions(dataset))
    for name, told in found.items():
        billed = total(Decimal(line.costs[0] or 0) for line in told if line.currency == "USD")
        assert (name, billed) == (name, Decimal("10.000000000000000001"))
        asked = parse(question(name, "lines", of_month(MONTH, "")))
        assert lines(dataset.select(asked).rows) == told


def test_one_issuer_is_added_up_apart(opened: Workspace, tmp_path: Path) -> None:
    other = closable.charge("7", InvoiceIssuerName="O'Ther")
    bring(opened, tmp_path / "april.csv", [closable.charge("10"), other])
    assert totals(opened.dataset(), MONTH, "O'Ther")[""][0].costs[0] == "7"
    assert totals(opened.dataset(), "2026-05") == dict.fromkeys(dimensions(opened.dataset()), ())


def test_lines_are_in_order_whatever_order_they_come_in() -> None:
    rows = [("b", "USD", 1, None), (None, "USD", 2, Decimal("1.50")), ("a", "USD", 1, None)]
    assert lines(rows) == lines(rows[::-1])
    assert [line.value for line in lines(rows)] == [None, "a", "b"]
    assert lines(rows)[0].costs == ("1.5",)
