from __future__ import annotations

import copy
from typing import Any
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import Actor
from finops.access.roles import Role
from finops.allocation.published import newest_version
from finops.allocation.published import publish_rules
from finops.allocation.published import versions
from finops.core.mapping import EMPTY
from finops.core.period import BillingPeriod
from finops.errors import Conflict
from finops.errors import InputError
from finops.errors import NotAllowed
from finops.errors import UsageError
from finops.measures import ask
from finops.measures import Query
from tests.allocation.conftest import AT
from tests.allocation.conftest import MARKET
from tests.allocation.conftest import organize
from tests.allocation.conftest import publish

if TYPE_CHECKING:
    from collections.abc import Callable

    from finops.access.workspace import Workspace

    Files = Callable[[str], dict[str, bytes]]

BY_NAME = {"id": "names", "when": {"resource_name": {"prefix": "web-"}}, "then": {"x_Team": "web"}}
BY_ACCOUNT = {"id": "account-a", "when": {"sub_account": "a"}, "then": {"x_Team": "search"}}


def told(workspace: Workspace, dimension: str, month: str) -> dict[str, int]:
    """What a month cost by a dimension."""
    query = Query(measures=("BilledCost",), by=(dimension,), period=BillingPeriod.parse(month))
    rows = ask(workspace.dataset(), query).rows
    return {str(name): int(str(cost)) for name, cost in rows}


def test_rules_give_owners_to_what_had_none_and_each_amount_names_its_rule(
    market: Workspace,
) -> None:
    before = told(market, "x_Team", "2026-06")
    assert before == {"search": 100, "data": 40, "web": 30, "UNALLOCATED": 24}
    done = publish(market, {"rules": [BY_NAME, BY_ACCOUNT]})
    assert (done.version, done.status) == (1, "published")
    # The rules come first: data's 40 stay, search's own account takes its untagged rest.
    assert told(market, "x_Team", "2026-06") == {
        "search": 107,
        "data": 40,
        "web": 42,
        "UNALLOCATED": 5,
    }
    assert told(market, "x_CostCenter", "2026-06") == {"CC-1": 147, "CC-2": 42, "UNALLOCATED": 5}
    assert told(market, "x_RuleTeam", "2026-06") == {"names": 12, "account-a": 107, "None": 75}


def test_resource_rules_hold_for_single_charges_too(market: Workspace) -> None:
    publish(market, {"rules": [BY_NAME]})
    query = Query(measures=("Resources",), by=("x_Team", "ResourceName"))
    rows = {row[:2]: row[2] for row in ask(market.dataset(), query).rows}
    assert rows["web", "web-front-1"] == 1
    assert rows["UNALLOCATED", None] == 1


def test_a_rule_effective_in_july_leaves_june_s_files_as_they_were(
    market: Workspace, files: Files
) -> None:
    june, july = files("2026-06"), files("2026-07")
    publish(market, {"rules": [BY_ACCOUNT | {"valid_from": "2026-07"}]})
    assert files("2026-06") == june
    assert files("2026-07").keys().isdisjoint(july)
    assert told(market, "x_Team", "2026-06")["UNALLOCATED"] == 24
    assert told(market, "x_Team", "2026-07")["UNALLOCATED"] == 5


def test_a_reorganization_in_july_leaves_june_s_files_as_they_were(
    market: Workspace, files: Files
) -> None:
    june = files("2026-06")
    moved: dict[str, Any] = copy.deepcopy(MARKET)
    moved["teams"][1] |= {"valid_to": "2026-06"}
    moved["teams"].append(
        {"id": "data", "name": "Data", "cost_center": "CC-2", "valid_from": "2026-07"}
    )
    organize(market, moved)
    assert files("2026-06") == june
    assert told(market, "x_CostCenter", "2026-06") == {"CC-1": 140, "CC-2": 30, "UNALLOCATED": 24}
    assert told(market, "x_CostCenter", "2026-07") == {"CC-1": 100, "CC-2": 70, "UNALLOCATED": 24}


def test_an_older_snapshot_keeps_the_rules_that_it_was_told_by(market: Workspace) -> None:
    before = market.snapshot()
    assert before
    publish(market, {"rules": [BY_ACCOUNT]})
    query = Query(measures=("BilledCost",), by=("x_Team",))
    then = ask(market.dataset(as_of=before.id), query)
    assert ("UNALLOCATED", 48) in then.rows
    assert market.dataset(as_of=before.id).rules == EMPTY


def test_the_same_rules_again_are_no_new_version(market: Workspace) -> None:
    publish(market, {"rules": [BY_ACCOUNT]})
    snapshot = market.snapshot()
    assert publish(market, {"rules": [BY_ACCOUNT]}).status == "unchanged"
    assert len(versions(market)) == 1
    assert market.snapshot() == snapshot


def test_who_comes_second_is_told_what_the_first_has_changed(market: Workspace) -> None:
    publish(market, {"rules": [BY_ACCOUNT]})
    publish(market, {"rules": [BY_ACCOUNT | {"then": {"x_Team": "data"}}]}, base=1)
    with pytest.raises(Conflict) as error:
        publish(market, {"rules": [BY_ACCOUNT | {"then": {"x_Team": "web"}}]}, base=1)
    assert "ana has published version 2 since you read version 1" in str(error.value)
    assert 'account-a changed from {"id"' in str(error.value)
    assert '"data"' in str(error.value)
    assert newest_version(market).rules.rules[0].then == (("x_Team", "data"),)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"then": {"x_Team": "nobody"}}, "'nobody' is not declared in teams"),
        ({"then": {"x_Flavor": "sweet"}}, "no dimension 'x_Flavor'"),
        ({"then": {"x_GeneralLedgerAccount": "1"}}, "no dimension"),
    ],
)
def test_rules_decide_only_what_the_organization_has(
    market: Workspace, rule: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError, match=r"rules\[0\]\.then") as error:
        publish(market, {"rules": [BY_ACCOUNT | rule]})
    assert said in str(error.value)
    assert versions(market) == ()


def test_an_organization_may_not_lose_what_rules_decide(market: Workspace) -> None:
    publish(market, {"rules": [BY_NAME]})
    body = MARKET | {"teams": MARKET["teams"][:2]}
    with pytest.raises(InputError, match="'web' is not declared in teams"):
        organize(market, body)


def test_a_reason_and_the_right_are_needed(market: Workspace) -> None:
    with pytest.raises(UsageError, match="reason"):
        publish(market, {"rules": [BY_NAME]}, reason=" ")
    with pytest.raises(NotAllowed):
        publish_rules(
            market.store,
            actor=Actor("eve", frozenset({Role.VIEWER})),
            at=AT,
            origin="page",
            root=market.root,
            rules=EMPTY,
            base=0,
            reason="r",
        )
