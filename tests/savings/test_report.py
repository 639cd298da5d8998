from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.access.roles import Role
from finops.core.period import BillingPeriod
from finops.savings.agree import agree
from finops.savings.agree import Terms
from finops.savings.fates import What
from finops.savings.ledger import find
from finops.savings.measure import measure
from finops.savings.report import report
from finops.savings.report import STAGES
from finops.savings.report import to_verify
from finops.savings.saving import Kind
from finops.savings.saving import State
from finops.savings.steps import Done
from finops.savings.steps import implement
from finops.savings.steps import Proposal
from finops.savings.steps import propose
from finops.savings.verification import verifications_of
from tests.savings import room

if TYPE_CHECKING:
    from finops.access.workspace import Workspace
    from finops.savings.measure import Ground
    from finops.savings.measured import Measured
    from finops.savings.saving import Saving


def test_every_saving_stands_where_it_is(shop: Workspace) -> None:
    gone = room.done(shop, room.agreed(shop, "ResourceId=gone", Kind.ELIMINATE))
    room.signed(shop, gone)
    room.done(shop, room.agreed(shop, "ResourceId=smaller", expected="600"))
    room.shut(shop, room.OCTOBER, event="reopened")
    back = room.done(shop, room.agreed(shop, "ResourceId=back"))
    found = report(shop, shop.dataset(), today=room.TODAY)
    verified, realized, regressing = found.savings
    assert (verified.state, verified.credited.credited) == (State.VERIFIED, Decimal("310.00"))
    assert verified.per_day.credited == 10
    assert realized.state is State.REALIZED
    assert realized.realized is not None
    assert realized.realized.verified == 620
    assert found.verified == (Decimal(310), Decimal(0))
    assert [one.saving.key for one in found.regressed] == [back]
    assert str(regressing.back) == "2026-10-21"
    assert [one.many for one in found.funnel] == [3, 3, 3, 3, 1]
    assert [one.state for one in found.funnel] == list(STAGES)
    assert found.funnel[-1].amount == 300
    (fate,) = found.fates
    assert (fate.what, fate.amount) == (What.UNDECIDED, Decimal(310))


def test_closed_months_that_nobody_signed_wait(shop: Workspace) -> None:
    key = room.done(shop, room.agreed(shop, "ResourceId=gone", Kind.ELIMINATE))
    (waiting,) = report(shop, shop.dataset(), today=room.TODAY).waiting
    assert (waiting.saving.key, waiting.waits) == (key, (room.OCTOBER,))
    room.signed(shop, key)
    assert report(shop, shop.dataset(), today=room.TODAY).waiting == ()


def test_months_before_the_cost_came_back_wait_and_none_of_what_was_given_up(
    shop: Workspace,
) -> None:
    months = (BillingPeriod(2026, 8), room.SEPTEMBER, room.OCTOBER, BillingPeriod(2026, 11))
    key = room.done(shop, room.agreed(shop, "ResourceId=back"))
    earlier = {"implemented_on": date(2026, 8, 20)}
    given_up = {**earlier, "state": State.WITHDRAWN}
    saving = find(shop, key, today=room.TODAY)
    assert to_verify(saving.model_copy(update=given_up), (), months) == ()
    room.signed(shop, key)
    saving = find(shop, key, today=room.TODAY).model_copy(update=earlier)
    assert saving.state is State.WITHDRAWN
    assert to_verify(saving, verifications_of(shop), months) == months[:2]


def test_no_closed_month_is_among_the_open_days_that_a_saving_is_shown_on(shop: Workspace) -> None:
    day, end = date(2026, 8, 20), date(2026, 8, 21)
    said = Proposal(title="less", kind=Kind.RIGHTSIZE, scope="ResourceId=web", team="web", day=day)
    key = propose(shop.store, **room.call("ines"), said=said).key
    terms = Terms(key=key, start=date(2026, 8, 1), end=end)
    agree(shop, terms, today=day, call=room.call("fay", Role.FINANCE))
    made = Done(key=key, team="web", day=day, evidence="c", today=room.TODAY)
    implement(shop.store, **room.call("ines"), said=made)
    spans: list[tuple[date, date]] = []

    def measured(ground: Ground, saving: Saving, span: tuple[date, date]) -> Measured:
        spans.append(span)
        return measure(ground, saving, span)

    room.shut(shop, BillingPeriod(2026, 8), room.OCTOBER, event="reopened")
    report(shop, shop.dataset(), today=room.TODAY, measured=measured)
    room.shut(shop, room.SEPTEMBER, event="reopened")
    report(shop, shop.dataset(), today=room.TODAY, measured=measured)
    assert spans == [(date(2026, 10, 1), date(2026, 11, 1)), (end, date(2026, 11, 1))]
