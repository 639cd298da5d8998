from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.roles import Role
from finops.core.period import BillingPeriod
from finops.errors import Conflict
from finops.errors import NotAllowed
from finops.savings.credit import balances
from finops.savings.credit import by_team
from finops.savings.credit import credits_of
from finops.savings.ledger import find
from finops.savings.saving import Kind
from finops.savings.saving import Share
from finops.savings.saving import State
from finops.savings.verification import verifications_of
from tests.savings import room

if TYPE_CHECKING:
    from finops.access.workspace import Workspace
    from finops.savings.verification import Verification


def last(shop: Workspace) -> Verification:
    return verifications_of(shop)[-1]


def test_a_deletion_is_credited_on_the_closed_month(shop: Workspace) -> None:
    key = room.done(shop, room.agreed(shop, "ResourceId=gone", Kind.ELIMINATE))
    found = room.signed(shop, key)
    assert (found.state, found.verdict, found.credited) == ("verified", "saved", Decimal("310.00"))
    (team,) = by_team(credits_of(shop), booked="2026-11").items()
    assert team == ("search", (Decimal("310.00"), Decimal("0.00")))
    assert balances(credits_of(shop))


def test_sav_1_the_baseline_is_told_at_the_months_volume_and_days(shop: Workspace) -> None:
    """Naive 1560; adjusted 10540; verified 3100 = reduction 1860 + avoidance 1240."""
    key = room.agreed(shop, "ServiceName=Web", team="web", driver="web requests", expected="3000")
    room.done(shop, key, team="web")
    assert room.signed(shop, key).credited == Decimal("3100.00")
    told = last(shop).measured
    assert (told.adjusted, told.actual) == (Decimal("10540.00"), Decimal("7440.00"))
    assert (told.reduction, told.avoidance) == (Decimal("1860.00"), Decimal("1240.00"))
    assert told.per_day * 365 == Decimal(36500)
    assert told.low <= told.gap <= told.high


def test_sav_3_what_came_back_after_twenty_days_is_withdrawn_from_then_on(shop: Workspace) -> None:
    """Projected 3100, verified 2000 after 20 days: -1100 is taken back."""
    key = room.done(shop, room.agreed(shop, "ResourceId=back", expected="3000"))
    found = room.signed(shop, key)
    assert (found.state, found.verdict) == ("withdrawn", "came back")
    told = last(shop)
    assert (told.projected, told.credited) == (Decimal("3100.00"), Decimal("2000.00"))
    assert told.correction == Decimal("-1100.00")
    ended = find(shop, key, today=room.TODAY)
    assert (ended.state, str(ended.ended_on)) == (State.WITHDRAWN, "2026-10-21")


def test_what_was_replaced_under_another_name_is_inconclusive(shop: Workspace) -> None:
    key = room.done(shop, room.agreed(shop, "ResourceId=moved", Kind.ELIMINATE))
    found = room.signed(shop, key)
    assert (found.credited, found.verdict) == (Decimal(0), "replaced under another name")
    assert last(shop).measured.replaced_by == "moved-2"
    assert found.state == "implemented"
    found = room.signed(shop, key, why="moved-2 serves the new shop")
    assert found.credited == Decimal("372.00")


def test_a_providers_price_cut_credits_nobody(shop: Workspace) -> None:
    key = room.done(shop, room.agreed(shop, "ResourceId=cut"))
    assert room.signed(shop, key).credited == 0
    assert last(shop).measured.price == Decimal("-248.00")


def test_what_was_saved_besides_a_price_cut_is_told_at_the_price_before(shop: Workspace) -> None:
    key = room.done(shop, room.agreed(shop, "ResourceId=smaller"))
    assert room.signed(shop, key).credited == Decimal("620.00")
    assert last(shop).measured.price == Decimal("-124.00")


def test_a_price_cut_in_the_middle_of_a_month_credits_nobody(shop: Workspace) -> None:
    """15 days of 40 at 0.80: 120 less, all of it the provider's."""
    key = room.done(shop, room.agreed(shop, "ResourceId=later"))
    assert room.signed(shop, key).credited == 0
    assert last(shop).measured.price == Decimal("-120.00")


def test_what_is_saved_from_the_day_of_a_price_cut_on_is_told_at_the_price_before(
    shop: Workspace,
) -> None:
    """From the 17th on 20 instead of 40 a day, at 1.00: 300 of 1240; the price does 60 more."""
    key = room.done(shop, room.agreed(shop, "ResourceId=later-smaller"))
    assert room.signed(shop, key).credited == Decimal("300.00")
    assert last(shop).measured.price == Decimal("-60.00")


def test_days_like_the_days_before_are_noise(shop: Workspace) -> None:
    key = room.agreed(shop, "x_Team=data", team="data", split=(Share(team="data"),))
    room.done(shop, key, team="data")
    found = room.signed(shop, key)
    assert (found.credited, found.verdict) == (Decimal(0), "not distinguishable from noise")
    assert credits_of(shop) == ()


def test_what_a_commitment_keeps_on_the_bill_is_not_saved(shop: Workspace) -> None:
    key = room.done(shop, room.agreed(shop, "ResourceId=covered"))
    assert room.signed(shop, key).credited == 0
    assert last(shop).measured.kept == Decimal("372.00")


def test_a_commitment_saves_what_it_covers_less_what_it_costs(shop: Workspace) -> None:
    key = room.agreed(shop, "CommitmentDiscountId=cd-2", Kind.COMMIT)
    room.done(shop, key)
    assert room.signed(shop, key).credited == Decimal("248.00")


def test_a_double_claim_is_credited_once(shop: Workspace) -> None:
    first = room.done(shop, room.agreed(shop, "ResourceId=gone", Kind.ELIMINATE))
    other = room.agreed(shop, "ResourceId=gone", Kind.MODERNIZE, team="data", by="kenji")
    room.done(shop, other, team="data", by="kenji")
    found = room.signed(shop, other)
    assert (found.credited, found.verdict) == (Decimal(0), "counted already for another saving")
    assert room.signed(shop, first).credited == Decimal("310.00")
    assert sum(one.net for one in credits_of(shop) if one.account == "team") == Decimal("310.00")


def test_nothing_is_verified_in_a_month_that_is_open(shop: Workspace) -> None:
    key = room.done(shop, room.agreed(shop, "ResourceId=gone", Kind.ELIMINATE))
    room.shut(shop, room.OCTOBER, event="reopened")
    with pytest.raises(Conflict, match="2026-10 is not closed"):
        room.signed(shop, key)
    with pytest.raises(Conflict, match="has no day in 2026-09"):
        room.signed(shop, key, room.SEPTEMBER)
    with pytest.raises(Conflict, match="not closed"):
        room.signed(shop, key, BillingPeriod(2026, 11))
    assert credits_of(shop) == ()


@pytest.mark.parametrize(
    ("who", "roles"),
    [
        ("ines", (Role.FINANCE,)),
        ("Ines Moreau", (Role.FINOPS,)),
        ("ines@shop.example", tuple(Role)),
        ("fay", (Role.ADMIN,)),
        ("fay", (Role.ENGINEER,)),
        ("omar", (Role.FINOPS,)),
        ("kenji", (Role.FINANCE,)),
    ],
)
def test_the_claimant_and_the_credited_cannot_verify(
    shop: Workspace, who: str, roles: tuple[Role, ...]
) -> None:
    half = (Share(team="search", part=Decimal("0.5")), Share(team="data", part=Decimal("0.5")))
    key = room.done(shop, room.agreed(shop, "ResourceId=gone", Kind.ELIMINATE, split=half))
    from finops.savings.verify import keep  # noqa: PLC0415
    from finops.savings.verify import signing_of  # noqa: PLC0415
    from finops.savings.verify import verify  # noqa: PLC0415

    call = room.call(who, *roles)
    with pytest.raises(NotAllowed):
        verify(shop, key, room.OCTOBER, today=room.TODAY, call=call)
    saving = find(shop, key, today=room.TODAY)
    signing = signing_of(shop, saving, room.OCTOBER, today=room.TODAY)
    with pytest.raises(NotAllowed):
        keep(shop.store, **call, signing=signing)
    assert credits_of(shop) == ()


def test_credit_is_split_as_agreed_to_the_cent(shop: Workspace) -> None:
    parts = (
        Share(team="search", part=Decimal("0.6667")),
        Share(team="web", part=Decimal("0.3333")),
    )
    key = room.done(shop, room.agreed(shop, "ResourceId=gone", Kind.ELIMINATE, split=parts))
    room.signed(shop, key)
    assert {name: one.credited for name, one in by_team(credits_of(shop)).items()} == {
        "search": Decimal("206.68"),
        "web": Decimal("103.32"),
    }


def test_a_second_signature_books_nothing_more(shop: Workspace) -> None:
    key = room.done(shop, room.agreed(shop, "ResourceId=gone", Kind.ELIMINATE))
    room.signed(shop, key)
    lines = credits_of(shop)
    again = room.signed(shop, key)
    assert (again.credited, again.booked) == (Decimal("310.00"), Decimal(0))
    assert credits_of(shop) == lines
