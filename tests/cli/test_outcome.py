from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from finops.cli import app
from finops.cli.outcome import root_first
from finops.cli.outcome import run
from finops.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Answer


def says(monkeypatch: pytest.MonkeyPatch, command: Callable[[], None]) -> None:
    """Let `finops try` run a command of the test's own."""
    monkeypatch.setattr(app, "COMMANDS", (("try", command), ("other", lambda: None)))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("query --json", "--json query"),
        ("query --as ana --json", "--as=ana --json query"),
        ("import may.csv --workspace mine", "--workspace=mine import may.csv"),
        ("import --workspace=mine may.csv", "--workspace=mine import may.csv"),
        ("query --as-of 2026-05-01", "query --as-of 2026-05-01"),
        ("--json ask -- --json --as", "--json ask -- --json --as"),
        ("query --as", "--as"),
    ],
)
def test_what_belongs_before_the_command_may_be_said_after_it(said: str, meant: str) -> None:
    assert root_first(said.split()) == meant.split()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["xyz"], "No such command 'xyz'. See `finops --help`."),
        (["impor"], "No such command 'impor'. Did you mean 'import'? See `finops --help`."),
        (["doctor", "--colour"], "No such option: --colour. See `finops doctor --help`."),
        (["doctor", "two\nlines"], "Got unexpected extra argument(s) (two"),
        (["doctor", "--as"], "Option '--as' requires an argument. See `finops --help`."),
    ],
)
def test_wrong_use_is_one_line_that_says_where_to_read_on(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(said)
    assert printed.err.count("\n") == 1


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "doctor" in capsys.readouterr().err


def test_a_refusal_is_its_sentence_and_its_remedy_on_one_line(
    monkeypatch: pytest.MonkeyPatch, finops: Callable[..., Answer]
) -> None:
    def refuse() -> None:
        message = "may.csv\nis \x1b[31mempty."
        raise InputError(message, remedy="Bring another.")

    says(monkeypatch, refuse)
    assert finops("try") == (2, "", "may.csv is [31mempty. Bring another.\n")


def test_a_fault_leaves_its_traceback_in_the_log_and_one_line_for_the_person(
    monkeypatch: pytest.MonkeyPatch, finops: Callable[..., Answer], workspace: Path
) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    says(monkeypatch, fail)
    workspace.mkdir()
    answer = finops("try")
    (log,) = (workspace / "log").iterdir()
    said = f"This is a fault in Tieout, not yours. What happened is in {log}.\n"
    assert answer == (2, "", said)
    assert "ZeroDivisionError" in log.read_text()


def test_a_fault_makes_no_workspace_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch, finops: Callable[..., Answer], workspace: Path
) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    says(monkeypatch, fail)
    answer = finops("try")
    log = Path(answer.err.rpartition(" in ")[2].strip().removesuffix("."))
    assert "ZeroDivisionError" in log.read_text()
    assert not workspace.exists()


def test_ctrl_c_stops_with_a_word(
    monkeypatch: pytest.MonkeyPatch, finops: Callable[..., Answer]
) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    says(monkeypatch, interrupted)
    assert finops("try") == (130, "", "Stopped.\n")


def test_a_reader_that_goes_away_is_no_fault() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as gone:
        done = subprocess.run(
            [sys.executable, "-c", "from finops.cli import main; main()", "doctor", "--json"],
            stdout=gone,
            stderr=subprocess.PIPE,
            check=False,
            text=True,
        )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_help_comes_without_the_heavy_packages() -> None:
    code = (
        "import sys; from finops.cli.outcome import run; run(['--help']); "
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    heavy = {"duckdb", "pandas", "streamlit", "sqlalchemy", "pyarrow", "deltalake", "pydantic"}
    assert not heavy & {*done.stderr.split()}
