from __future__ import annotations

from typing import TYPE_CHECKING

from finops.core.mapping import RuleSet
from finops.dataset.matches import Meeting
from finops.dataset.matches import meetings

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

RULES = RuleSet.from_mapping(
    {
        "rules": [
            {"id": "one", "when": {"tag:team": "search"}, "then": {"x_Team": "a"}},
            {"id": "two", "when": {"service": {"regex": "^vm"}}, "then": {"x_Team": "b"}},
            {"id": "three", "when": {"resource": "r-7"}, "then": {"x_Product": "c"}},
        ]
    }
)


def test_rules_that_meet_on_a_charge_are_told_in_their_order(three_teams: Workspace) -> None:
    snapshot = three_teams.snapshot()
    assert snapshot
    organization = three_teams.organization()
    assert meetings(snapshot.charges, three_teams.root, organization, RULES) == {
        Meeting("x_Team", ("one", "two")),
        Meeting("x_Product", ("three",)),
    }
