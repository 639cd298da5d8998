"""The tables: money is text, and every row says when it was written."""

from __future__ import annotations

import pytest
from sqlalchemy import Float
from sqlalchemy import inspect
from sqlalchemy import Numeric
from sqlmodel import SQLModel

from finops.records import models


def test_no_column_can_turn_money_into_a_float() -> None:
    columns = [column for table in SQLModel.metadata.tables.values() for column in table.columns]
    assert columns
    assert not [str(each) for each in columns if isinstance(each.type, (Float, Numeric))]


def test_every_table_is_known() -> None:
    unrevised = (models.AuditEvent, models.PortalActivity)
    named = {str(model.__tablename__) for model in (*unrevised, *models.REVISED)}
    assert named == set(SQLModel.metadata.tables)


@pytest.mark.parametrize("model", models.REVISED, ids=lambda model: model.__name__)
def test_a_row_has_a_revision_and_a_key(model: type[SQLModel]) -> None:
    columns = set(inspect(model).columns.keys())
    assert "revision" in columns
    assert set(model.natural_key) <= columns  # type: ignore[attr-defined]


def test_an_import_says_nothing_it_was_not_told() -> None:
    row = models.ImportRecord(import_id="a", revision=1, at="", source="s", status="rejected")
    assert (row.rows, row.sums, row.files, row.left_out) == (0, "{}", "[]", "{}")
