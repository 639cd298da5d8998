"""The charges behind a difference are those that it is about, and no others."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.core.period import BillingPeriod
from finops.invoicing import reconcile
from finops.invoicing.books import Books
from finops.invoicing.differences import Difference
from finops.invoicing.differences import Reason
from finops.portal import desk
from finops.portal import evidence
from finops.portal.lens import Lens
from tests.pages import bills

if TYPE_CHECKING:
    from pathlib import Path

    from finops.dataset import Dataset
    from finops.invoicing.reconciliation import Match

OCTOBER = BillingPeriod(2026, 10)
ISSUER = ("InvoiceIssuerName", "Example Cloud")


def brought(
    rows: list[dict[str, str]], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Dataset, Match]:
    """The charges as a workspace has them, and the one bill they make."""
    made = bills.nothing(folder)
    monkeypatch.setenv("FINOPS_WORKSPACE", str(made))
    bills.bring(desk.workspace(), bills.write(folder / "october.csv", rows))
    dataset = desk.dataset(Lens(period=OCTOBER))
    assert dataset is not None
    (match,) = reconcile(dataset, Books(), OCTOBER).invoices
    return dataset, match


def amount(dataset: Dataset, behind: evidence.Behind) -> Decimal:
    table = evidence.by_service(evidence.narrowed(dataset, behind.scopes), "USD")
    return sum((Decimal(str(one)) for one in table.columns["Billed (USD)"]), Decimal(0))


def mixed() -> list[dict[str, str]]:
    """A month with a day of September in it, one of these a correction, and support."""
    rows = bills.charges("2026-10")
    for row in rows[:3]:
        row |= {"ChargePeriodStart": "2026-09-30T00:00:00Z"}
        row |= {"ChargePeriodEnd": "2026-10-01T00:00:00Z"}
    rows[2]["ChargeClass"] = "Correction"
    rows[3]["ServiceName"] = "Premium Support"
    return rows


@pytest.mark.parametrize(
    ("reason", "more", "expected"),
    [
        (Reason.LATE, (), Decimal("13.433333333333333333")),
        (Reason.SUPPORT, (), Decimal("10.1")),
        (Reason.CORRECTION, (("ChargeClass", "Correction"),), Decimal(2)),
    ],
)
def test_a_difference_leads_to_its_own_charges(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    reason: Reason,
    more: tuple[tuple[str, str], ...],
    expected: Decimal,
) -> None:
    dataset, match = brought(mixed(), tmp_path, monkeypatch)
    said = (ISSUER, ("InvoiceId", "INV-1"), *more)
    one = Difference(reason=reason, amount=-expected, evidence=said)
    whole, part = evidence.behind(dataset, replace(match, explained=(one,)), OCTOBER)
    assert amount(dataset, whole) == match.billed
    assert amount(dataset, part) == expected


def test_a_credit_memo_leads_to_the_charges_of_the_month_that_it_is_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = [row | {"InvoiceId": "INV-0"} for row in bills.charges("2026-09")]
    rows = [*earlier, *bills.charges("2026-10")]
    dataset, match = brought(rows, tmp_path, monkeypatch)
    said = (ISSUER, ("InvoiceId", "INV-0"))
    one = Difference(reason=Reason.CREDIT_MEMO, amount=Decimal(-9), evidence=said)
    _, memo = evidence.behind(dataset, replace(match, explained=(one,)), OCTOBER)
    assert amount(dataset, memo) == 30 * (Decimal("15.43") + Decimal("0.003333333333333333"))


def test_charges_without_a_number_are_found_by_their_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row | {"InvoiceId": ""} for row in bills.charges("2026-10")]
    dataset, match = brought(rows, tmp_path, monkeypatch)
    whole, *_ = evidence.behind(dataset, replace(match, invoice_id="PAPER-9"), OCTOBER)
    assert amount(dataset, whole) == match.billed


def test_the_largest_charges_come_first_and_no_more_than_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row for day in range(3) for row in bills.charges("2026-10", factor=day + 1)]
    dataset, match = brought(rows, tmp_path, monkeypatch)
    whole, *_ = evidence.behind(dataset, match, OCTOBER)
    table = evidence.lines(evidence.narrowed(dataset, whole.scopes), "USD")
    found = [Decimal(str(one)) for one in table.columns["Billed (USD)"]]
    assert len(found) == evidence.MOST
    assert found == sorted(found, reverse=True)
