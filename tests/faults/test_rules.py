"""A publication of rules that is killed has one effect or none, and is done again with one."""

from __future__ import annotations

import shutil
from typing import NamedTuple
from typing import TYPE_CHECKING

import pytest

from finops.allocation.published import versions
from finops.core.fault import RULES
from finops.measures import ask
from finops.measures import Query
from finops.records import audit
from tests.allocation.conftest import charges
from tests.allocation.conftest import MARKET
from tests.allocation.conftest import organize
from tests.faults import bill
from tests.faults.process import KILLED
from tests.faults.process import run
from tests.faults.state import assert_tidy
from tests.faults.state import opened

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "rules: [{id: a, when: {sub_account: a}, then: {x_Team: data}}]"


class Effect(NamedTuple):
    """How many versions and snapshots there are, and what team data bears."""

    versions: int
    snapshots: int
    data: str


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A month of three teams, the rules as a file, and none published."""
    folder = tmp_path_factory.mktemp("ruled")
    assert run(folder / "workspace", "init").code == 0
    with opened(folder / "workspace") as workspace:
        organize(workspace, MARKET)
    file = bill.write(folder / "june.csv", charges(6))
    assert run(folder / "workspace", "import", str(file)).code == 0
    (folder / "workspace" / "rules.yaml").write_text(TEXT)
    return folder / "workspace"


def effect(root: Path) -> Effect:
    """What a workspace holds; its audit is whole."""
    with opened(root) as workspace:
        with workspace.store.reading() as session:
            assert audit.verify(session) == ()
        answer = ask(workspace.dataset(), Query(measures=("BilledCost",), by=("x_Team",)))
        sums = {str(row[0]): str(row[-1]) for row in answer.rows}
        return Effect(len(versions(workspace)), len(workspace.snapshots()), sums["data"])


@pytest.mark.thorough
@pytest.mark.parametrize("point", RULES)
def test_a_publication_killed_at_any_point_has_one_effect_or_none(
    prepared: Path, tmp_path: Path, point: str
) -> None:
    """Data has 40 of its own, and the 119 of account a once the rule holds."""
    root = shutil.copytree(prepared, tmp_path / "workspace")
    words = ("rules", "publish", str(root / "rules.yaml"), "--reason", "agreed")
    before = effect(root)

    killed = run(root, *words, fault=point)

    assert killed.code == KILLED
    after = Effect(1, before.snapshots + 1, "159")
    assert effect(root) == (after if point == RULES[-1] else before)
    assert run(root, *words).code == 0
    assert effect(root) == after
    (root / "rules.yaml").unlink()
    assert_tidy(root)
