from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.errors import Conflict
from finops.errors import UsageError
from finops.savings.ledger import find
from finops.savings.ledger import follow
from finops.savings.ledger import savings_of
from finops.savings.saving import State
from tests.savings import room

if TYPE_CHECKING:
    from finops.access.workspace import Workspace


def test_savings_stand_in_the_order_in_which_they_were_proposed(shop: Workspace) -> None:
    keys = [room.agreed(shop, f"ResourceId={name}") for name in ("gone", "moved", "back")]
    assert [one.key for one in savings_of(shop, today=room.TODAY)] == keys


def test_a_step_is_of_the_team_and_may_follow(shop: Workspace) -> None:
    key = room.agreed(shop, "ResourceId=gone")
    with shop.store.reading() as session:
        today = room.TODAY
        assert follow(session, key, State.IMPLEMENTED, team="search", today=today).key == key
        with pytest.raises(Conflict, match="is of search, not of data"):
            follow(session, key, State.IMPLEMENTED, team="data", today=today)
        with pytest.raises(Conflict, match="cannot become verified"):
            follow(session, key, State.VERIFIED, team="search", today=today)


def test_there_is_no_saving_of_another_name(shop: Workspace) -> None:
    with pytest.raises(UsageError, match="no saving 'S999'"):
        find(shop, "S999", today=room.TODAY)
