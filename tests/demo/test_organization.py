from __future__ import annotations

import yaml

from finops.core.organization import Organization
from finops.demo.company import load_company
from finops.demo.organization import organization_yaml
from finops.demo.seasons import story
from tests.demo.conftest import TODAY

EVERY = story(TODAY)


def test_the_product_reads_the_organization() -> None:
    found = Organization.from_mapping(yaml.safe_load(organization_yaml(load_company(), EVERY)))
    assert found.name == "Larkfield Market"
    assert found.reporting_currency == "USD"
    assert found.fiscal_calendar.start_month == 4
    assert (len(found.teams), len(found.products), len(found.cost_centers)) == (9, 6, 6)


def test_accounts_with_a_team_are_that_teams_and_shared_ones_nobodys() -> None:
    found = yaml.safe_load(organization_yaml(load_company(), EVERY))["dimensions"]["x_Team"]
    assert found["sub_accounts"]["410000000110"] == "search"
    assert "410000000180" not in found["sub_accounts"]


def test_making_the_text_leaves_the_definition_alone() -> None:
    company = load_company()
    assert organization_yaml(company, EVERY) == organization_yaml(company, EVERY)


def test_the_team_that_moved_stands_there_twice_one_month_after_the_other() -> None:
    found = Organization.from_mapping(yaml.safe_load(organization_yaml(load_company(), EVERY)))
    told = [team for team in found.teams if team.id == "ml"]
    assert [(one.cost_center, one.valid_from, one.valid_to) for one in told] == [
        ("CC-300", None, str(EVERY[22].period)),
        ("CC-110", str(EVERY[23].period), None),
    ]
