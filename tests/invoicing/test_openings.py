from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.errors import InputError
from finops.invoicing.books import Opening
from finops.invoicing.openings import read

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "CommitmentDiscountId,Period,Amount,Currency\n"


def test_balances_are_read_as_they_stand(tmp_path: Path) -> None:
    file = tmp_path / "openings.csv"
    file.write_text(HEAD + "sp-1,2026-04,3350.00,EUR\n")
    assert read(file) == (
        Opening(commitment="sp-1", month="2026-04", amount=Decimal("3350.00"), currency="EUR"),
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (",2026-04,1,EUR", "CommitmentDiscountId ''"),
        ("sp-1,2026-13,1,EUR", "Period '2026-13'"),
        ("sp-1,2026-04,-1,EUR", "Amount '-1'"),
        ("sp-1,2026-04,much,EUR", "Amount 'much'"),
        ("sp-1,2026-04,1,euro", "Currency 'euro'"),
    ],
)
def test_a_line_that_is_no_balance_is_named(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "openings.csv"
    file.write_text(HEAD + "sp-0,2026-04,1,EUR\n" + line + "\n")
    with pytest.raises(InputError) as caught:
        read(file)
    assert f"openings.csv line 3, {said}" in str(caught.value)


def test_a_file_without_a_column_or_none_at_all_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "openings.csv"
    file.write_text("CommitmentDiscountId,Period,Amount\n")
    with pytest.raises(InputError, match="column Currency is missing"):
        read(file)
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / "none.csv")
