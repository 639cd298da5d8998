"""The shop looks back at October: 20 a day and 0.10 an order, and a launch on the 14th."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.access.workspace import open_workspace
from finops.ingestion.events import add_events
from finops.ingestion.events import Event
from finops.ingestion.events import EventKind
from finops.operations.decisions import decide
from finops.operations.decisions import Kind
from finops.operations.retrospective import of_workspace
from finops.operations.spans import named
from finops.operations.spans import spans_of
from tests.operations.room import AT
from tests.operations.room import by
from tests.operations.room import decision
from tests.operations.room import meeting
from tests.unit_economics import shop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finops.access.workspace import Workspace

TODAY = date(2026, 11, 18)
LAUNCH = date(2026, 10, 14)


def event(day: date, team: str = "") -> Event:
    return Event(day=day, team=team, service="", kind=EventKind.LAUNCH, text=f"Launch on {day}")


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The shop, with events of three months."""
    workspace = open_workspace(shop.sold(tmp_path_factory.mktemp("shop")))
    days = (date(2026, 8, 1), date(2026, 9, 30), LAUNCH, date(2026, 10, 31))
    add_events(
        workspace.store, actor=local_actor(), at=AT, origin="", file="events.csv",
        records=tuple(event(day) for day in days),
    )  # fmt: skip
    yield workspace
    workspace.close()


def a_day(day: date) -> Decimal:
    """What the shop's usage costs on a day."""
    return 20 + Decimal(shop.orders(day)) / 10


def mean(first: date, days: int) -> Decimal:
    return sum(
        (a_day(date.fromordinal(first.toordinal() + n)) for n in range(days)), Decimal(0)
    ) / (days)


def test_a_month_has_its_own_events_beside_the_week_before_and_the_week_from_them_on(
    market: Workspace,
) -> None:
    dataset = market.dataset()
    every = spans_of(dataset, "", TODAY)
    assert [one.name for one in every] == ["2026-10", "2026-09"]
    found = of_workspace(market, dataset, named(every, ""))
    assert [one.event.day for one in found.events] == [LAUNCH, date(2026, 10, 31)]
    launch, last = found.events
    assert launch.before is not None
    assert launch.after is not None
    assert round(launch.before, 9) == round(mean(date(2026, 10, 7), 7), 9)
    assert round(launch.after, 9) == round(mean(LAUNCH, 7), 9)
    assert last.after == a_day(date(2026, 10, 31))
    assert found.whole


def test_cost_and_unit_cost_are_beside_the_span_before_and_the_steps_add_up(
    market: Workspace,
) -> None:
    dataset = market.dataset()
    found = of_workspace(market, dataset, named(spans_of(dataset, "", TODAY), "2026-10"))
    october = [date(2026, 10, n) for n in range(1, 32)]
    assert found.end == sum(map(a_day, october))
    assert sum(one.amount for one in found.steps) == found.end - found.start
    (unit,) = found.units
    orders = sum(map(shop.orders, october))
    assert unit.after is not None
    assert round(unit.after, 9) == round(found.end / orders, 9)
    assert (unit.product, unit.unit) == ("shop", "orders")


def test_it_ends_in_the_decisions_that_name_it(market: Workspace) -> None:
    dataset = market.dataset()
    span = named(spans_of(dataset, "", TODAY), "2026-10")
    entry = decision(meeting=meeting(market), purpose=Kind.RULE, retrospective=span.key)
    decide(market.store, **by(), entry=entry)
    decide(market.store, **by(), entry=entry.model_copy(update={"retrospective": "all 2026-09"}))
    found = of_workspace(market, dataset, span)
    assert [one.retrospective for one in found.decided] == ["all 2026-10"]
