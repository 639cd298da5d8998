"""Names must be the organization's own; what is nearly one is offered."""

from __future__ import annotations

import pytest

from finops.core.organization import EMPTY
from finops.core.organization import Organization
from finops.errors import InputError
from finops.ingestion import owned
from finops.ingestion.record_files import Line

COMPANY = Organization.from_mapping(
    {
        "teams": [{"id": "search", "name": "Search"}, {"id": "payments", "name": "Pay"}],
        "cost_centers": [{"id": "CC-110", "name": "Storefront"}],
        "dimensions": {"x_Team": {"sub_accounts": {"4711": "search"}}},
    }
)


def line(scope: str) -> Line:
    return Line("b.csv", 2, "budget", {"scope": scope}, {"scope": scope})


@pytest.mark.parametrize(
    "scope", ["all", "x_Team=search", "x_CostCenter=CC-110", "SubAccountId=4711", "x_Product=any"]
)
def test_a_scope_of_the_organization_is_taken(scope: str) -> None:
    assert owned.scope(line(scope), "scope", COMPANY) == scope


def test_spaces_and_capitals_of_all_do_not_matter() -> None:
    assert owned.scope(line("x_Team = search"), "scope", COMPANY) == "x_Team=search"
    assert owned.scope(line("All"), "scope", COMPANY) == "all"


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        ("x_Team=serach", "a value of x_Team: search"),
        ("x_Teams=search", "such as x_Team=search: x_Team"),
        ("x_CostCenter=cc-110", "a value of x_CostCenter: CC-110"),
        ("SubAccountId=4712", "a value of SubAccountId: 4711"),
        ("x_Team=", "all, or a dimension and its value"),
        ("everything", "all, or a dimension and its value"),
    ],
)
def test_another_scope_is_refused_with_what_is_near(scope: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        owned.scope(line(scope), "scope", COMPANY)
    assert str(caught.value).startswith(f"b.csv line 2, scope {scope!r}: expected ")
    assert said in str(caught.value)


def test_where_nothing_is_declared_any_value_is_taken() -> None:
    assert owned.scope(line("x_Team=anybody"), "scope", EMPTY) == "x_Team=anybody"


def test_where_nothing_is_near_the_first_few_are_told() -> None:
    assert owned.suggested("zzz", [f"CC-{n}" for n in range(10)]).endswith(" …")
