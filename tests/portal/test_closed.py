"""What the close says of a month: what blocks it, who must act, and the certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import make_workspace
from finops.portal.closed import accrued
from finops.portal.closed import checklist
from finops.portal.closed import says
from tests.invoicing import closable
from tests.invoicing.bill import bring
from tests.invoicing.bill import invoice
from tests.invoicing.bill import report
from tests.invoicing.bill import tell
from tests.invoicing.closable import back
from tests.invoicing.closable import look
from tests.invoicing.closable import step

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace


@pytest.fixture
def april(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path / "workspace")
    bring(made, tmp_path / "april.csv", [closable.charge("10")])
    yield made
    made.close()


def test_it_says_at_every_step_who_must_do_what(april: Workspace) -> None:
    assert says(look(april)) == "**April 2026 is open: 1 of 5 checks blocks it.**"
    tell(april, invoice("2026-04", "10"))
    assert says(look(april)) == "**April 2026 is reconciled: nothing blocks the close.**"
    assert "of Cloud is reconciled" in says(look(april, provider="Cloud"))
    step(april, "Ann")
    assert "Ann asked for it: the month is done. A second person" in says(look(april))
    seal = step(april, "Bob").seal
    assert says(look(april)) == f"**April 2026 is closed**, certificate `{seal[:8]}`."
    back(april, "Ann", reason=":red[late]")
    assert "asks to open it again: " in says(look(april))
    assert ":red[" not in says(look(april)).replace("\\:", "")


def test_what_is_not_invoiced_is_accrued_with_its_range(april: Workspace) -> None:
    table = accrued(report(april).accrual)
    assert table.columns["Accrue"] == ["10.00"]
    assert table.columns["Reversed on"] == ["1 May 2026"]
    tell(april, invoice("2026-04", "10"))
    assert report(april).accrual == ()


def test_the_checklist_says_what_is_missing_with_a_sign(april: Workspace) -> None:
    table = checklist(look(april))
    assert table.columns["State"][0] == "✕ Missing"
    assert table.columns["Missing"] == [1, 0, 0, 0, 0]
    assert set(table.columns["State"][1:]) == {"✓ Done"}
