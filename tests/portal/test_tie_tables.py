"""Tables of a reconciliation: every amount with its currency, every unknown as unknown."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from finops.invoicing.commitments import LedgerStatus
from finops.invoicing.reconciliation import Status
from finops.portal import tie_tables
from finops.portal.charts import Step
from tests.portal.test_ties import BARE
from tests.portal.test_ties import match
from tests.portal.test_ties import month
from tests.portal.test_ties import rolled
from tests.portal.test_ties import WRONG


def test_every_status_has_a_sign_and_a_word() -> None:
    for status in (*Status, *LedgerStatus):
        sign, _, word = tie_tables.WORDS[status].partition(" ")
        assert len(sign) == 1
        assert word


def test_an_invoice_names_its_currency_in_every_amount() -> None:
    table = tie_tables.invoices((WRONG, BARE, match("5", currency="JPY")))
    assert list(table.columns["Billed"]) == ["10.00\u00a0USD", "10.00\u00a0USD", "5\u00a0JPY"]
    assert list(table.columns["Unexplained"]) == ["\u22123.50\u00a0USD", "", ""]
    assert table.columns["Invoiced"][1] == "n/a"


def test_what_has_no_name_is_the_last_row() -> None:
    one = match("1", ("support", Decimal(2)), unexplained=Decimal(3))
    table = tie_tables.named(one)
    assert list(table.columns["Difference"]) == ["support", "UNEXPLAINED"]
    assert list(table.columns["Amount"]) == ["+2.00\u00a0USD", "+3.00\u00a0USD"]


def test_a_balance_that_nobody_knows_is_not_known_and_never_zero() -> None:
    (known,) = month().commitments
    table = tie_tables.ledger([replace(known, opening=None, closing=None, id="a/" + "b" * 40)])
    assert table.columns["Opening"] == table.columns["Closing"] == ["not known"]
    assert table.columns["Utilization (%)"] == ["not known"]
    assert table.columns["Term ends"] == ["not known"]
    assert table.columns["Commitment"] == ["…" + "b" * 17]
    assert not tie_tables.ledger(()).columns


def test_steps_name_their_currency_in_the_column() -> None:
    table = tie_tables.steps("Walk", (Step("Billed", Decimal("1.005")),), "USD")
    assert list(table.columns) == ["Step", "Amount (USD)"]


def test_the_prepaid_balance_has_a_row_for_each_currency() -> None:
    table = tie_tables.prepaid([rolled(), replace(rolled(), currency="EUR", opening=None)])
    assert table.columns["Commitments"] == ["1 in USD", "1 in EUR"]
    assert table.columns["Opening"] == ["0.00\u00a0USD", "not known"]
    assert table.columns["Closing"] == ["220.00\u00a0USD", "220.00\u00a0EUR"]
