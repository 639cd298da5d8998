from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.dataset import sql
from finops.dataset.views import OTHERS
from finops.dataset.views import RELATIONS
from finops.focus import columns

if TYPE_CHECKING:
    from finops.access.workspace import Workspace


def test_every_relation_is_known_by_its_name(mini: Workspace) -> None:
    found = mini.dataset().engine.rows("SELECT view_name FROM duckdb_views WHERE NOT internal")
    assert {name for (name,) in found} == set(RELATIONS)


def test_a_column_that_no_file_has_is_null_and_known(mini: Workspace) -> None:
    names = ", ".join(f'"{column.id}"' for column in columns.COST_AND_USAGE)
    table = mini.dataset().select(sql.parse(f"SELECT {names} FROM lines LIMIT 1"))
    assert len(table.columns) == len(columns.COST_AND_USAGE)
    statement = "SELECT count(AllocatedMethodId), count(InvoiceDetailId) FROM lines"
    assert mini.dataset().select(sql.parse(statement)).rows == [(0, 0)]


@pytest.mark.parametrize("relation", OTHERS)
def test_a_dataset_that_was_never_brought_is_empty(mini: Workspace, relation: str) -> None:
    table = mini.dataset().select(sql.parse(f'SELECT count(*) FROM "{relation}"'))
    assert table.rows == [(0,)]


def test_each_charge_is_there_once_with_its_dimensions(mini: Workspace) -> None:
    statement = "SELECT count(*), count(x_Team), count(x_CostCenter) FROM lines"
    assert mini.dataset().select(sql.parse(statement)).rows == [(17, 17, 17)]
