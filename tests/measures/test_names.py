from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.errors import UsageError
from finops.focus import columns
from finops.measures import ask
from finops.measures import Query
from finops.measures.names import condition
from finops.measures.names import dimension

if TYPE_CHECKING:
    from finops.dataset import Dataset


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("ServiceName", "ServiceName"),
        ("servicename", "ServiceName"),
        (" SERVICENAME ", "ServiceName"),
        ("x_Team", "x_Team"),
        ("X_TEAM", "x_Team"),
        ("team", "x_Team"),
        ("Cost Center", "x_CostCenter"),
        ("cost-center", "x_CostCenter"),
        ("cost_center", "x_CostCenter"),
        ("tag:team", "tag:team"),
        ("TAG:Team", "tag:Team"),
        ("tags.env", "tag:env"),
        ("Tags/env", "tag:env"),
        ("tag.env", "tag:env"),
        ("shared", "tag:shared"),
        ("x_Custom", "extra:x_Custom"),
        ("x_Source", "x_Source"),
        ("x_chargeday", "x_ChargeDay"),
        ("Provider", "ProviderName"),
        ("region", "RegionId"),
    ],
)
def test_a_name_means_a_column_a_dimension_or_a_tag(bare: Dataset, asked: str, meant: str) -> None:
    assert dimension(bare, asked) == meant


@pytest.mark.parametrize("asked", ["", "  ", "Tags", "tags"])
def test_a_name_that_means_nothing_or_many_things_is_refused(bare: Dataset, asked: str) -> None:
    with pytest.raises(UsageError):
        dimension(bare, asked)


@pytest.mark.parametrize("column", [name for name in columns.BY_ID if name != "Tags"])
def test_every_column_of_focus_is_a_dimension(bare: Dataset, column: str) -> None:
    answer = ask(bare, Query(measures=("Charges",), by=(column,)))
    assert answer.total == {"Charges": 17}


@pytest.mark.parametrize("name", ["tag:team", "team", "shared", "tag:ENV", "x_Custom", "x' OR 1=1"])
def test_every_charge_has_a_place_under_every_name(bare: Dataset, name: str) -> None:
    answer = ask(bare, Query(measures=("Charges",), by=(name,)))
    assert answer.columns == (name, "Charges")
    assert sum(int(str(row[-1])) for row in answer.rows) == 17


def test_a_condition_is_a_dimension_and_a_value(bare: Dataset) -> None:
    assert condition(bare, "servicename = Tax ") == ("ServiceName", "Tax")
    assert condition(bare, "team=a=b") == ("x_Team", "a=b")
    assert condition(bare, "RegionId=") == ("RegionId", "")
    with pytest.raises(UsageError, match="no condition"):
        condition(bare, "ServiceName")
