"""Scenarios: saved once, found again with every digit, stale once a newer month is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import Actor
from finops.access.actor import local_actor
from finops.access.roles import Role
from finops.errors import NotAllowed
from finops.errors import UsageError
from finops.unit_economics.levers import Levers
from finops.unit_economics.levers import pull
from finops.unit_economics.scenarios import figures_of
from finops.unit_economics.scenarios import find
from finops.unit_economics.scenarios import levers_of
from finops.unit_economics.scenarios import save
from finops.unit_economics.scenarios import Saved
from finops.unit_economics.scenarios import Scenario
from finops.unit_economics.scenarios import scenarios
from tests.unit_economics.test_levers import BASE

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

AT = datetime(2026, 11, 2, tzinfo=UTC)
MOVED = Levers(demand=Decimal("0.2"), service="compute", efficiency=Decimal("0.05"))
PLAN = Scenario(
    name="Holiday peak",
    product="shop",
    unit="calls",
    month="2026-10",
    snapshot="3-abc",
    currency="USD",
    levers=MOVED,
    figures=figures_of(pull(BASE, Levers()), pull(BASE, MOVED)),
    assumptions=("Prices stay.",),
)


def keep(workspace: Workspace, scenario: Scenario, key: str | None = None) -> Saved:
    found: Saved = save(
        workspace.store, actor=local_actor("mei"), at=AT, origin="cli", key=key, scenario=scenario
    )
    return found


def test_a_scenario_is_found_as_it_was_saved(opened: Workspace) -> None:
    assert keep(opened, PLAN) == Saved("Holiday peak", "3-abc")
    found = find(opened, "Holiday peak")
    assert found == replace(PLAN, actor="mei", at=found.at, figures=found.figures)
    assert dict(found.figures) == dict(PLAN.figures)
    assert found.figure("actual_cost") == 120000
    assert found.figure("scenario_cost") == pull(BASE, MOVED).cost
    assert found.figure("luck") is None


def test_two_clicks_save_once_and_saved_again_it_takes_its_own_place(opened: Workspace) -> None:
    keep(opened, PLAN, key="one")
    keep(opened, PLAN, key="one")
    keep(opened, replace(PLAN, month="2026-11"))
    assert [one.month for one in scenarios(opened)] == ["2026-11"]


def test_a_newer_month_makes_it_stale() -> None:
    assert not PLAN.stale("2026-10")
    assert PLAN.stale("2026-11")


def test_what_has_no_name_is_not_saved_nor_by_whom_only_looks(opened: Workspace) -> None:
    with pytest.raises(UsageError, match="is no name for a scenario"):
        keep(opened, replace(PLAN, name="  "))
    viewer = Actor("eve", frozenset({Role.VIEWER}))
    with pytest.raises(NotAllowed):
        save(opened.store, actor=viewer, at=AT, origin="cli", scenario=PLAN)
    assert scenarios(opened) == ()


def test_an_unknown_name_offers_those_there_are(opened: Workspace) -> None:
    with pytest.raises(UsageError) as caught:
        find(opened, "x")
    assert "none yet" in caught.value.remedy


@pytest.mark.parametrize("told", [{"demand": "much"}, {"demand": "NaN"}, {"luck": "1"}])
def test_levers_that_are_none_are_refused(told: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        levers_of(told)
