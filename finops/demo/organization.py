"""organization.yaml: the demo company as the product reads it, with accounts and what follows."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from finops.demo.company import Company


def organization_yaml(company: Company) -> str:
    """The organization, and how a charge finds its team, product, environment, cost center."""
    content = copy.deepcopy(company.organization)
    teams, accounts = company.teams, company.accounts.values()
    dimensions = content["dimensions"]
    dimensions["x_Team"]["sub_accounts"] = {one.id: one.team for one in accounts if one.team}
    dimensions["x_Environment"]["sub_accounts"] = {
        one.id: one.environment for one in accounts if one.environment
    }
    for dimension, name in (("x_Product", "product"), ("x_CostCenter", "cost_center")):
        implied = {key: team[name] for key, team in teams.items()}
        dimensions[dimension]["from"] = {"dimension": "x_Team", "values": implied}
    text: str = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
    return text
