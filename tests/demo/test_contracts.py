"""The demo company's contracts: two are agreed by two people, one waits."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

from finops.access.workspace import open_workspace
from finops.demo.company import load_company
from finops.demo.contracts import agree_units
from finops.demo.contracts import PROMISES
from finops.demo.contracts import since
from finops.unit_economics.targets import targets
from tests.unit_economics.conftest import sold

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["sold"]


def test_they_are_of_what_the_company_counts_and_of_its_people() -> None:
    company = load_company()
    counted = {(one["product"], one["unit"]) for one in company.business["metrics"]}
    people = {one["name"] for one in company.organization["people"]} | {""}
    assert {(one.product, one.unit) for one in PROMISES} <= counted
    assert {name for one in PROMISES for name in (one.proposes, one.agrees)} <= people


def test_they_began_half_a_year_ago_or_with_the_first_month() -> None:
    months = [f"2026-{number:02}" for number in range(1, 11)]
    assert since(months) == "2026-04"
    assert since(months[-2:]) == "2026-09"


def test_one_waits_for_somebody_to_agree(sold: Path) -> None:
    workspace = open_workspace(sold)
    agree_units(workspace, at=datetime(2026, 11, 2, tzinfo=UTC))
    found = targets(workspace)
    workspace.close()
    assert [one.agreed for one in found] == [True, False, True]
    assert {one.month for one in found} == {"2026-08"}
