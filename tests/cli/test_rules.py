from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops

RULES = """
rules:
  - id: everything-else
    when: {tag:team: {exists: false}}
    then: {x_Team: nobody-yet}
    note: shown to the meeting
"""


def test_published_rules_move_cost_and_stay_on_the_record(loaded: Finops, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(RULES)
    done = loaded("rules", "publish", str(file), "--reason", "agreed in May", "--json")
    assert (done.document["version"], done.document["status"]) == (1, "published")
    words = ("--by", "team", "--where", "BillingCurrency=USD", "--axis", "billing", "--json")
    document = loaded("query", "--measure", "EffectiveCost", *words).document
    found = {row["team"]: Decimal(row["EffectiveCost"]) for row in document["rows"]}
    assert found["UNALLOCATED"] == 0
    assert found["nobody-yet"] > 0
    again = loaded("rules", "publish", str(file), "--reason", "again", "--json")
    assert again.document["status"] == "unchanged"


def test_what_is_exported_can_be_published(loaded: Finops, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(RULES)
    assert loaded("rules", "publish", str(file), "--reason", "r").code == 0
    out = tmp_path / "out.yaml"
    assert loaded("rules", "export", str(out)).code == 0
    assert loaded("rules", "export").out.strip() == out.read_text().strip()
    done = loaded("rules", "publish", str(out), "--reason", "r", "--json")
    assert done.document["status"] == "unchanged"


def test_whoever_changed_an_older_version_is_told_so(loaded: Finops, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(RULES)
    assert loaded("rules", "publish", str(file), "--reason", "r").code == 0
    answer = loaded("rules", "publish", str(file), "--reason", "r", "--base", "0")
    assert answer.code == 2
    assert "local has published version 1 since you read version 0" in answer.err
    assert "everything-else added" in answer.err


def test_a_slip_and_a_missing_reason_are_refused(loaded: Finops, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(RULES.replace("exists", "is"))
    answer = loaded("rules", "publish", str(file), "--reason", "r")
    assert answer.code == 2
    assert "rules[0].when.tag:team.is" in answer.err
    assert loaded("rules", "publish", str(file)).code == 2


def test_a_diff_says_what_would_move_and_moves_nothing(loaded: Finops, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(RULES)
    answer = loaded("rules", "diff", str(file), "--json")
    assert answer.document["currency"] in {"USD", "billing"}
    assert [change["rule"] for change in answer.document["changes"]] == ["everything-else"]
    assert Decimal(answer.document["sum"]) == 0
    moves = answer.document["moves"]
    assert {(move["source"], move["target"]) for move in moves} == {("UNALLOCATED", "nobody-yet")}
    assert loaded("rules", "export", "--json").document["version"] == 0
