from __future__ import annotations

from decimal import Decimal

import pytest

from finops.errors import UsageError
from finops.savings.saving import Share
from finops.savings.shares import shares_of


def test_a_share_names_a_team_and_perhaps_a_person() -> None:
    assert shares_of(["search=0.6", "data/omar=0.4"]) == (
        Share(team="search", part=Decimal("0.6")),
        Share(team="data", person="omar", part=Decimal("0.4")),
    )


@pytest.mark.parametrize("word", ["search", "search=half", "=", ""])
def test_anything_else_is_no_share_and_says_how_one_is_written(word: str) -> None:
    with pytest.raises(UsageError) as said:
        shares_of([word])
    assert "0.6" in said.value.remedy
