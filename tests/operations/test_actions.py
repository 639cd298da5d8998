"""Actions: what each day costs that they are late."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.errors import UsageError
from finops.operations import actions
from finops.operations.actions import Action
from finops.operations.actions import Progress
from finops.operations.decisions import decide
from finops.operations.entries import log_of
from tests.operations.room import action
from tests.operations.room import by
from tests.operations.room import decision

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

TODAY = date(2026, 6, 24)


def test_delay_costs_the_expected_amount_of_a_day_for_each_day(opened: Workspace) -> None:
    decided = decide(opened.store, **by(), entry=decision(expected=Decimal(-365)))
    actions.act(opened.store, **by(), entry=action(decision=decided.key))
    log = log_of(opened)
    found = log.of(Action)[0]
    assert actions.days_late(found, TODAY) == 10
    assert round(actions.per_day(log, found), 9) == 12
    assert round(actions.cost_of_delay(log, found, TODAY), 9) == 120


def test_what_is_done_or_not_due_costs_nothing(opened: Workspace) -> None:
    log = log_of(opened)
    done = action(progress=Progress.DONE, expected=Decimal(-365))
    early = action(due=TODAY, expected=Decimal(-365))
    invests = action(expected=Decimal(365))
    assert {actions.cost_of_delay(log, one, TODAY) for one in (done, early, invests)} == {0}


def test_an_action_has_one_owner(opened: Workspace) -> None:
    with pytest.raises(UsageError, match="one owner"):
        actions.act(opened.store, **by(), entry=action(owner=" "))
