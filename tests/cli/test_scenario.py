"""`finops scenario` on the shop that can be added up by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Finops


def test_a_scenario_is_saved_shown_and_listed(selling: Finops) -> None:
    assert "no scenarios yet" in selling("scenario", "list").out
    saved = selling("scenario", "save", "Peak", "--product", "shop", "--demand", "0.2", "--json")
    grown = Decimal(saved.document["scenario_cost"]) - Decimal(saved.document["actual_cost"])
    assert grown == Decimal(saved.document["actual_units"]) / 50
    shown = selling("scenario", "show", "Peak", "--json").document
    assert (shown["levers"]["demand"], shown["stale"]) == ("0.2", False)
    assert shown["assumptions"]
    assert Decimal(shown["step_demand"]) == grown
    (listed,) = selling("scenario", "list", "--json").document["scenarios"]
    assert listed["name"] == "Peak"
    assert "Peak" in selling("scenario", "list").out


@pytest.mark.parametrize("wrong", [("--demand", "much"), ("--service", "Luck")])
def test_a_lever_that_is_none_is_refused(selling: Finops, wrong: tuple[str, str]) -> None:
    words = ("scenario", "save", "Bad", "--product", "shop", "--efficiency", "0.1", *wrong)
    assert selling(*words).code == 2
    assert selling("scenario", "show", "Bad").code == 2


def test_a_scenario_of_an_older_month_is_stale(selling: Finops) -> None:
    selling("scenario", "save", "Old", "--product", "shop", "--period", "2026-09")
    assert selling("scenario", "show", "Old", "--json").document["stale"] is True


def test_scenarios_stand_side_by_side_and_one_goes_before_the_meeting(selling: Finops) -> None:
    selling("scenario", "save", "Peak", "--product", "shop", "--demand", "0.2")
    selling("scenario", "save", "Old", "--product", "shop", "--period", "2026-09")
    told = selling("scenario", "compare", "Peak", "Old", "--json").document["scenarios"]
    assert [(one["name"], one["stale"]) for one in told] == [("Peak", False), ("Old", True)]
    assert all(one["assumes_alone"] for one in told)
    assert "Peak" in selling("scenario", "compare", "Peak", "Old").out
    assert selling("scenario", "compare", "Peak", "Nobody").code == 2
    assert "no meeting yet" in selling("scenario", "raise", "Peak").err
    assert selling("review", "new", "--day", "2026-11-20").code == 0
    done = selling("scenario", "raise", "Peak", "--comment", "Shall we?", "--json").document
    assert (done["scenario"], done["stale"]) == ("Peak", False)
    items = selling("review", "agenda", "--json").document["items"]
    (item,) = (one for one in items if one["source"] == "raised")
    assert item["title"].startswith("Scenario Peak: +")
    assert "Shall we? Levers: demand 20%." in item["detail"]
    assert "Assumed: Cost model fitted to days" in item["detail"]
    assert "Snapshot " in item["detail"]
