"""The ledger knows each charge's owner by design; here its tags are read as a person would."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.demo.conftest import Made

DIMENSIONS = {
    "teams": "x_Team",
    "products": "x_Product",
    "environments": "x_Environment",
    "cost_centers": "x_CostCenter",
}


def normalized(key: str) -> str:
    return key.strip().lower().replace(" ", "-").replace("_", "-")


def ids(organization: dict[str, Any], dimension: str) -> dict[str, str]:
    known = {
        "x_Team": [team["id"] for team in organization["teams"]],
        "x_Product": [product["id"] for product in organization["products"]],
        "x_Environment": organization["environments"],
        "x_CostCenter": [one["id"] for one in organization["cost_centers"]],
    }
    return {name.lower(): name for name in known[dimension]}


def resolve(organization: dict[str, Any], dimension: str, row: dict[str, Any]) -> str:
    rule = organization["dimensions"][dimension]
    tags = {normalized(key): value for key, value in json.loads(row["Tags"] or "{}").items()}
    known = ids(organization, dimension)
    for key in rule["tags"]:
        text = tags.get(key, "").strip().lower()
        if text in rule["values"] or text in known:
            return str(rule["values"].get(text) or known[text])
    home = rule.get("sub_accounts", {}).get(row["SubAccountId"])
    if home:
        return str(home)
    origin = rule.get("from")
    if origin:
        value = resolve(organization, origin["dimension"], row)
        return str(origin["values"].get(value, "UNALLOCATED"))
    return "UNALLOCATED"


@pytest.mark.parametrize("subject", DIMENSIONS)
def test_the_organization_read_by_its_rules_gives_the_truth(year: Made, subject: str) -> None:
    dimension = DIMENSIONS[subject]
    found: dict[Any, Decimal] = defaultdict(Decimal)
    owners: dict[Any, str] = {}
    for row in year.rows:
        key = (row["SubAccountId"], row["Tags"])
        if key not in owners:
            owners[key] = resolve(year.organization, dimension, row)
        period = f"{row['ChargePeriodStart']:%Y-%m}"
        found[period, row["BillingCurrency"], owners[key]] += row["EffectiveCost"]
    told = {
        (fact["question"]["period"], row["BillingCurrency"], row[dimension]): Decimal(
            row["EffectiveCost"]
        )
        for fact in year.facts(subject, axis="charge", currency="billing")
        for row in fact["answer"]["rows"]
    }
    assert found == told


def test_every_team_and_every_cost_center_of_a_team_has_cost(year: Made) -> None:
    last = year.facts("teams", axis="charge", period="2026-10", currency="USD")[0]
    teams = {row["x_Team"] for row in last["answer"]["rows"]}
    assert teams == {team["id"] for team in year.organization["teams"]} | {"UNALLOCATED"}
    last = year.facts("cost_centers", axis="charge", period="2026-10", currency="USD")[0]
    centers = {row["x_CostCenter"] for row in last["answer"]["rows"]}
    assert centers == {one["id"] for one in year.organization["cost_centers"]} | {"UNALLOCATED"}


def test_a_tag_of_a_team_that_is_gone_gives_no_owner(year: Made) -> None:
    texts = {row["Tags"] for row in year.rows if row["SubAccountName"] == "legacy-shop"}
    assert any(text and json.loads(text).get("team") == "phoenix" for text in texts)
