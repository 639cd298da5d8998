"""The rollup and the charges themselves say the same, whatever is asked of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.core.scope import Scope
from finops.dataset import rollup
from finops.dataset import sql
from finops.focus import columns
from finops.measures import MEASURES

if TYPE_CHECKING:
    from finops.access.workspace import Workspace
    from finops.dataset import Dataset
    from finops.dataset.engine_duckdb import Row

ADDING = [measure for measure in MEASURES if measure.from_rollup]
UNKNOWN = [f"sum({rollup.unknown(cost)})" for cost in columns.MONEY]
SUMS = ", ".join([*(m.expression for m in ADDING), f"sum({rollup.CHARGES})", *UNKNOWN])


def told(dataset: Dataset, relation: str, by: str) -> list[Row]:
    """Every sum of a relation by one dimension."""
    statement = f'SELECT "{by}", {SUMS} FROM {relation} GROUP BY 1'
    return sorted(dataset.select(sql.parse(statement)).rows, key=str)


@pytest.mark.parametrize(
    "by", [*rollup.DIMENSIONS, rollup.DAY, rollup.BILLING_MONTH, "x_Team", "x_CostCenter"]
)
def test_rollup_and_lines_agree_by_every_dimension(mini: Workspace, by: str) -> None:
    dataset = mini.dataset()
    assert dataset.rolls_up(by)
    assert told(dataset, "rollup", by) == told(dataset, "lines", by)


@pytest.mark.parametrize(
    ("dimension", "value"),
    [("x_Team", "search"), ("ServiceName", None), ("BillingCurrency", "EUR"), ("RegionId", None)],
)
def test_rollup_and_lines_agree_within_a_scope(
    mini: Workspace, dimension: str, value: str | None
) -> None:
    narrowed = mini.dataset().within(Scope(filters=((dimension, frozenset({value})),)))
    assert told(narrowed, "rollup", "ChargeCategory") == told(narrowed, "lines", "ChargeCategory")


def test_a_rollup_has_fewer_rows_than_there_are_charges(mini: Workspace) -> None:
    dataset = mini.dataset()
    counted = dataset.select(sql.parse("SELECT count(*), sum(x_Charges) FROM rollup")).rows[0]
    assert counted[0] <= counted[1] == 17


def test_a_dimension_that_only_lines_have_takes_the_rollup_away(mini: Workspace) -> None:
    narrowed = mini.dataset().within(Scope(filters=(("ResourceId", frozenset({"i-a4"})),)))
    assert narrowed.narrowed_by_lines_only
    assert narrowed.select(sql.parse("SELECT sum(BilledCost) FROM lines")).rows == [(351.5,)]
