from __future__ import annotations

from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import Actor
from finops.access.actor import local_actor
from finops.access.roles import Role
from finops.allocation.preview import preview
from finops.core.mapping import RuleSet
from finops.core.scope import Scope
from finops.core.scope import Viewer
from finops.errors import NotAllowed
from finops.measures import ask
from finops.measures import Query
from tests.allocation.conftest import publish

if TYPE_CHECKING:
    from finops.access.workspace import Workspace
    from finops.allocation.preview import Preview

RULES: list[dict[str, Any]] = [
    {"id": "names", "when": {"resource_name": {"prefix": "web-"}}, "then": {"x_Team": "web"}},
    {
        "id": "account-a",
        "when": {"sub_account": "a"},
        "then": {"x_Team": "data"},
        "valid_from": "2026-07",
    },
]


def previewed(workspace: Workspace, rules: list[dict[str, Any]]) -> Preview:
    told = RuleSet.from_mapping({"rules": rules})
    return preview(workspace, workspace.dataset(), told, actor=local_actor())


def by_team(workspace: Workspace) -> dict[tuple[str, str], Decimal]:
    query = Query(measures=("EffectiveCost",), by=("x_BillingMonth", "x_Team"))
    return {(str(m), str(t)): Decimal(str(c)) for m, t, c in ask(workspace.dataset(), query).rows}


def test_a_preview_says_to_the_cent_what_publishing_then_moves(market: Workspace) -> None:
    before = by_team(market)
    found = previewed(market, RULES)
    teams = [
        (one.month, one.source, one.target, one.effective, one.charges)
        for one in found.moves
        if one.dimension == "x_Team"
    ]
    assert teams == [
        ("2026-06", "UNALLOCATED", "web", Decimal(12), 1),
        ("2026-07", "UNALLOCATED", "data", Decimal(7), 1),
        ("2026-07", "UNALLOCATED", "web", Decimal(12), 1),
        ("2026-07", "search", "data", Decimal(100), 1),
    ]
    assert found.zero == 0
    assert {net.value: net.effective for net in found.nets if net.dimension == "x_CostCenter"} == {
        "CC-1": Decimal(7),
        "CC-2": Decimal(12),
        "UNALLOCATED": Decimal(-19),
    }
    assert [change.words for change in found.changes] == ["names added", "account-a added"]
    publish(market, {"rules": RULES})
    after = by_team(market)
    nets = {(n.month, n.value): n.effective for n in found.nets if n.dimension == "x_Team"}
    keys = before.keys() | after.keys()
    assert {k: after.get(k, 0) - before.get(k, 0) for k in keys if k in nets} == nets
    assert all(before.get(k, 0) == after.get(k, 0) for k in keys - nets.keys())
    # What has been published moves nothing any more; taking it back moves it all back.
    assert previewed(market, RULES).moves == ()
    back = previewed(market, [])
    assert {(n.month, n.dimension, n.value): -n.effective for n in back.nets} == {
        (n.month, n.dimension, n.value): n.effective for n in found.nets
    }


def test_a_preview_writes_nothing(market: Workspace) -> None:
    before = {path: path.stat().st_mtime_ns for path in market.root.rglob("*.parquet")}
    previewed(market, RULES)
    after = {path: path.stat().st_mtime_ns for path in market.root.rglob("*.parquet")}
    assert before == after


def test_only_who_may_write_rules_and_sees_all_cost_gets_a_preview(market: Workspace) -> None:
    rules = RuleSet.from_mapping({"rules": RULES})
    with pytest.raises(NotAllowed):
        preview(market, market.dataset(), rules, actor=Actor("eve", frozenset({Role.VIEWER})))
    viewer = Viewer("ann", (("x_Team", frozenset({"search"})),))
    narrowed = market.dataset().within(Scope(viewer=viewer))
    with pytest.raises(NotAllowed, match="sees all cost"):
        preview(market, narrowed, rules, actor=local_actor())
