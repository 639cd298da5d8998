"""The ledger knows each charge's owner by design; here its tags are read as a person would."""

from __future__ import annotations

import json
import re
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


def resolve(made: Made, dimension: str, row: dict[str, Any], month: str) -> str:
    """Read the rules from the top, then the tags, the account, and what the team implies."""
    organization = made.organization
    rule = organization["dimensions"][dimension]
    tags = {normalized(key): value for key, value in json.loads(row["Tags"] or "{}").items()}
    known = ids(organization, dimension)
    if ruled := decided(made.rules, dimension, row, month):
        return ruled
    for key in rule["tags"]:
        text = tags.get(key, "").strip().lower()
        if text in rule["values"] or text in known:
            return str(rule["values"].get(text) or known[text])
    home = rule.get("sub_accounts", {}).get(row["SubAccountId"])
    if home:
        return str(home)
    if "from" in rule:
        value = resolve(made, rule["from"]["dimension"], row, month)
        return implied(organization, dimension, value, month)
    return "UNALLOCATED"


def implied(organization: dict[str, Any], dimension: str, team: str, month: str) -> str:
    field = {"x_CostCenter": "cost_center", "x_Product": "product"}[dimension]
    for one in organization["teams"]:
        first, last = one.get("valid_from", ""), one.get("valid_to", "9999")
        if one["id"] == team and first <= month <= last:
            return str(one[field])
    return "UNALLOCATED"


def decided(
    rules: list[dict[str, Any]], dimension: str, row: dict[str, Any], month: str
) -> str | None:
    """What the first rule that matches says; written down again as simply as it can be."""
    if dimension != "x_Team":
        return None
    for rule in rules:
        when, name = rule["when"], row["ResourceName"] or ""
        asked = [
            month >= rule["valid_from"],
            when.get("sub_account", row["SubAccountId"]) == row["SubAccountId"],
            when.get("sub_account_name", row["SubAccountName"]) == row["SubAccountName"],
            all(
                name.startswith(text) if test == "prefix" else re.search(text, name)
                for test, text in when.get("resource_name", {}).items()
            ),
        ]
        if all(asked):
            told = rule["then"]["x_Team"]
            if isinstance(told, str):
                return told
            parts = name.split(told["by"])
            found = told["values"].get(parts[told["part"] - 1])
            if found:
                return str(found)
    return None


@pytest.mark.parametrize("subject", DIMENSIONS)
def test_the_organization_read_by_its_rules_gives_the_truth(year: Made, subject: str) -> None:
    dimension = DIMENSIONS[subject]
    found: dict[Any, Decimal] = defaultdict(Decimal)
    owners: dict[Any, str] = {}
    for row in year.rows:
        month = f"{row['BillingPeriodStart']:%Y-%m}"
        key = (row["SubAccountId"], row["Tags"], row["ResourceName"], month)
        if key not in owners:
            owners[key] = resolve(year, dimension, row, month)
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
