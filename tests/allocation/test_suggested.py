from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.allocation.suggested import for_accounts
from finops.allocation.suggested import suggest
from finops.core.mapping import rule_body
from finops.ingestion import ingest
from tests.allocation.conftest import AT
from tests.allocation.conftest import month
from tests.faults import bill

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace


@pytest.mark.parametrize(
    ("charge", "when", "why"),
    [
        ({"Tags": '{"team": "serch"}'}, {"tag:team": "serch"}, "nearly 'search'"),
        ({"Tags": '{"teams": "Search"}'}, {"tag:teams": "search"}, "is nearly 'team'"),
        (
            {"ResourceName": "search.index-1"},
            {"sub_account": "q", "resource_name": {"prefix": "search."}},
            "named search.…",
        ),
    ],
)
def test_a_near_miss_is_told_from_the_charge(
    market: Workspace, tmp_path: Path, charge: dict[str, str], when: dict[str, object], why: str
) -> None:
    where = {"SubAccountId": "q", "SubAccountName": "q", "BillingAccountId": "2"}
    line = bill.costing("9", **month(7), **where, **charge)
    ingest.run(market, [str(bill.write(tmp_path / "q.csv", [line]))], actor=local_actor(), at=AT)
    found = suggest(market.dataset(), "2026-07")["q", "VM"]
    assert rule_body(found.rule)["when"] == when
    assert found.rule.then == (("x_Team", "search"),)
    assert why in found.why


def test_an_account_of_one_team_is_offered_to_it(market: Workspace) -> None:
    found = for_accounts(market.dataset(), "2026-07")
    assert found["a"].why == "search has 100 % of what is owned in this account"
    assert found["a"].rule.then == (("x_Team", "search"),)
    # Two teams share the second account, 40 to 30: it is offered to none.
    assert "b" not in found
