"""What every test may ask for: a fresh workspace, the real data, and the command line."""

from __future__ import annotations

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from streamlit.components.v2 import manifest_scanner

from finops.cli.outcome import run
from finops.config import Settings
from tests.lanes import shorten
from tests.lanes import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

# A busy machine breaks no law: an example has no deadline. On CI the examples are always the same.
settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")

PROJECT = Path(__file__).parent.parent
SHARED = PROJECT.parent / "shared" / "data"


class Answer(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:  # noqa: ANN401 -- each command has its own shape
        """What it printed under `--json`."""
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def _no_settings_of_mine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variables of whoever runs the tests change none of them."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"FINOPS_{name.upper()}", raising=False)


@pytest.fixture(scope="session", autouse=True)
def _the_lane() -> Iterator[None]:
    """The fast lane takes short cuts."""
    with pytest.MonkeyPatch.context() as patch:
        if not WHOLE:
            shorten(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def _components_are_looked_for_once() -> Iterator[None]:
    """Streamlit looks through all installed packages for each page of a test; once is enough."""
    with pytest.MonkeyPatch.context() as patch:
        found = lru_cache(maxsize=1)(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", found)
        yield


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Where a new workspace may be made; nothing is there yet."""
    return tmp_path / "workspace"


@pytest.fixture
def finops(workspace: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Run one command in that workspace: `finops("query", "--measure", "BilledCost")`."""

    def command(*words: str) -> Answer:
        capsys.readouterr()
        code = run(["--workspace", str(workspace), *words])
        printed = capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    return command


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data; tests that ask for it run only where it is."""
    return SHARED


def pytest_report_header() -> str:
    """Say at the top whether the real data are there."""
    return f"real data: {'found' if SHARED.is_dir() else 'absent, their tests are left out'}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs the real data where there are none."""
    if SHARED.is_dir():
        return
    needing = [item for item in items if _needs_shared(item)]
    items[:] = [item for item in items if not _needs_shared(item)]
    config.hook.pytest_deselected(items=needing)


def _needs_shared(item: pytest.Item) -> bool:
    asked = getattr(item, "fixturenames", ())
    return "shared" in asked or item.get_closest_marker("needs_shared") is not None
