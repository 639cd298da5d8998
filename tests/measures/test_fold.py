"""The law of a bill: however its rows are cut, it adds up to the same."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.core.amount import EXACT
from finops.ingestion import ingest
from finops.measures import ask
from finops.measures import Query
from tests.faults import bill
from tests.lanes import examples

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pytest

UNIT = Decimal("1e-18")
"""The smallest amount that is kept; amounts here are whole numbers of it."""

SERVICES = ("VM", "Disk")
MONEY = st.integers(-(10**36), 10**36)
CHARGES = st.lists(st.tuples(st.sampled_from(SERVICES), MONEY), min_size=1, max_size=6)
BY_SERVICE = Query(measures=("BilledCost",), by=("ServiceName",), currency="billing")


def told(folder: Path, charges: Iterable[tuple[str, int]]) -> dict[object, object]:
    """What a bill of these charges adds up to, by service and in all."""
    workspace = make_workspace(folder / "workspace")
    rows = [
        bill.costing(f"{EXACT.multiply(Decimal(cost), UNIT):f}", ServiceName=service)
        for service, cost in charges
    ]
    at = datetime(2026, 5, 2, tzinfo=UTC)
    ingest.run(workspace, [str(bill.write(folder / "a.csv", rows))], actor=local_actor(), at=at)
    answer = ask(workspace.dataset(), BY_SERVICE)
    workspace.close()
    return {row[0]: row[2] for row in answer.rows} | {"": answer.total["BilledCost"]}


@settings(max_examples=examples(8), deadline=None)
@given(charges=CHARGES, cut=MONEY)
def test_splitting_a_row_or_adding_one_of_nothing_changes_no_sum(
    tmp_path_factory: pytest.TempPathFactory, charges: list[tuple[str, int]], cut: int
) -> None:
    (service, cost), *others = charges
    split = [*others, (service, cut), (service, 0), (service, cost - cut)]
    by_hand = {
        each: EXACT.multiply(Decimal(sum(c for s, c in charges if s == each)), UNIT)
        for each in {s for s, _ in charges}
    }
    by_hand[""] = EXACT.multiply(Decimal(sum(c for _, c in charges)), UNIT)
    assert told(tmp_path_factory.mktemp("whole"), charges) == by_hand
    assert told(tmp_path_factory.mktemp("split"), split) == by_hand
