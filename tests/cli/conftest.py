"""A month that can be added up by hand, in a workspace of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Answer

    Finops = Callable[..., Answer]


@pytest.fixture
def mini(shared: Path) -> Path:
    """AWS in USD and Azure in EUR, 17 lines."""
    return shared / "mini" / "mini_focus_2026-04.csv"


@pytest.fixture
def loaded(finops: Finops, mini: Path) -> Finops:
    """The command line, in a workspace that has the month."""
    assert finops("init").code == 0
    assert finops("import", str(mini)).code == 0
    return finops
