"""A statement and its owner's word on what was shown."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.errors import NotAllowed
from finops.errors import UsageError
from finops.operations.standing import Word
from finops.operations.telling import accept
from finops.operations.telling import dispute
from finops.operations.telling import Objection
from tests.invoicing.bill import AT
from tests.operations.owned import call
from tests.operations.owned import closed
from tests.operations.owned import market
from tests.operations.owned import told

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace


def test_a_month_that_may_still_move_is_not_accepted_and_a_closed_one_is_by_its_owner(
    opened: Workspace, tmp_path: Path
) -> None:
    market(opened, tmp_path / "a.csv")
    with pytest.raises(NotAllowed, match="kenji does not answer for search") as refused:
        accept(opened, told(opened), call=call("kenji"))
    assert "Ines Moreau" in refused.value.remedy
    closed(opened, "2026-04")
    waits = told(opened)
    assert (waits.standing.word, waits.owner) == (Word.WAITING, "Ines Moreau")
    accept(opened, waits, call=call("Ines Moreau"))
    now = told(opened).standing
    assert (now.word, now.by, now.day) == (Word.ACCEPTED, "Ines Moreau", AT.date())
    assert told(opened, "data").standing.word is Word.WAITING


def test_silence_accepts_after_the_days_that_were_agreed(opened: Workspace, tmp_path: Path) -> None:
    market(opened, tmp_path / "a.csv", ("2026-04", "2026-05"))
    assert told(opened).standing.word is Word.OPEN
    closed(opened, "2026-04", "2026-05")
    last = AT.date() + timedelta(days=10)
    assert told(opened, today=last).standing.word is Word.WAITING
    later = told(opened, month="2026-05", today=last + timedelta(days=1))
    assert (later.standing.word, later.standing.until, later.lacks) == (Word.SILENT, last, ())
    early = told(opened, month="2026-05")
    assert early.lacks == (
        "search has not agreed to 2026-04, 2026-05; 2 months in a row are asked",
    )


def test_an_open_month_is_refused_with_what_to_wait_for(opened: Workspace, tmp_path: Path) -> None:
    market(opened, tmp_path / "a.csv")
    found = told(opened)
    with pytest.raises(UsageError, match="Nobody answers"):
        accept(opened, told(opened, "UNALLOCATED"), call=call("ines"))
    assert found.state == "reconciled"
    accept(opened, found, call=call("ines"))
    assert told(opened).standing.word is Word.ACCEPTED


def test_a_cost_center_has_a_statement_and_an_owner_too(opened: Workspace, tmp_path: Path) -> None:
    market(opened, tmp_path / "a.csv")
    closed(opened, "2026-04")
    found = told(opened, "CC-1")
    assert (found.statement.scope, found.statement.total, found.owner) == (
        "x_CostCenter=CC-1", Decimal(60), "Ines Moreau",
    )  # fmt: skip
    accept(opened, found, call=call("ines"))
    assert told(opened, "x_CostCenter=CC-1").standing.word is Word.ACCEPTED
    assert told(opened, "search").standing.word is Word.WAITING


def test_what_cannot_be_disputed_is_refused(opened: Workspace, tmp_path: Path) -> None:
    market(opened, tmp_path / "a.csv")
    found = told(opened)
    with pytest.raises(UsageError, match="no one line 'Tax'"):
        dispute(opened, found, Objection("Tax", "why"), call=call("ines"))
    with pytest.raises(UsageError, match="Why is the line wrong"):
        dispute(opened, found, Objection("direct", " "), call=call("ines"))
    with pytest.raises(UsageError, match="no team 'web'"):
        dispute(opened, found, Objection("direct", "why", to="web"), call=call("ines"))
