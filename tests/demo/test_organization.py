from __future__ import annotations

import yaml

from finops.core.organization import Organization
from finops.demo.company import load_company
from finops.demo.organization import organization_yaml


def test_the_product_reads_the_organization() -> None:
    found = Organization.from_mapping(yaml.safe_load(organization_yaml(load_company())))
    assert found.name == "Larkfield Market"
    assert found.reporting_currency == "USD"
    assert found.fiscal_calendar.start_month == 4
    assert (len(found.teams), len(found.products), len(found.cost_centers)) == (8, 6, 6)


def test_accounts_with_a_team_are_that_teams_and_shared_ones_nobodys() -> None:
    found = yaml.safe_load(organization_yaml(load_company()))["dimensions"]["x_Team"]
    assert found["sub_accounts"]["410000000110"] == "search"
    assert "410000000180" not in found["sub_accounts"]


def test_making_the_text_leaves_the_definition_alone() -> None:
    company = load_company()
    assert organization_yaml(company) == organization_yaml(company)
