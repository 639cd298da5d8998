"""Moves: whatever two rule sets say, what one side gains the other loses, to the last digit."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.core.amount import total
from finops.core.mapping import RuleSet
from finops.dataset.moves import moves
from finops.ingestion import ingest
from tests.faults import bill
from tests.lanes import examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finops.access.workspace import Workspace

import pytest

AT = datetime(2026, 5, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("moves")
    made = make_workspace(folder / "workspace")
    lines = [
        bill.costing(
            f"{number}.01",
            SubAccountId="abc"[number % 3],
            ResourceId=f"r-{number % 4}",
            Tags=f'{{"team": "t{number % 2}"}}' if number % 5 else "",
        )
        for number in range(1, 30)
    ]
    ingest.run(made, [str(bill.write(folder / "a.csv", lines))], actor=local_actor(), at=AT)
    yield made
    made.close()


rule_sets = st.lists(
    st.fixed_dictionaries(
        {
            "when": st.sampled_from(
                [{"sub_account": "a"}, {"resource": "r-1"}, {"tag:team": "t1"}, {}]
            ),
            "then": st.sampled_from([{"x_Team": "t0"}, {"x_Team": "t9"}, {"x_Product": "p"}]),
        }
    ),
    max_size=4,
)


@settings(max_examples=examples(25), deadline=None)
@given(bodies=rule_sets)
def test_what_one_gains_another_loses(
    workspace: Workspace, bodies: list[dict[str, object]]
) -> None:
    snapshot = workspace.snapshot()
    assert snapshot
    rules = RuleSet.from_mapping(
        {"rules": [{"id": str(n)} | body for n, body in enumerate(bodies)]}
    )
    found = moves(snapshot.charges, workspace.root, workspace.organization(), rules=rules)
    assert all(one.source != one.target for one in found)
    whole = total(sums.amounts[0][1] for part in snapshot.charges for sums in part.sums)
    for dimension in rules.dimensions:
        moved = [one for one in found if one.dimension == dimension]
        assert total(one.billed for one in moved) <= whole
        assert all(one.charges > 0 for one in moved)
