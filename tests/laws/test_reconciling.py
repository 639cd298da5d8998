"""Laws of reconciling: of a random month each defect has its status, its name and its amount."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st

from finops.access.actor import local_actor
from finops.core.amount import total
from finops.ingestion import ingest
from finops.ingestion import invoices
from finops.invoicing.differences import Reason
from finops.invoicing.reconciliation import Status
from tests.faults.bill import costing
from tests.faults.bill import write
from tests.invoicing.bill import AT
from tests.invoicing.bill import days
from tests.invoicing.bill import report
from tests.laws.bills import workspace

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.invoicing import Reconciliation

Row = dict[str, str]
Told = tuple[Status, list[tuple[str, Decimal]], Decimal]

few = settings(
    max_examples=3,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

KINDS: tuple[Row, ...] = (
    {},
    {"BillingAccountId": "2"},
    {"ChargeCategory": "Tax", "PricingCategory": ""},
    {"ChargeCategory": "Credit"},
    {"ChargeClass": "Correction", **days("2026-04", "2026-03")},
    days("2026-04", "2026-02"),
    {"ServiceName": "Premium Support", "ResourceId": "support"},
)
USAGE, OTHER_ACCOUNT, TAX, CREDIT, CORRECTION, LATE, SUPPORT = range(len(KINDS))


class Month(NamedTuple):
    """A month of two issuers: the charges of one in every kind, and one charge of the other."""

    rows: list[Row]
    other: Row

    def amount(self, kind: int) -> Decimal:
        return Decimal(self.rows[kind]["BilledCost"])


@st.composite
def months(draw: st.DrawFn) -> Month:
    """Amounts of which no few add up to another by chance: each is five times one before it."""
    cents = draw(st.integers(100, 999))
    powers = draw(st.permutations(range(len(KINDS) + 1)))
    amounts = [Decimal(cents * 5**power).scaleb(-2) for power in powers]
    signed = [-one if place == CREDIT else one for place, one in enumerate(amounts)]
    rows = [costing(str(one), **kind) for one, kind in zip(signed, KINDS, strict=False)]
    seller = {"InvoiceIssuerName": "Other", "InvoiceId": "O-1", "BillingAccountId": "3"}
    return Month(rows, costing(str(signed[-1]), **seller))


def lines_of(rows: list[Row]) -> list[Row]:
    """The lines of the invoices that ask for exactly these charges."""
    sums: dict[tuple[str, str, str, str], list[Decimal]] = defaultdict(list)
    for row in rows:
        name = row["InvoiceIssuerName"], row["InvoiceId"], row["BillingAccountId"]
        sums[(*name, row["ChargeCategory"])].append(Decimal(row["BilledCost"]))
    return [line(*key, total(amounts)) for key, amounts in sums.items()]


def line(issuer: str, number: str, account: str, category: str, amount: Decimal) -> Row:
    """One line of a FOCUS 1.4 InvoiceDetail."""
    return {
        "InvoiceIssuerName": issuer,
        "InvoiceId": number,
        "BillingAccountId": account,
        "ChargeCategory": category,
        "BilledCost": str(amount),
        "BillingCurrency": "USD",
        "BillingPeriodStart": "2026-04-01T00:00:00Z",
        "BillingPeriodEnd": "2026-05-01T00:00:00Z",
        "InvoiceDetailId": f"{number}-{account}-{category}-{amount}",
        "InvoiceDetailDescription": f"{category} charges",
    }


def found(opened: Workspace, files: list[list[Row]], lines: list[Row]) -> Reconciliation:
    """The month of these files and invoice lines, reconciled."""
    folder = opened.root.parent
    paths = [str(write(folder / f"bill-{n}.csv", rows)) for n, rows in enumerate(files)]
    ingest.run(opened, paths, actor=local_actor(), at=AT)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, lines[0])
    writer.writeheader()
    writer.writerows(lines)
    (folder / "invoices.csv").write_text(text.getvalue())
    invoices.bring(opened, folder / "invoices.csv", actor=local_actor(), at=AT)
    return report(opened)


def told(month: Reconciliation) -> list[Told]:
    return [
        (one.status, [(part.reason, part.amount) for part in one.explained], one.unexplained)
        for one in month.invoices
    ]


MATCHED: Told = (Status.MATCHED, [], Decimal(0))


@few
@given(month=months())
def test_a_month_as_it_was_invoiced_is_reconciled(template: Path, month: Month) -> None:
    every = [*month.rows, month.other]
    with workspace(template) as opened:
        done = found(opened, [month.rows, [month.other]], lines_of(every))
        assert told(done) == [MATCHED, MATCHED]
        assert (done.state, done.ties) == ("reconciled", True)


@pytest.mark.thorough
@few
@given(month=months())
def test_the_same_file_under_two_names_is_counted_once(template: Path, month: Month) -> None:
    with workspace(template) as opened:
        done = found(opened, [month.rows], lines_of(month.rows))
        again = found(opened, [month.rows, month.rows], lines_of(month.rows))
        assert told(again) == told(done) == [MATCHED]


@pytest.mark.thorough
@few
@given(month=months())
def test_rows_that_are_twice_in_a_file_are_unexplained(template: Path, month: Month) -> None:
    with workspace(template) as opened:
        done = found(opened, [month.rows * 2], lines_of(month.rows))
        (one,) = told(done)
        assert one == (
            Status.UNEXPLAINED,
            [],
            -total(Decimal(row["BilledCost"]) for row in month.rows),
        )
        assert not done.ties


@pytest.mark.thorough
@few
@given(month=months())
def test_a_file_that_was_not_delivered_is_a_missing_account(template: Path, month: Month) -> None:
    with workspace(template) as opened:
        done = found(opened, [month.rows], lines_of([*month.rows, month.other]))
        missing = Decimal(month.other["BilledCost"])
        named = [(Reason.MISSING_ACCOUNT, missing)]
        assert told(done) == [MATCHED, (Status.NO_USAGE, named, Decimal(0))]
        assert (done.state, done.ties) == ("provisional", True)
        assert [one.invoice_id for one in done.undelivered] == ["O-1"]


@few
@given(month=months())
def test_an_account_that_a_delivery_lacks_keeps_the_month_provisional(
    template: Path, month: Month
) -> None:
    rows = [row for row in month.rows if row["BillingAccountId"] != "2"]
    with workspace(template) as opened:
        done = found(opened, [rows], lines_of(month.rows))
        named = [(Reason.MISSING_ACCOUNT, month.amount(OTHER_ACCOUNT))]
        assert told(done) == [(Status.EXPLAINED, named, Decimal(0))]
        assert (done.state, done.ties) == ("provisional", True)


@pytest.mark.thorough
@few
@given(month=months())
def test_a_correction_that_was_delivered_twice_is_a_correction(
    template: Path, month: Month
) -> None:
    with workspace(template) as opened:
        rows = [*month.rows, month.rows[CORRECTION]]
        done = found(opened, [rows], lines_of(month.rows))
        named = [(Reason.CORRECTION, -month.amount(CORRECTION))]
        assert told(done) == [(Status.EXPLAINED, named, Decimal(0))]


@few
@given(month=months(), place=st.sampled_from((USAGE, TAX, CREDIT, CORRECTION, LATE)))
def test_a_sign_that_was_turned_is_unexplained_by_twice_its_amount(
    template: Path, month: Month, place: int
) -> None:
    amount = month.amount(place)
    row = month.rows[place]
    turned = [*month.rows[:place], row | {"BilledCost": str(-amount)}, *month.rows[place + 1 :]]
    with workspace(template) as opened:
        done = found(opened, [turned], lines_of(month.rows))
        assert told(done) == [(Status.UNEXPLAINED, [], 2 * amount)]
        assert not done.ties


@few
@given(month=months(), cents=st.integers(10**8, 10**9))
def test_a_credit_at_invoice_level_is_a_credit(template: Path, month: Month, cents: int) -> None:
    credit = -Decimal(cents).scaleb(-2)
    charged = [row for row in month.rows if row["ChargeCategory"] != "Credit"]
    lines = [*lines_of(charged), line("Cloud", "I-1", "1", "Credit", credit)]
    with workspace(template) as opened:
        done = found(opened, [charged], lines)
        named = [(Reason.CREDIT_MEMO, credit)]
        assert told(done) == [(Status.EXPLAINED, named, Decimal(0))]
        assert done.state == "reconciled"


@few
@given(month=months())
@pytest.mark.parametrize(
    ("word", "reason"), [("Support plan", Reason.SUPPORT), ("Marketplace", Reason.OTHER_ISSUER)]
)
def test_a_line_that_only_the_invoice_has_is_named_by_its_words(
    template: Path, month: Month, word: str, reason: Reason
) -> None:
    amount = month.amount(SUPPORT)
    charged = month.rows[:SUPPORT]
    alone = line("Cloud", "I-1", "1", "Purchase", amount) | {"InvoiceDetailDescription": word}
    with workspace(template) as opened:
        done = found(opened, [charged], [*lines_of(charged), alone])
        assert told(done) == [(Status.EXPLAINED, [(reason, amount)], Decimal(0))]
        assert done.invoices[0].explained[0].evidence[-1] == ("InvoiceDetailDescription", word)
