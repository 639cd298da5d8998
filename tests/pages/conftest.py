"""The portal as a reader opens it, on workspaces small enough to add up by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from finops.access.workspace import make_workspace
from tests.operations import owned
from tests.pages import bills
from tests.pages.visiting import go
from tests.unit_economics import shop

if TYPE_CHECKING:
    from collections.abc import Callable

    Visit = Callable[..., AppTest]

MENU = Path(__file__).parents[2] / "pages" / "menu.py"


@pytest.fixture(scope="session")
def three_months(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """September, October twice as dear, and twelve days of November."""
    return bills.three_months(tmp_path_factory.mktemp("three-months"))


@pytest.fixture(scope="session")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty workspace."""
    return bills.nothing(tmp_path_factory.mktemp("nothing"))


@pytest.fixture(scope="session")
def tied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three months, with an invoice of October that its charges equal, but for a rounding."""
    return bills.invoiced(tmp_path_factory.mktemp("tied"), "943.43")


@pytest.fixture(scope="session")
def untied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three months, with an invoice of October that asks for 12.50 too much."""
    return bills.invoiced(tmp_path_factory.mktemp("untied"), "955.93")


@pytest.fixture(scope="session")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three months, and a provider that bills in euros."""
    return bills.abroad(tmp_path_factory.mktemp("abroad"))


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three months, with metrics that lack a day, a budget and an event."""
    return bills.planned(tmp_path_factory.mktemp("planned"))


@pytest.fixture(scope="session")
def selling(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three months of a shop that costs 20 a day and 0.10 an order."""
    return shop.sold(tmp_path_factory.mktemp("selling"))


@pytest.fixture(scope="session")
def market(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two closed months of two teams whose owners may object until 13 June, and it is the 10th."""
    folder = tmp_path_factory.mktemp("market")
    workspace = make_workspace(folder / "workspace")
    months = ("2026-04", "2026-05")
    owned.market(workspace, folder / "charges.csv", months)
    owned.closed(workspace, *months)
    workspace.close()
    (folder / "workspace" / "finops.toml").write_text(
        "today = 2026-06-10\nchargeback_quiet_months = 2\n"
    )
    return folder / "workspace"


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Open a page of a workspace as a link would: `visit(workspace, "operate/data.py", team=…)`."""

    def open_page(workspace: Path, page: str, **address: str) -> AppTest:
        monkeypatch.setenv("FINOPS_WORKSPACE", str(workspace))
        portal = AppTest.from_file(MENU, default_timeout=60)
        portal.query_params.update(address)
        return go(portal, page)

    return open_page
