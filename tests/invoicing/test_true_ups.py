"""An invoice that comes after its accrual was posted leaves the true-up, and nothing else."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.invoicing.posted import journal_of
from finops.invoicing.posted import post
from finops.invoicing.posted import postings
from finops.invoicing.posting import Accounts
from finops.invoicing.recharge import Gate
from finops.invoicing.true_ups import true_ups
from tests.faults.bill import costing
from tests.invoicing.bill import AT
from tests.invoicing.bill import bring
from tests.invoicing.bill import days
from tests.invoicing.bill import invoice
from tests.invoicing.bill import MONTH
from tests.invoicing.bill import report
from tests.invoicing.bill import tell

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.command import Call
    from finops.access.workspace import Workspace
    from finops.invoicing.posting import Entry
    from finops.invoicing.true_ups import Settled


@pytest.fixture
def april(opened: Workspace, tmp_path: Path) -> Workspace:
    """A month of 118,400 that is delivered whole and has no invoice."""
    last = {**days(), "ChargePeriodStart": "2026-04-30T00:00:00Z"}
    last["ChargePeriodEnd"] = "2026-05-01T00:00:00Z"
    bring(opened, tmp_path / "april.csv", [costing("118400", **last)])
    return opened


def posted(workspace: Workspace) -> tuple[Entry, ...]:
    """Post the journal as it is now; what was posted."""
    period = BillingPeriod.parse(MONTH)
    shown = journal_of(workspace, workspace.dataset(), period, accounts=Accounts(), gate=Gate())
    call: Call = {"actor": local_actor("Ann"), "at": AT, "origin": "test", "key": None}
    post(workspace.store, **call, shown=shown, provisional=True)
    return shown.entries


def settled(workspace: Workspace) -> tuple[Settled, ...]:
    return true_ups(report(workspace), postings(workspace, MONTH))


def test_rec_3_from_a_posted_accrual_to_its_invoice(april: Workspace) -> None:
    assert settled(april) == ()
    posted(april)
    assert settled(april) == ()
    tell(april, invoice("I-1", "121150"))
    (found,) = settled(april)
    assert (found.accrued, found.actual, found.amount) == tuple(
        map(Decimal, (118400, 121150, 2750))
    )
    assert found.share == Decimal("0.022699")
    assert (found.issuer, found.currency, found.version, found.actor) == ("Cloud", "USD", 1, "Ann")


def test_accrual_reversal_and_invoice_leave_the_true_up_in_the_next_month(
    april: Workspace,
) -> None:
    first = posted(april)
    tell(april, invoice("I-1", "121150", issued="2026-05-04"))
    second = posted(april)
    assert not [one.kind for one in second if one.kind in {"accrual", "reversed version"}]
    spent = {4: Decimal(0), 5: Decimal(0)}
    for one in (*first, *second):
        expense = [n for n in one.lines if n.account in {"6100", "1490"} and not n.cost_center]
        spent[one.day.month] += total(n.net for n in expense)
    assert spent == {4: 118400, 5: 2750}
    (found,) = settled(april)
    assert (found.version, found.amount) == (1, Decimal(2750))


def test_tax_that_no_charge_has_is_no_true_up(april: Workspace) -> None:
    posted(april)
    tell(april, invoice("I-1", "118400", "22496"))
    assert [one.amount for one in settled(april)] == [0]


def test_an_estimate_that_is_made_again_takes_the_first_one_back(
    april: Workspace, tmp_path: Path
) -> None:
    posted(april)
    last = {**days(), "ChargePeriodStart": "2026-04-30T00:00:00Z"}
    last["ChargePeriodEnd"] = "2026-05-01T00:00:00Z"
    bring(april, tmp_path / "again.csv", [costing("119000", **last)])
    second = posted(april)
    assert [one.kind for one in second].count("reversed version") == 2
    tell(april, invoice("I-1", "121150"))
    assert [(one.accrued, one.version) for one in settled(april)] == [(Decimal(119000), 2)]
