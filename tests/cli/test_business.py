"""`finops metrics`, `budgets` and `events` on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops

FILES = {
    "metrics": "date,product,unit,amount,kind\n2026-04-01,shop,orders,10,units\n"
    "2026-04-03,shop,orders,12.50,units\n",
    "budgets": "fiscal_period,scope,amount,currency\nFY26 Q2,all,1000.10,USD\n",
    "events": "date,kind,text\n2026-04-02,deploy,Version 2\n",
}
LISTED: dict[str, list[dict[str, object]]] = {
    "metrics": [
        {
            "product": "shop",
            "segment": "",
            "kind": "units",
            "unit": "orders",
            "currency": "",
            "grain": "day",
            "first": "2026-04-01",
            "last": "2026-04-03",
            "figures": 2,
            "latest": "12.5",
            "missing": ["2026-04-02"],
        }
    ],
    "budgets": [
        {
            "version": "original",
            "scope": "all",
            "fiscal_period": "FY26 Q2",
            "start": "2026-04-01",
            "end": "2026-07-01",
            "amount": "1000.1",
            "currency": "USD",
        }
    ],
    "events": [
        {
            "date": "2026-04-02",
            "team": "",
            "service": "",
            "kind": "deploy",
            "text": "Version 2",
            "link": "",
        }
    ],
}
each_kind = pytest.mark.parametrize("name", FILES)


def written(name: str, folder: Path) -> str:
    file = folder / f"{name}.csv"
    file.write_text(FILES[name])
    return str(file)


@each_kind
def test_a_file_makes_a_new_snapshot_once(name: str, loaded: Finops, tmp_path: Path) -> None:
    file = written(name, tmp_path)
    first = loaded(name, "add", file, "--json").document
    again = loaded(name, "add", file, "--json").document
    rows = FILES[name].count("\n") - 1
    assert (first["status"], first["added"], first["unchanged"]) == ("committed", rows, 0)
    assert (again["status"], again["added"], again["unchanged"]) == ("unchanged", 0, rows)
    assert first["snapshot"].startswith("2-")
    assert again["snapshot"] == first["snapshot"]
    assert f"Nothing new: all {rows} {name}" in loaded(name, "add", file).out


@each_kind
def test_what_is_there_is_listed(name: str, loaded: Finops, tmp_path: Path) -> None:
    assert loaded(name, "list", "--json").document == {name: []}
    assert f"There are no {name} yet" in loaded(name, "list").out
    loaded(name, "add", written(name, tmp_path))
    assert loaded(name, "list", "--json").document == {name: LISTED[name]}
    assert str(next(iter(LISTED[name][0].values()))) in loaded(name, "list").out


@each_kind
def test_a_wrong_line_is_named(name: str, loaded: Finops, tmp_path: Path) -> None:
    file = tmp_path / "wrong.csv"
    head, row = FILES[name].splitlines()[:2]
    file.write_text(f"{head}\n{row}\n{'x,' * head.count(',')}x\n")
    answer = loaded(name, "add", str(file))
    assert answer.code == 2
    assert "wrong.csv line 3, " in answer.err
    assert "Traceback" not in answer.err
    assert loaded(name, "list", "--json").document == {name: []}
