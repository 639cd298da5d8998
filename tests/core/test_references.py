from __future__ import annotations

import pytest

from finops.core.organization import Organization
from finops.core.references import names
from finops.errors import InputError


def refusal(**parts: object) -> str:
    with pytest.raises(InputError) as refused:
        Organization.from_mapping(parts)
    return str(refused.value)


@pytest.mark.parametrize(
    ("kind", "field", "target"),
    [
        ("teams", "lead", "people"),
        ("teams", "cost_center", "cost_centers"),
        ("teams", "product", "products"),
        ("people", "team", "teams"),
        ("products", "owner", "people"),
        ("cost_centers", "parent", "cost_centers"),
        ("cost_centers", "owner", "people"),
    ],
)
def test_a_name_that_nothing_declares_is_refused(kind: str, field: str, target: str) -> None:
    items = [{"id": "a", "name": "A"}, {"id": "b", "name": "B", field: "nobody"}]
    assert refusal(**{kind: items}) == f"{kind}[1].{field}: 'nobody' is not declared in {target}."


@pytest.mark.parametrize(
    "kind", ["teams", "people", "products", "cost_centers", "general_ledger_accounts"]
)
def test_one_name_for_two_things_is_refused(kind: str) -> None:
    items = [{"id": "a", "name": "A"}, {"id": "a", "name": "B"}]
    assert refusal(**{kind: items}) == f"{kind}[1].id: 'a' stands here a second time."


def test_an_environment_is_declared_once() -> None:
    said = refusal(environments=["prod", "dev", "prod"])
    assert said == "environments[2]: 'prod' stands here a second time."


def test_cost_centers_do_not_run_in_a_circle() -> None:
    said = refusal(
        cost_centers=[
            {"id": "a", "name": "A", "parent": "b"},
            {"id": "b", "name": "B", "parent": "a"},
        ]
    )
    assert said == "cost_centers[0].parent: the parents of 'a' run in a circle."


def test_a_charge_category_is_booked_on_one_account() -> None:
    accounts = [
        {"id": "6100", "name": "Usage", "charge_categories": ["Usage"]},
        {"id": "6120", "name": "More", "charge_categories": ["Tax", "Usage"]},
    ]
    said = refusal(general_ledger_accounts=accounts)
    assert said == (
        "general_ledger_accounts[1].charge_categories: 'Usage' is booked on an earlier account."
    )


def test_a_dimension_stands_after_the_one_it_is_told_from() -> None:
    told = {"from": {"dimension": "x_Team", "values": {"a": "b"}}}
    said = refusal(dimensions={"x_Product": told, "x_Team": {}})
    assert said == "dimensions.x_Product.from.dimension: 'x_Team' must be written before."
    Organization.from_mapping({"dimensions": {"x_Team": {}, "x_Product": told}})


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ({"values": {"serch": "sarch"}}, "values.serch"),
        ({"sub_accounts": {"222222222222": "sarch"}}, "sub_accounts.222222222222"),
        ({"from": {"dimension": "x_Region", "values": {"eu": "sarch"}}}, "from.values.eu"),
    ],
    ids=["values", "sub accounts", "origin"],
)
def test_a_rule_leads_to_a_declared_value(rule: dict[str, object], path: str) -> None:
    said = refusal(
        teams=[{"id": "search", "name": "Search"}],
        dimensions={"x_Region": {}, "x_Team": rule},
    )
    assert said == f"dimensions.x_Team.{path}: 'sarch' is not declared in teams."


def test_where_no_team_is_declared_yet_any_may_be_meant() -> None:
    found = Organization.from_mapping({"dimensions": {"x_Team": {"values": {"s": "search"}}}})
    assert names(found, "teams") == frozenset()
