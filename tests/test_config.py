from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from finops.config import FILE
from finops.config import load_settings
from finops.config import Settings
from finops.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"FINOPS_{name.upper()}", raising=False)


def test_a_workspace_that_says_nothing_has_the_usual_settings(tmp_path: Path) -> None:
    settings = load_settings(tmp_path / "new")
    assert settings.workspace == tmp_path / "new"
    assert settings.records_url == f"sqlite:///{tmp_path}/new/records.sqlite"
    assert (settings.today, settings.threads, settings.fault) == (None, None, "")
    assert (settings.memory_limit, settings.max_ratio) == ("1GB", 200)
    assert (settings.max_bytes, settings.max_rows) == (20_000_000_000, 50_000_000)
    assert not settings.workspace.exists()


def test_a_relative_workspace_stays_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings(tmp_path.relative_to(tmp_path) / "mine")
    assert settings.workspace == tmp_path / "mine"


def test_the_file_of_the_workspace_is_read(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('today = 2026-05-01\nmemory_limit = "512 MB"\nthreads = 2\n')
    settings = load_settings(tmp_path)
    assert (settings.today, settings.threads) == (date(2026, 5, 1), 2)
    assert settings.memory_limit == "512 MB"


def test_a_variable_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FILE).write_text("today = 2026-05-01\nmax_rows = 7\n")
    monkeypatch.setenv("FINOPS_TODAY", "2026-06-01")
    settings = load_settings(tmp_path)
    assert (settings.today, settings.max_rows) == (date(2026, 6, 1), 7)


def test_the_workspace_that_is_asked_for_goes_before_a_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINOPS_WORKSPACE", "elsewhere")
    assert load_settings(tmp_path).workspace == tmp_path


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("memory_limit = 'much'", "memory_limit"),
        ("threads = 0", "threads"),
        ("max_bytes = -1", "max_bytes"),
        ("today = 'soon'", "today"),
        ("fault = 'import:nowhere'", "fault"),
        ("memry_limit = '1GB'", "memry_limit"),
        ("threads = ", FILE),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, text: str, name: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(ConfigError, match=f"^{name}: ") as refused:
        load_settings(tmp_path)
    assert "finops.toml or the FINOPS_ variable" in refused.value.sentence


def test_the_password_of_the_records_is_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINOPS_RECORDS_URL", "postgresql://ana:secret@localhost/records")
    settings = load_settings(tmp_path)
    assert settings.records_url.endswith("@localhost/records")
    assert "secret" not in repr(settings)


def test_a_setting_does_not_change_while_it_holds(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings(tmp_path).threads = 4


def test_every_setting_says_what_it_is_for() -> None:
    assert all(item.description for item in Settings.model_fields.values())
