"""Which months are closed follows from the steps that were recorded, and from nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.errors import Conflict
from finops.records.closings import closed_months
from finops.records.closings import closing_of
from finops.records.closings import closings
from finops.records.closings import Event
from finops.records.closings import is_closed
from finops.records.closings import refuse_closed
from finops.records.models import PeriodClose

if TYPE_CHECKING:
    from finops.records.store import Store

AT = "2026-06-03T09:00:00+00:00"


def step(store: Store, event: Event, *, provider: str = "", month: str = "2026-04") -> None:
    """Record a step as a command would, one revision after the last."""
    with store.writing() as session:
        last = max((one.revision for one in closings(session)), default=0)
        row = PeriodClose(
            revision=last + 1, provider=provider, month=month, event=event, seal="s", at=AT
        )
        session.add(row)


def closed(store: Store, revision: int | None = None) -> frozenset[tuple[str, str]]:
    with store.reading() as session:
        return closed_months(session, revision)


@pytest.mark.parametrize(
    ("events", "bound"),
    [
        ((), False),
        ((Event.REQUESTED,), False),
        ((Event.REQUESTED, Event.WITHDRAWN), False),
        ((Event.REQUESTED, Event.APPROVED), True),
        ((Event.REQUESTED, Event.APPROVED, Event.CLOSED), True),
        ((Event.APPROVED, Event.CLOSED, Event.REOPEN_REQUESTED), True),
        ((Event.CLOSED, Event.REOPEN_REQUESTED, Event.REOPENED), False),
    ],
)
def test_a_month_is_bound_from_its_approval_to_its_reopening(
    store: Store, events: tuple[Event, ...], *, bound: bool
) -> None:
    for event in events:
        step(store, event)
    assert closed(store) == ({("", "2026-04")} if bound else set())


def test_a_month_that_is_closed_for_the_company_is_closed_for_every_issuer(store: Store) -> None:
    step(store, Event.CLOSED)
    step(store, Event.CLOSED, provider="Cloud", month="2026-05")
    found = closed(store)
    assert is_closed(found, "Cloud", "2026-04")
    assert is_closed(found, "Other", "2026-04")
    assert is_closed(found, "Cloud", "2026-05")
    assert not is_closed(found, "Other", "2026-05")
    assert not is_closed(found, "Cloud", "2026-06")


def test_what_was_closed_later_was_not_closed_then(store: Store) -> None:
    step(store, Event.APPROVED)
    step(store, Event.REOPENED)
    assert closed(store, 1) == {("", "2026-04")}
    assert closed(store) == frozenset()


def test_the_step_that_holds_for_a_provider_is_its_own_or_the_company_s(store: Store) -> None:
    step(store, Event.CLOSED, provider="Cloud")
    with store.reading() as session:
        found = closings(session)
    assert closing_of(found, "2026-04") is None
    assert closing_of(found, "2026-04", "Other") is None
    own = closing_of(found, "2026-04", "Cloud")
    assert own is not None
    assert (own.provider, own.event, own.seal, own.bound) == ("Cloud", Event.CLOSED, "s", True)
    step(store, Event.APPROVED)
    with store.reading() as session:
        found = closings(session)
    whole = closing_of(found, "2026-04", "Cloud")
    assert whole is not None
    assert (whole.provider, whole.event) == ("", Event.APPROVED)


def test_a_closed_month_is_told_no_otherwise_by_whoever_it_is_closed_for(store: Store) -> None:
    step(store, Event.CLOSED, provider="Cloud")
    found = closed(store)
    with pytest.raises(Conflict, match="The rate: 2026-04 is closed") as told:
        refuse_closed(found, what="The rate", month="2026-04")
    assert "finops reopen 2026-04" in told.value.remedy
    with pytest.raises(Conflict, match="is closed"):
        refuse_closed(found, what="The invoice", month="2026-04", issuer="Cloud")
    refuse_closed(found, what="The invoice", month="2026-04", issuer="Other")
    refuse_closed(found, what="The rate", month="2026-05")
