from __future__ import annotations

import yaml

from finops.core.mapping import check
from finops.core.mapping import RuleSet
from finops.core.organization import Organization
from finops.demo import agreed
from finops.demo.company import load_company
from finops.demo.organization import organization_yaml
from finops.demo.seasons import story
from tests.demo.conftest import TODAY

EVERY = story(TODAY)
COMPANY = load_company()


def test_the_product_reads_the_rules_and_the_organization_has_what_they_decide() -> None:
    rules = RuleSet.from_mapping(yaml.safe_load(agreed.rules_yaml(COMPANY, EVERY)))
    text = organization_yaml(COMPANY, EVERY)
    check(rules, Organization.from_mapping(yaml.safe_load(text)))
    assert {rule.valid_from for rule in rules.rules} == {str(EVERY[22].period)}
    assert {one["id"] for one in COMPANY.mapping["rules"]} == set(rules.by_id)


def test_what_was_agreed_holds_from_its_month_on() -> None:
    works = {work.id: work for work in COMPANY.workloads}
    shop, ranking = works["shop-db"], next(w for w in COMPANY.workloads if w.team == "ml")
    assert [agreed.team_of(COMPANY, shop, EVERY[place]) for place in (21, 22)] == [None, "catalog"]
    centers = [agreed.at(COMPANY, ranking, EVERY[place]).cost_center for place in (22, 23)]
    assert centers == ["CC-300", "CC-110"]
    told = [agreed.implied(COMPANY, "ml", EVERY[place])["cost_center"] for place in (22, 23)]
    assert told == centers
    assert agreed.at(COMPANY, shop, EVERY[23]) is shop
