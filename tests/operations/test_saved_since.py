from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.operations import agenda
from finops.operations import preparing
from finops.operations.entries import log_of
from finops.operations.saved_since import SAVED
from finops.operations.saved_since import to_verify
from finops.operations.saved_since import verified
from finops.savings.saving import Kind
from finops.savings.saving import Share
from tests.savings import room
from tests.savings.conftest import billed
from tests.savings.conftest import shop

if TYPE_CHECKING:
    from finops.access.workspace import Workspace
    from finops.operations.material import Material

__all__ = ["billed", "shop"]


def planned(shop: Workspace, day: date = date(2026, 11, 20)) -> Material:
    call = room.call("fay")
    meeting = preparing.plan(shop, day=day, today=room.TODAY, call=call, month="2026-10")
    return preparing.material(shop, meeting, today=room.TODAY)


def test_what_was_verified_since_last_time_opens_the_meeting_by_name(shop: Workspace) -> None:
    half = (
        Share(team="search", person="Ines Moreau", part=Decimal("0.5")),
        Share(team="web", part=Decimal("0.5")),
    )
    gone = room.agreed(shop, "ResourceId=gone", Kind.ELIMINATE, split=half)
    room.signed(shop, room.done(shop, gone))
    room.done(shop, room.agreed(shop, "ResourceId=smaller", expected="600"))
    material = planned(shop)
    (item,) = verified(material)
    assert (item.source, item.amount, item.first) == (SAVED, Decimal("-310.00"), True)
    assert item.title == "Saved since last time: search, web"
    assert item.detail == "Less ResourceId=gone: 310 of 2026-10, by Ines Moreau, web"
    log = log_of(shop)
    told = agenda.agenda(log, material.meeting, series=material.series, today=room.TODAY)
    assert told.items[0].source == SAVED
    later = planned(shop, date(2026, 12, 20))
    assert list(verified(later)) == []


def test_what_is_signed_when_the_pack_is_frozen_already_opens_the_next_meeting_and_no_other(
    shop: Workspace,
) -> None:
    gone = room.done(shop, room.agreed(shop, "ResourceId=gone", Kind.ELIMINATE))
    assert list(verified(planned(shop, room.TODAY))) == []
    room.signed(shop, gone)
    (item,) = verified(planned(shop, date(2026, 12, 18)))
    assert item.amount == Decimal("-310.00")
    assert list(verified(planned(shop, date(2027, 1, 18)))) == []


def test_a_closed_month_that_nobody_signed_is_on_the_agenda(shop: Workspace) -> None:
    key = room.done(shop, room.agreed(shop, "ResourceId=smaller", expected="600"))
    material = planned(shop)
    if not (found := list(to_verify(material))):  # closings of a later revision than the snapshot
        books = material.books.__class__(**{**material.books.__dict__, "closings": _closed(shop)})
        material = material.__class__(**{**material.__dict__, "books": books})
        found = list(to_verify(material))
    (item,) = found
    assert item.title == "Less ResourceId=smaller: 2026-10 waits to be signed"
    assert (item.key, item.amount) == (key, Decimal(-620))


def _closed(shop: Workspace) -> object:
    from finops.records.closings import closings  # noqa: PLC0415

    with shop.store.reading() as session:
        return closings(session)
