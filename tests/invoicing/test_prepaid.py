from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from finops.core.amount import total
from finops.invoicing.commitments import Ledger
from finops.invoicing.commitments import LedgerStatus
from finops.invoicing.prepaid import prepaid
from tests.faults.bill import costing
from tests.invoicing.bill import bring
from tests.invoicing.bill import covered
from tests.invoicing.bill import days
from tests.invoicing.bill import part
from tests.invoicing.bill import purchase
from tests.invoicing.bill import report

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

amounts = st.decimals(0, 1000, allow_nan=False, allow_infinity=False, places=6)


def ledger(opening: Decimal | None, parts: list[Decimal], name: str = "sp") -> Ledger:
    """A commitment that purchased, used, left unused and got back such parts."""
    purchased, used, unused, refunded = parts
    net = total((purchased, -used, -unused, -refunded))
    return Ledger(
        id=name,
        currency="USD",
        opening=opening,
        purchased=purchased,
        used=used,
        unused=unused,
        refunded=refunded,
        closing=None if opening is None else total((opening, net)),
        utilization=None,
        status=LedgerStatus.MATCHED,
    )


parts = st.lists(amounts, min_size=4, max_size=4)


@settings(deadline=None)
@given(st.lists(st.builds(ledger, st.none() | amounts, parts), min_size=1, max_size=6))
def test_the_balance_of_all_commitments_rolls_forward(ledgers: list[Ledger]) -> None:
    """R9, of those whose opening is known; the others are counted and never taken for 0."""
    (found,) = prepaid(ledgers, (), ())
    unknown = sum(one.opening is None for one in ledgers)
    assert (found.commitments, len(found.not_known)) == (len(ledgers) - unknown, unknown)
    if found.opening is None or found.closing is None:
        assert found.commitments == 0
        return
    moved = (found.purchased, -found.used, -found.unused, -found.refunded)
    assert total((found.opening, *moved)) == found.closing


def test_billed_less_effective_is_the_change_of_the_prepaid_balance(
    opened: Workspace, tmp_path: Path
) -> None:
    """R4, with tax, a correction of the month before, and use that a later month bills."""
    late = covered("5", "Used", month="2026-05", **days("2026-05", "2026-04"))
    bring(
        opened,
        tmp_path / "bill.csv",
        [
            purchase("300"),
            covered("70", "Used"),
            covered("10", "Unused"),
            costing("3", EffectiveCost="1", ChargeCategory="Tax", PricingCategory=""),
            costing("-4", ChargeClass="Correction", **days("2026-04", "2026-03")),
            costing("50"),
            late | {"InvoiceId": "I-2"},
        ],
    )
    (april,) = report(opened).prepaid
    check = april.check
    assert [check.billed, check.effective] == [349, 136]
    assert [check.prepaid, check.tax_timing, check.other_months] == [220, 2, -9]
    assert april.check.holds
    (may,) = report(opened, "2026-05").prepaid
    assert may.check.holds


def test_a_balance_that_does_not_follow_from_its_charges_is_told() -> None:
    """An upfront fee that no commitment's ledger knows of."""
    lost = part("100", "0", category="Purchase")
    (found,) = prepaid([ledger(Decimal(0), [Decimal(0)] * 4)], [lost], [lost])
    assert found.check.residual == 100
    assert not found.check.holds


def test_a_commitment_whose_opening_nobody_knows_is_named_apart(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "bill.csv", [covered("70", "Used")])
    (found,) = report(opened).prepaid
    assert (found.commitments, found.not_known) == (0, ("sp-1",))
    assert (found.opening, found.closing) == (None, None)
    assert found.used == 0
    assert found.check.holds
