from __future__ import annotations

from typing import Any

import pytest

from finops.core.organization import Organization
from finops.errors import InputError

MARKET: dict[str, Any] = {
    "teams": [
        {"id": "ml", "name": "ML", "cost_center": "CC-1", "valid_to": "2026-06"},
        {"id": "ml", "name": "ML", "cost_center": "CC-2", "valid_from": "2026-07"},
    ],
    "legal_entities": [{"id": "eu", "name": "Market Europe"}],
    "cost_centers": [
        {"id": "CC-1", "name": "One", "legal_entity": "eu"},
        {"id": "CC-2", "name": "Two", "parent": "CC-1", "valid_from": "2026-07"},
    ],
    "general_ledger_accounts": [
        {"id": "6000", "name": "Old", "charge_categories": ["Usage"], "valid_to": "2026-06"},
        {"id": "6100", "name": "New", "charge_categories": ["Usage"], "valid_from": "2026-07"},
    ],
    "dimensions": {
        "x_Team": [
            {"sub_accounts": {"1": "ml"}, "valid_to": "2026-06"},
            {"sub_accounts": {"2": "ml"}, "valid_from": "2026-07"},
        ],
        "x_CostCenter": {"from": {"dimension": "x_Team"}},
    },
}


def values(month: str, dimension: str) -> dict[str, str]:
    (found,) = [
        d for d in Organization.from_mapping(MARKET).at(month).dimensions if d.name == dimension
    ]
    return dict(found.origin.values if found.origin else found.sub_accounts)


def test_each_month_has_what_held_in_it() -> None:
    assert values("2026-06", "x_CostCenter") == {"ml": "CC-1"}
    assert values("2026-07", "x_CostCenter") == {"ml": "CC-2"}
    assert values("2026-06", "x_Team") == {"1": "ml"}
    assert values("2026-07", "x_Team") == {"2": "ml"}
    assert values("2026-06", "x_GeneralLedgerAccount") == {"Usage": "6000"}
    assert values("2026-07", "x_GeneralLedgerAccount") == {"Usage": "6100"}


def test_legal_entities_are_told_from_cost_centers() -> None:
    assert "x_LegalEntity" in Organization.from_mapping(MARKET).own_dimensions
    assert values("2026-07", "x_LegalEntity") == {"CC-1": "eu"}


def test_what_is_dated_is_read_back_as_it_was_written() -> None:
    found = Organization.from_mapping(MARKET)
    assert Organization.from_mapping(found.to_mapping()) == found
    assert found.own_dimensions.count("x_Team") == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"teams": [{"id": "a", "name": "A"}, {"id": "a", "name": "A", "valid_from": "2026-07"}]},
         r"teams\[1\]\.id: 'a' stands here a second time"),
        ({"dimensions": {"x_Team": [{}, {"valid_from": "2026-07"}]}}, "two versions of it hold"),
        ({"dimensions": {"x_RuleTeam": {}}}, "x_RuleTeam"),
        ({"cost_centers": [
            {"id": "CC-1", "name": "One", "parent": "CC-2", "valid_from": "2026-07"},
            {"id": "CC-2", "name": "Two", "parent": "CC-1"}]}, "run in a circle"),
        ({"general_ledger_accounts": [
            {"id": "1", "name": "A", "charge_categories": ["Usage"]},
            {"id": "2", "name": "B", "charge_categories": ["Usage"], "valid_from": "2026-07"}]},
         "is booked on an earlier account"),
    ],
)  # fmt: skip
def test_what_cannot_hold_together_is_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        Organization.from_mapping({"dimensions": {}} | change)
