from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.allocation import rule_files
from finops.core.mapping import EMPTY
from finops.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """
rules:
  - id: accounts
    when: {sub_account: {exists: true}}
    then: {x_Team: {from: sub_account, lookup: accounts, column: team}}
lookups:
  accounts: {file: accounts.csv}
"""


def test_a_table_may_lie_beside_the_rules_and_goes_out_with_them(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("account,team\n1,search\n")
    (tmp_path / "rules.yaml").write_text(TEXT)
    rules = rule_files.read(tmp_path / "rules.yaml")
    again = tmp_path / "again.yaml"
    again.write_text(rule_files.write(rules))
    assert rule_files.read(again) == rules
    assert "account,team\n" in again.read_text()


def test_no_rules_are_a_file_too(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(rule_files.write(EMPTY))
    assert rule_files.read(tmp_path / "rules.yaml") == EMPTY


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rules: [", "rules.yaml, line 1, column"),
        ("- a\n", "holds no rules"),
        ("rules: [{id: a}]", r"rules\[0\]\.then"),
        ("lookups: {a: {file: none.csv}}", "none.csv cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(text)
    with pytest.raises(InputError, match=said):
        rule_files.read(file)
