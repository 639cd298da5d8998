"""organization.yaml: the demo company as the product reads it, with accounts and what follows."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import yaml

from finops.demo import agreed

if TYPE_CHECKING:
    from finops.demo.company import Company
    from finops.demo.seasons import Month


def organization_yaml(company: Company, every: tuple[Month, ...]) -> str:
    """The organization, and how a charge finds its team, product, environment, cost center."""
    content = copy.deepcopy(company.organization)
    content["teams"] = agreed.teams(company, every)
    accounts = company.accounts.values()
    dimensions = content["dimensions"]
    dimensions["x_Team"]["sub_accounts"] = {one.id: one.team for one in accounts if one.team}
    dimensions["x_Environment"]["sub_accounts"] = {
        one.id: one.environment for one in accounts if one.environment
    }
    for dimension in ("x_Product", "x_CostCenter"):
        dimensions[dimension]["from"] = {"dimension": "x_Team"}
    text: str = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
    return text
