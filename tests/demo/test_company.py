from __future__ import annotations

from collections import Counter

import pytest

from finops.demo.company import load_company
from finops.demo.company import Sku

COMPANY = load_company()


def test_every_workload_names_things_that_are_there() -> None:
    for work in COMPANY.workloads:
        account, sku = COMPANY.accounts[work.account], COMPANY.skus[work.sku]
        assert account.provider in COMPANY.providers
        assert sku.service in COMPANY.services
        assert sku.resource is None or sku.resource in COMPANY.resources
        assert work.product in {one["id"] for one in COMPANY.organization["products"]}
        assert work.environment in COMPANY.organization["environments"]
        assert work.cost_center in {one["id"] for one in COMPANY.organization["cost_centers"]}


def test_names_are_given_once() -> None:
    for names in (
        [work.id for work in COMPANY.workloads],
        [account.id for account in COMPANY.accounts.values()],
        [one.id for one in COMPANY.commitments],
        [person["email"] for person in COMPANY.organization["people"]],
    ):
        assert Counter(names).most_common(1)[0][1] == 1


def test_leads_and_owners_are_people() -> None:
    people = {person["id"] for person in COMPANY.organization["people"]}
    organization = COMPANY.organization
    assert {team["lead"] for team in organization["teams"]} <= people
    for kind in ("products", "cost_centers"):
        assert {one["owner"] for one in organization[kind]} <= people


def test_every_team_has_an_account_of_its_own_and_some_accounts_are_shared() -> None:
    owners = Counter(account.team for account in COMPANY.accounts.values())
    assert set(owners) == {*COMPANY.teams, None}
    assert owners[None] >= 4


@pytest.mark.parametrize("sku", COMPANY.skus.values(), ids=lambda one: str(one.key))
def test_negotiated_prices_are_not_above_the_list(sku: Sku) -> None:
    assert 0 < sku.contracted <= sku.listed


def test_commitments_cover_prices_that_are_there() -> None:
    for one in COMPANY.commitments:
        assert one.covers
        assert set(one.covers) <= set(COMPANY.skus)
        assert all(COMPANY.skus[sku].market == 0 for sku in one.covers)
