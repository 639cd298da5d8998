from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.access.actor import local_actor
from finops.core.amount import total
from finops.invoicing.books import Opening
from finops.invoicing.bridge import bridge
from finops.invoicing.charged import billed_in
from finops.invoicing.charged import incurred_in
from finops.invoicing.commitments import LedgerStatus
from finops.invoicing.openings import add_openings
from tests.faults.bill import costing
from tests.invoicing.bill import AT
from tests.invoicing.bill import bring
from tests.invoicing.bill import COMMITMENT
from tests.invoicing.bill import covered
from tests.invoicing.bill import days
from tests.invoicing.bill import purchase
from tests.invoicing.bill import report

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

JANUARY = "2026-01"


def com_1(month: str = JANUARY) -> list[dict[str, str]]:
    """COM-1 of the definitions: half of a year of 1 an hour is paid at once."""
    return [
        purchase("4380", month=month),
        purchase("372", month=month, ChargeFrequency="Recurring"),
        covered("675", "Used", month=month),
        covered("69", "Unused", month=month),
        costing("100", **days(month)),
    ]


def test_a_partly_prepaid_commitment_carries_forward_what_is_not_used_yet(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "bill.csv", com_1())
    found = report(opened, JANUARY)
    (ledger,) = found.commitments
    assert (ledger.opening, ledger.purchased, ledger.refunded) == (
        Decimal(0),
        Decimal(4752),
        Decimal(0),
    )
    assert (ledger.used, ledger.unused, ledger.closing) == (
        Decimal(675),
        Decimal(69),
        Decimal(4008),
    )
    assert ledger.utilization == Decimal("0.907258")
    assert ledger.status is LedgerStatus.MATCHED
    assert (found.bridge[0].amount, found.bridge[-1].amount) == (Decimal(4852), Decimal(844))
    assert found.bridge[0].amount - found.bridge[-1].amount == ledger.closing


def test_the_closing_of_a_month_is_the_opening_of_the_next(
    opened: Workspace, tmp_path: Path
) -> None:
    february = [
        purchase("336", month="2026-02", ChargeFrequency="Recurring"),
        covered("672", "Used", month="2026-02"),
    ]
    bring(opened, tmp_path / "bill.csv", [*com_1(), *february])
    (ledger,) = report(opened, "2026-02").commitments
    assert (ledger.opening, ledger.closing) == (Decimal(4008), Decimal(3672))


def test_a_refund_takes_out_what_was_paid(opened: Workspace, tmp_path: Path) -> None:
    refund = purchase("-1000", month="2026-02")
    bring(opened, tmp_path / "bill.csv", [*com_1(), refund])
    (ledger,) = report(opened, "2026-02").commitments
    assert (ledger.purchased, ledger.refunded, ledger.closing) == (
        Decimal(0),
        Decimal(1000),
        Decimal(3008),
    )


def test_a_commitment_that_was_bought_before_the_first_bill_is_provisional(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "bill.csv", [covered("675", "Used"), covered("69", "Unused")])
    (ledger,) = report(opened).commitments
    assert (ledger.opening, ledger.closing) == (None, None)
    assert ledger.status is LedgerStatus.PROVISIONAL
    assert report(opened).ties


def test_an_opening_balance_that_was_brought_in_is_where_the_ledger_starts(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "bill.csv", [covered("675", "Used"), covered("69", "Unused")])
    opening = Opening(
        commitment=COMMITMENT.upper(), month="2026-04", amount=Decimal(744), currency="USD"
    )
    add_openings(
        opened.store,
        actor=local_actor(),
        at=AT,
        origin="test",
        openings=(opening,),
        file="openings.csv",
    )
    (ledger,) = report(opened).commitments
    assert (ledger.opening, ledger.closing) == (Decimal(744), Decimal(0))
    assert ledger.status is LedgerStatus.MATCHED


def test_more_used_than_was_ever_paid_does_not_tie(opened: Workspace, tmp_path: Path) -> None:
    bring(
        opened,
        tmp_path / "bill.csv",
        [*com_1(), covered("5000", "Used", month="2026-02")],
    )
    found = report(opened, "2026-02")
    (ledger,) = found.commitments
    assert (ledger.closing, ledger.status) == (Decimal(-992), LedgerStatus.UNEXPLAINED)
    assert not found.ties


def test_a_commitment_that_nothing_used_is_all_unused(opened: Workspace, tmp_path: Path) -> None:
    """COMMIT-5: the specification's scenario of zero utilization."""
    bring(
        opened,
        tmp_path / "bill.csv",
        [
            purchase("1.5", ListCost="3", ChargeFrequency="Recurring"),
            covered("1.5", "Unused", ListCost="3"),
            costing("2"),
        ],
    )
    found = report(opened)
    (ledger,) = found.commitments
    assert (ledger.utilization, ledger.unused, ledger.closing) == (
        Decimal(0),
        Decimal("1.5"),
        Decimal(0),
    )
    assert found.bridge[-1].amount == Decimal("3.5")


def test_billed_less_effective_is_the_change_of_the_prepaid_balances(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "bill.csv", [*com_1(), purchase("-50", month="2026-02")])
    for month, end in ((JANUARY, "2026-02-01"), ("2026-02", "2026-03-01")):
        dataset = opened.dataset()
        steps = bridge(billed_in(dataset, month), incurred_in(dataset, f"{month}-01", end))
        ledgers = report(opened, month).commitments
        moved = total(one.closing - one.opening for one in ledgers if None not in _ends(one))  # type: ignore[operator]
        assert steps[0].amount - steps[-1].amount == moved


def _ends(one: object) -> tuple[object, object]:
    return (getattr(one, "opening", None), getattr(one, "closing", None))
