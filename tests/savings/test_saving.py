from __future__ import annotations

from datetime import date
from decimal import Decimal

from finops.savings.saving import Kind
from finops.savings.saving import NEXT
from finops.savings.saving import Saving
from finops.savings.saving import Share
from finops.savings.saving import State

SAID = Saving(
    title="t", kind=Kind.SCHEDULE, scope="x_Team=a", team="a", claimed_on=date(2026, 1, 1)
)


def test_what_nobody_agrees_to_has_expired_after_ninety_days() -> None:
    assert SAID.on(date(2026, 4, 1)).state is State.IDENTIFIED
    assert SAID.on(date(2026, 4, 2)).state is State.EXPIRED
    agreed = SAID.model_copy(update={"state": State.AGREED})
    assert agreed.on(date(2027, 1, 1)).state is State.AGREED


def test_kinds_stack_from_what_is_eliminated_to_what_is_committed() -> None:
    assert [one.rank for one in Kind] == [0, 1, 2, 3, 4]
    later = SAID.model_copy(update={"kind": Kind.COMMIT, "agreed_on": date(2026, 1, 1)})
    assert SAID.order < later.order


def test_nothing_follows_an_end_and_realized_is_never_written() -> None:
    assert not {State.REJECTED, State.EXPIRED, State.WITHDRAWN} & set(NEXT)
    assert State.REALIZED not in {one for those in NEXT.values() for one in those}


def test_it_reads_as_it_was_written() -> None:
    split = (Share(team="a", part=Decimal("0.4"), person="ann"), Share(team="b"), Share(team="a"))
    one = SAID.model_copy(update={"split": split})
    assert Saving.model_validate(one.words()) == one
    assert one.teams == ("a", "b")
