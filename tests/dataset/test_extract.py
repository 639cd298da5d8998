"""Charges that leave as a file come back to the last digit, within the scopes of who asked."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import make_workspace
from finops.core.scope import Scope
from finops.dataset import extract
from finops.dataset.sql import parse
from finops.errors import InputError
from tests.invoicing.bill import bring
from tests.invoicing.closable import charge

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

TINY = "0.000000000000000001"
EVERYTHING = "SELECT * FROM lines ORDER BY ResourceId"


@pytest.fixture
def workspace_of_two(tmp_path: Path) -> Workspace:
    made = make_workspace(tmp_path / "workspace")
    charges = [charge("99999999999999999999"), charge(TINY, SubAccountId="b", ResourceId="r-9")]
    bring(made, tmp_path / "april.csv", charges)
    return made


def test_every_digit_comes_back(workspace_of_two: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "out.parquet"
    assert extract.write(workspace_of_two.dataset(), parse(EVERYTHING), target) == 2
    with extract.opened(target) as charges:
        rows = charges.rows("SELECT BilledCost, x_Team FROM charges ORDER BY BilledCost")
    assert rows == [(Decimal(TINY), "search"), (Decimal(99999999999999999999), "search")]


def test_what_the_scope_holds_back_does_not_leave(
    workspace_of_two: Workspace, tmp_path: Path
) -> None:
    narrow = Scope(filters=(("SubAccountId", frozenset({"b"})),))
    dataset = workspace_of_two.dataset().within(narrow)
    assert extract.write(dataset, parse(EVERYTHING), tmp_path / "out.parquet") == 1


def test_a_file_that_was_sent_reaches_no_other_file(
    workspace_of_two: Workspace, tmp_path: Path
) -> None:
    target = tmp_path / "out.parquet"
    extract.write(workspace_of_two.dataset(), parse(EVERYTHING), target)
    other = tmp_path / "secret.csv"
    other.write_text("a\n1\n")
    with extract.opened(target) as charges, pytest.raises(InputError, match="cannot be read"):
        charges.rows(f"SELECT * FROM read_csv('{other}')")


def test_a_file_that_is_no_parquet_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "out.parquet"
    target.write_text("no parquet")
    with pytest.raises(InputError, match=r"out\.parquet cannot be read"), extract.opened(target):
        pass
