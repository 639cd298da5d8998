"""The journal of a month: COM-1 and REC-3 exactly, and debits equal credits for every book."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from finops import invoicing
from finops.access.workspace import make_workspace
from finops.core.amount import EXACT
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.invoicing.accrual import true_up
from finops.invoicing.booked import Part
from finops.invoicing.journal import consumed
from finops.invoicing.journal import journal
from finops.invoicing.posting import Accounts
from finops.invoicing.posting import entry
from finops.invoicing.posting import Move
from finops.invoicing.posting import Terms
from finops.invoicing.recharge import Gate
from finops.invoicing.recharge import NO_CENTER
from finops.invoicing.recharge import recharge_rate
from tests.faults.bill import costing
from tests.invoicing.bill import bring
from tests.invoicing.bill import covered
from tests.invoicing.bill import days
from tests.invoicing.bill import invoice
from tests.invoicing.bill import MONTH
from tests.invoicing.bill import part
from tests.invoicing.bill import purchase
from tests.invoicing.bill import report
from tests.invoicing.bill import tell

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.invoicing.journal import Journal
    from finops.invoicing.posting import Entry

APRIL = BillingPeriod.parse(MONTH)
HERE = {**days(), "InvoiceId": "I-1"}
COM_1 = [
    purchase("4380", InvoiceId="I-1"),
    purchase("372", ChargeFrequency="Recurring", InvoiceId="I-1"),
    covered("675", "Used", InvoiceId="I-1"),
    covered("69", "Unused", InvoiceId="I-1"),
    costing("100", **HERE),
]


def of(workspace: Workspace) -> Journal:
    dataset = workspace.dataset()
    books = invoicing.books_of(workspace, dataset.snapshot)
    return journal(dataset, books, report(workspace), accounts=Accounts(), gate=Gate())


def booked(one: Entry) -> dict[tuple[str, str], Decimal]:
    return {(line.account, "Dr" if line.debit else "Cr"): abs(line.net) for line in one.lines}


def test_the_journal_of_com_1(opened: Workspace, tmp_path: Path) -> None:
    """Dr 1400 4380, 6110 675, 6190 69, 6100 100; Cr 2000 4852, 1400 372; totals 5224."""
    bring(opened, tmp_path / "april.csv", COM_1)
    tell(opened, invoice("I-1", "4852"))
    found = of(opened)
    first = found.entries[0]
    assert booked(first) == {
        ("1400", "Dr"): 4380,
        ("6110", "Dr"): 675,
        ("6190", "Dr"): 69,
        ("6100", "Dr"): 100,
        ("2000", "Cr"): 4852,
        ("1400", "Cr"): 372,
    }
    assert first.debits == first.credits == 5224
    assert [line.reporting for line in first.lines] == [line.net for line in first.lines]


def test_what_is_consumed_is_not_recharged_to_whom_no_rule_gives_it(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "april.csv", COM_1)
    tell(opened, invoice("I-1", "4852"))
    (told,) = of(opened).recharged
    assert told.population == 844
    assert told.rate == 0
    assert [(one.cost_center, one.amount, one.lacks) for one in told.waiting] == [
        ("UNALLOCATED", Decimal(844), (NO_CENTER,))
    ]
    assert [one.kind for one in of(opened).entries] == ["invoice"]


def test_what_waits_for_its_invoice_is_accrued_and_taken_back_on_day_1(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "april.csv", [costing("118400", **HERE)])
    first, second = of(opened).entries
    assert (first.kind, second.kind) == ("accrual", "reversal")
    assert (first.day, second.day) == (date(2026, 4, 30), date(2026, 5, 1))
    assert booked(first).keys() == {("6100", "Dr"), ("2100", "Cr")}
    assert booked(second) == {
        (a, "Cr" if s == "Dr" else "Dr"): n for (a, s), n in booked(first).items()
    }


def test_rec_3_through_the_journal() -> None:
    """Accrued 118400, actual 121150: the true-up is 2750, recharged before it 97.7301 %."""
    terms = Terms(accounts=Accounts(), reporting="USD", tell=lambda number, _: number)
    accrued, actual = Decimal(118400), Decimal(121150)
    call = {"subject": "Cloud", "day": date(2026, 4, 30), "currency": "USD"}
    moves = (Move("6100", accrued, "accrual"), Move("2100", -accrued, "accrual"))
    first = entry("accrual", moves, **call, terms=terms)  # type: ignore[arg-type]
    billed = (*consumed([booking(actual)], Accounts()), Move("2000", -actual, "invoice"))
    second = entry("invoice", billed, **call, terms=terms)  # type: ignore[arg-type]
    expense = [total(n.net for n in one.lines if n.account == "6100") for one in (first, second)]
    assert EXACT.subtract(expense[1], expense[0]) == true_up(accrued, actual).amount == 2750
    assert recharge_rate(accrued, actual) == Decimal("0.977301")


def test_an_invoice_books_tax_that_its_charges_do_not_have(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "april.csv", [costing("100", **HERE)])
    tell(opened, invoice("I-1", "100", "19"))
    found = booked(of(opened).entries[0])
    assert found == {("6100", "Dr"): 100, ("1500", "Dr"): 19, ("2000", "Cr"): 119}


def test_what_nobody_can_name_is_on_its_own_account_and_payable_is_the_invoice(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "april.csv", [costing("100", **HERE)])
    tell(opened, invoice("I-1", "137.5"))
    found = booked(of(opened).entries[0])
    assert found["2000", "Cr"] == Decimal("137.5")
    assert found["1490", "Dr"] == Decimal("37.5")


def booking(billed: Decimal, effective: Decimal | None = None, **other: object) -> Part:
    return Part(**vars(part(billed, effective, **other)))


money = st.decimals(-1_000_000, 1_000_000, places=9)
parts = st.builds(
    booking,
    money,
    money,
    category=st.sampled_from(["Usage", "Purchase", "Credit", "Tax", "Adjustment"]),
    status=st.sampled_from(["", "Used", "Unused"]),
    currency=st.just("USD"),
)


@given(st.lists(parts, max_size=12), st.sampled_from(["USD", "JPY", "KWD"]), money)
def test_debits_equal_credits_for_every_book(
    mine: list[Part], currency: str, rate: Decimal
) -> None:
    """In both currencies; what rounding leaves is less than a minor unit for each line."""
    terms = Terms(accounts=Accounts(), reporting="EUR", tell=lambda n, _: EXACT.multiply(n, rate))
    owed = EXACT.minus(total(one.billed for one in mine))
    moves = (*consumed(mine, Accounts()), Move("2000", owed, "payable"))
    found = entry(
        "invoice", moves, subject="", day=date(2026, 4, 30), currency=currency, terms=terms
    )
    assert found.balances
    assert all(line.debit >= 0 and line.credit >= 0 for line in found.lines)
    rounding = total(abs(one.net) for one in found.lines if one.account == "6999")
    assert rounding <= len(found.lines)


def test_nothing_is_booked_of_an_empty_month(tmp_path: Path) -> None:
    made = make_workspace(tmp_path / "other")
    bring(made, tmp_path / "april.csv", [costing("0", **HERE)])
    tell(made, invoice("I-1", "0"))
    assert of(made).entries == ()
    made.close()
