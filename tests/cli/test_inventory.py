"""`finops inventory` as people and scripts call it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops


def test_what_was_printed_is_counted_by_kind(loaded: Finops, tmp_path: Path) -> None:
    file = tmp_path / "printed.json"
    file.write_text(json.dumps({"Volumes": [{"VolumeId": "vol-1"}, {"VolumeId": "vol-2"}]}))
    assert "no inventory yet" in loaded("inventory", "list").out
    added = loaded("inventory", "add", str(file), "--date", "2026-05-02", "--json").document
    assert (added["status"], added["added"], added["kinds"]) == ("committed", 2, {"disk": 2})
    again = loaded("inventory", "add", str(file), "--date", "2026-05-02")
    assert "2 disk: 0 added, 0 replaced, 2 unchanged" in again.out
    rows = [{"kind": "disk", "resources": 2, "latest": "2026-05-02"}]
    assert loaded("inventory", "list", "--json").document == {"inventory": rows}
    assert "disk" in loaded("inventory", "list").out


def test_the_commands_that_only_read_are_listed(loaded: Finops) -> None:
    assert "aws ec2 describe-volumes --output json" in loaded("inventory", "commands").out


def test_a_wrong_file_or_day_is_said(loaded: Finops, tmp_path: Path) -> None:
    file = tmp_path / "wrong.json"
    file.write_text("{}")
    strange = loaded("inventory", "add", str(file))
    assert strange.code == 2
    assert "wrong.json is not what one of these commands prints" in strange.err
    late = loaded("inventory", "add", str(file), "--date", "soon")
    assert late.code == 2
    assert "--date 'soon' is no day." in late.err
