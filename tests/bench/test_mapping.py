from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import make_workspace
from finops.bench import bill
from finops.bench import mapping
from finops.dataset import derive
from tests.invoicing.bill import bring_file

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.thorough
def test_a_month_is_mapped_beside_a_scan_of_its_columns_and_left_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    bill.write(tmp_path / "bill.csv.gz", rows=500)
    workspace = make_workspace(folder)
    bring_file(workspace, tmp_path / "bill.csv.gz")
    workspace.close()
    before = sorted(folder.rglob("*.parquet"))
    (found,) = mapping.mapping(folder, rows=500, rounds=1, say=lambda _: None)
    assert found.work == "mapping of 500 lines by 1,000 rules"
    assert (found.ours > 0, found.bare > 0, found.bar) == (True, True, 3.0)
    assert sorted(folder.rglob("*.parquet")) == before


def test_the_rules_of_the_measurement_meet_its_bill(tmp_path: Path) -> None:
    bill.write(tmp_path / "bill.csv.gz", rows=500)
    workspace = make_workspace(tmp_path / "workspace")
    bring_file(workspace, tmp_path / "bill.csv.gz")
    snapshot, organization = workspace.snapshot(), workspace.organization()
    workspace.close()
    assert snapshot
    rules = mapping.rule_set()
    made = derive.derive(snapshot.charges, workspace.root, organization, rules=rules)
    assert len(rules.rules) == mapping.RULES
    assert made[0].mapped != snapshot.charges[0].mapped
