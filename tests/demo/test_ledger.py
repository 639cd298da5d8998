from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from finops.core.period import BillingPeriod
from finops.demo.book import Book
from finops.demo.book import charges
from finops.demo.book import Owner
from finops.demo.company import load_company
from finops.demo.ledger import Key
from finops.demo.ledger import Ledger
from finops.demo.seasons import Month
from finops.demo.seasons import ordinal

APRIL = Month(24, BillingPeriod(2026, 4))
MARCH = APRIL.period.plus(-1)


@pytest.fixture
def ledger() -> Ledger:
    """Three charges of the search team, in the largest numbers; one corrects March.

    April 10: 9,000,000; April 11: 9,000,000; March 31: -1.
    """
    book = Book()
    found = Ledger(load_company(), book)
    template = book.template({"ProviderName": "AWS", "ChargeCategory": "Usage"})
    rows = charges(3, template=template, owner=book.owners.place(Owner("search")))
    days = [date(2026, 4, 10), date(2026, 4, 11), date(2026, 3, 31)]
    rows["start"] = [ordinal(day) for day in days]
    rows["billed"] = np.array([9 * 10**18, 9 * 10**18, -(10**12)])
    found.record(rows, "aws", APRIL)
    return found


def test_sums_are_exact_beyond_64_bits(ledger: Ledger) -> None:
    sums = ledger.sums[Key("x_Team", "billing", APRIL.period, "USD", "search")]
    assert sums.charges == 3
    assert sums.amounts["BilledCost"] == 18 * 10**18 - 10**12


def test_a_correction_counts_in_its_own_month_on_the_charge_axis(ledger: Ledger) -> None:
    april = ledger.sums[Key("x_Team", "charge", APRIL.period, "USD", "search")]
    march = ledger.sums[Key("x_Team", "charge", MARCH, "USD", "search")]
    assert (april.charges, march.charges) == (2, 1)
    assert march.amounts["BilledCost"] == -(10**12)


def test_a_month_without_charges_has_no_entry(ledger: Ledger) -> None:
    assert Key("x_Team", "billing", MARCH, "USD", "search") not in ledger.sums
