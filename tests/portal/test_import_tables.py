"""Tables of what was brought in."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.allocation.splits import Split
from finops.portal import desk
from finops.portal import health
from finops.portal import import_tables
from tests.pages import bills

if TYPE_CHECKING:
    from finops.dataset import Dataset


@pytest.mark.usefixtures("at_the_desk")
def test_each_import_has_its_sums_to_the_last_digit() -> None:
    reports = desk.imports()
    table = import_tables.imports(reports, health.issuers(desk.snapshot()))
    assert table.columns["Status"] == ["committed", "rejected", "committed", "committed"]
    assert table.columns["BilledCost"][-1] == "462.99999999999999999"
    assert table.columns["Issuer"][0] == "Example Cloud"


@pytest.mark.usefixtures("at_the_desk")
def test_a_rejected_row_is_told_by_its_place() -> None:
    table = import_tables.rejected(desk.imports()[0].rejected_rows)
    assert table.columns["File"] == ["november.csv"] * 2
    assert table.columns["Line"] == [6, 9]
    assert table.columns["Column"] == ["BilledCost", "ChargeCategory"]
    assert table.columns["Value"] == ["1,5", "Use"]
    assert all(table.columns["Reason"])


@pytest.mark.usefixtures("at_the_desk")
def test_absent_columns_say_how_binding_they_are() -> None:
    table = import_tables.absent(desk.imports())
    standing = dict(zip(table.columns["Column"], table.columns["In FOCUS"], strict=True))
    assert standing["HostProviderName"] == "Mandatory since 1.3"


def test_freshness_says_how_many_days_a_source_is_behind(dataset: Dataset) -> None:
    table = import_tables.freshness(health.freshness(dataset), {}, bills.TODAY)
    assert table.columns["Days behind"] == [6]
    assert table.columns["Last import"] == ["n/a"]


@pytest.mark.usefixtures("at_the_desk")
def test_where_nothing_is_odd_there_is_no_table() -> None:
    assert not import_tables.findings(desk.imports()).columns
    assert "november.csv" in import_tables.name(desk.imports()[0])


def test_a_charge_that_came_whole_and_in_parts_says_what_is_wrong() -> None:
    ten = Decimal(10)
    found = [
        Split(resource="node", currency="USD", charges=2, whole=ten, parts=ten, twice=twice)
        for twice in (True, False)
    ]
    table = import_tables.splits(found)
    assert table.columns["Finding"] == ["Counted twice", "Parts are not the whole"]
    assert table.columns["Whole"] == ["10.00\u00a0USD"] * 2
