from __future__ import annotations

from decimal import Decimal

import pytest

from finops.errors import UsageError
from finops.portal.saved_forms import _split
from finops.savings.saving import Share


def test_a_split_is_read_as_it_is_typed() -> None:
    assert _split("search=0.6, data/omar=0.4") == (
        Share(team="search", part=Decimal("0.6")),
        Share(team="data", person="omar", part=Decimal("0.4")),
    )
    with pytest.raises(UsageError, match="'search' is no share"):
        _split("search, data=0.4")
