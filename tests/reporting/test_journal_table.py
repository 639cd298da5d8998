"""A line of the ledger's table names its entry and carries the hash of the whole journal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from finops.core.period import BillingPeriod
from finops.invoicing.journal import Journal
from finops.invoicing.posting import Entry
from finops.invoicing.posting import Line
from finops.reporting import journal_table


def test_each_line_is_a_row() -> None:
    line = Line(
        account="6100",
        cost_center="CC-1",
        debit=Decimal(5),
        credit=Decimal(0),
        reporting=None,
        memo="on demand",
    )
    one = Entry(
        kind="invoice", subject="", day=date(2026, 4, 30), currency="EUR", lines=(line,), id="e-1"
    )
    told = Journal(
        period=BillingPeriod(2026, 4), state="open", snapshot="", entries=(one,), recharged=()
    )
    (row,) = journal_table.rows(told)
    assert len(row) == len(journal_table.COLUMNS)
    assert row[:4] == ("e-1", date(2026, 4, 30), "2026-04", "provisional")
    assert row[4:6] == ("6100", "CC-1")
    assert row[-1] == told.source
