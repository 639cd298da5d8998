from __future__ import annotations

from pathlib import Path

from finops.cli.progress import progress
from finops.cli.session import Session


def test_nobody_watching_costs_nothing(capsys) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    with progress(Session(workspace=Path(), as_json=True)) as watch:
        watch("reading", 0.5)
    assert capsys.readouterr().err == ""
