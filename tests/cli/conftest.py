"""A month that can be added up by hand, in a workspace of its own."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import make_workspace
from tests.operations.room import spring
from tests.unit_economics import shop

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


@pytest.fixture(scope="session")
def shop_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of the shop that can be added up by hand."""
    return shop.sold(tmp_path_factory.mktemp("unit"))


@pytest.fixture
def selling(finops: Finops, shop_made: Path, workspace: Path) -> Finops:
    """The command line in a copy of the shop's workspace."""
    shutil.copytree(shop_made, workspace, dirs_exist_ok=True)
    return finops


@pytest.fixture
def in_may(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 20 May, and the bills of spring are closed in the workspace."""
    monkeypatch.setenv("FINOPS_TODAY", "2026-05-20")
    made = make_workspace(workspace)
    spring(made, tmp_path / "spring.csv")
    made.close()
