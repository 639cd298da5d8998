"""A journal is posted once; another version of it takes the one before back first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.errors import Conflict
from finops.invoicing.journal import REVERSED
from finops.invoicing.posted import journal_of
from finops.invoicing.posted import post
from finops.invoicing.posting import Accounts
from finops.invoicing.recharge import Gate
from tests.faults.bill import costing
from tests.invoicing.bill import AT
from tests.invoicing.bill import bring
from tests.invoicing.bill import days
from tests.invoicing.bill import invoice
from tests.invoicing.bill import MONTH
from tests.invoicing.bill import tell

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.invoicing.journal import Journal
    from finops.invoicing.posted import Posted


@pytest.fixture
def april(opened: Workspace, tmp_path: Path) -> Workspace:
    """A month with one invoice."""
    bring(opened, tmp_path / "april.csv", [costing("100", **days(), InvoiceId="I-1")])
    tell(opened, invoice("I-1", "100"))
    return opened


def of(workspace: Workspace) -> Journal:
    period = BillingPeriod.parse(MONTH)
    return journal_of(workspace, workspace.dataset(), period, accounts=Accounts(), gate=Gate())


def posted(workspace: Workspace, shown: Journal) -> Posted:
    return post(workspace.store, actor=local_actor(), at=AT, origin="test", shown=shown)


def test_the_same_is_posted_once_and_keeps_its_entry_ids(april: Workspace) -> None:
    first = of(april)
    assert (first.version, first.posted) == (1, False)
    assert posted(april, first).status == "posted"
    again = of(april)
    assert (again.version, again.posted, again.entries) == (1, True, first.entries)
    assert posted(april, again).status == "unchanged"


def test_a_repost_takes_back_every_line_of_the_version_before(april: Workspace) -> None:
    first = of(april)
    posted(april, first)
    tell(april, invoice("I-1", "100", "19"))
    second = of(april)
    assert (second.version, second.posted) == (2, False)
    undone = [one for one in second.entries if one.kind == REVERSED]
    assert len(undone) == len(first.entries)
    for line, other in zip(first.entries[0].lines, undone[0].lines, strict=True):
        assert (line.debit, line.credit) == (other.credit, other.debit)
    before = total(line.net for line in first.entries[0].lines if line.account == "2000")
    after = [n.net for one in second.entries for n in one.lines if n.account == "2000"]
    assert total((before, *after)) == -119
    assert not {one.id for one in first.entries} & {one.id for one in second.entries}
    assert posted(april, second).version == 2
    assert of(april).posted


def test_what_was_shown_before_somebody_posted_is_refused(april: Workspace) -> None:
    shown = of(april)
    posted(april, shown)
    tell(april, invoice("I-1", "100", "19"))
    changed = replace(of(april), version=1)
    with pytest.raises(Conflict, match="was posted meanwhile"):
        posted(april, changed)


def test_a_month_that_is_not_reconciled_is_posted_only_where_that_is_said(
    april: Workspace,
) -> None:
    moving = replace(of(april), state="provisional")
    with pytest.raises(Conflict, match="2026-04 is provisional, not reconciled"):
        posted(april, moving)
    call = {"actor": local_actor(), "at": AT, "origin": "test"}
    said = post(april.store, **call, shown=moving, provisional=True)  # type: ignore[arg-type]
    assert said.status == "posted"
