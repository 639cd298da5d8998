from __future__ import annotations

from typing import TYPE_CHECKING

from finops.records.store import open_store
from finops.records.store import records_url

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Finops
    from tests.conftest import Answer


def found(answer: Answer) -> dict[str, str]:
    return {check["name"]: check["found"] for check in answer.document["checks"]}


def test_the_doctor_names_what_the_installation_is_made_of(finops: Callable[..., Answer]) -> None:
    answer = finops("doctor", "--json")
    assert answer.code == 0
    assert answer.document["ok"] is True
    assert {"tieout", "python", "sqlite", "duckdb", "deltalake", "streamlit"} <= set(found(answer))


def test_a_workspace_that_is_not_there_yet_is_no_fault_and_is_not_made(
    finops: Callable[..., Answer], workspace: Path
) -> None:
    assert "`finops init` makes it" in found(finops("doctor", "--json"))["workspace"]
    assert not workspace.exists()


def test_a_workspace_without_records_stays_without(
    finops: Callable[..., Answer], workspace: Path
) -> None:
    workspace.mkdir()
    assert found(finops("doctor", "--json"))["records"] == "none yet"
    assert list(workspace.iterdir()) == []


def test_the_journal_of_the_records_is_told(finops: Callable[..., Answer], workspace: Path) -> None:
    workspace.mkdir()
    open_store(records_url(workspace)).close()
    checks = found(finops("doctor", "--json"))
    assert checks["records"] == "ok"
    assert checks["records: journal mode"] in {"WAL", "TRUNCATE"}


def test_records_that_cannot_be_opened_are_wrong(
    finops: Callable[..., Answer], workspace: Path
) -> None:
    workspace.mkdir()
    (workspace / "records.sqlite").write_text("this is no database, " * 200)
    answer = finops("doctor")
    assert answer.code == 1
    assert "wrong" in answer.out


def test_a_setting_that_cannot_be_used_is_wrong(
    finops: Callable[..., Answer], workspace: Path
) -> None:
    workspace.mkdir()
    (workspace / "finops.toml").write_text("threads = 0")
    answer = finops("doctor", "--json")
    assert answer.code == 1
    assert found(answer)["records"].startswith("threads: ")


def test_a_day_without_its_rate_is_named_and_is_no_fault(loaded: Finops, tmp_path: Path) -> None:
    days = [f"2026-04-{day:02}" for day in (7, 8, 9, 13, 14)]
    file = tmp_path / "ecb.csv"
    file.write_text("\n".join(["Date,USD", *(f"{day},1.1" for day in days)]))
    loaded("rates", "add", str(file))
    answer = loaded("doctor", "--json")
    assert answer.code == 0
    told = found(answer)["rates of exchange"]
    assert told == "no rate from EUR to USD on 2026-04-10; its month's rate still holds"
