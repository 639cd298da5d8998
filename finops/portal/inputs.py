"""Inputs: what people told Tieout beside the bills, as a snapshot knows it, and how far it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.budgeting import cover
from finops.core.period import BillingPeriod
from finops.errors import RateMissing
from finops.ingestion.budgets import budgets_of
from finops.ingestion.budgets import holding
from finops.ingestion.events import events_of
from finops.ingestion.metric_gaps import Series
from finops.ingestion.metric_gaps import series
from finops.ingestion.metrics import Kind
from finops.ingestion.metrics import metrics_of
from finops.portal import desk
from finops.portal import formats
from finops.portal.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finops.core.exchange_rate import ExchangeRate
    from finops.dataset import Dataset
    from finops.dataset import Snapshot
    from finops.ingestion.budgets import Budget
    from finops.ingestion.events import Event
    from finops.portal.lens import Lens

NO_RATE = "No rate of exchange is known; without one nothing is converted."
NO_METRIC = "No business metric is in. One file unlocks unit costs: who sold how much on which day."
NO_BUDGET = "No budget is in. One file unlocks it: what each team or cost center may cost."
NO_EVENT = "No event is in. One file unlocks it: what was deployed, launched or moved, and when."

_KEPT = 20


def rates(snapshot: Snapshot | None) -> tuple[ExchangeRate, ...]:
    """The rates of exchange as a snapshot knows them; none without a snapshot."""
    if snapshot is None:
        return ()
    here = desk.workspace()
    return desk.known(("rates", snapshot.revision), lambda: here.rates(snapshot))


def metrics(snapshot: Snapshot | None) -> tuple[Series, ...]:
    """The business metrics as series; what the charges reach to is due."""
    workspace = desk.workspace()

    def work() -> tuple[Series, ...]:
        months = [part.month for part in snapshot.charges] if snapshot else []
        over = [month for month in map(BillingPeriod.parse, months) if month.end <= desk.today()]
        until = max(over).end if over else None
        return series(metrics_of(workspace, snapshot), until=until)

    if snapshot is None:
        return work()
    return _known().get((workspace.root, snapshot.id, snapshot.revision, desk.today()), work)


def seen(dataset: Dataset) -> tuple[Series, ...]:
    """The metrics that the reader may see: of a part, those of products whose cost is all seen.

    Units of a product beside a part of its cost would tell a wrong unit cost, and of the rest.
    """
    found = metrics(dataset.snapshot)
    if not dataset.limited:
        return found
    kept = desk.seen_whole("x_Product")
    return tuple(one for one in found if one.product in kept)


def budgets(snapshot: Snapshot | None) -> tuple[Budget, ...]:
    """The budgets that hold: of each scope and period the version that was brought last."""
    return holding(budgets_of(desk.workspace(), snapshot))


def events(snapshot: Snapshot | None) -> tuple[Event, ...]:
    """The events, the earliest first."""
    return events_of(desk.workspace(), snapshot)


def sentence(dataset: Dataset, lens: Lens) -> str:
    """For how much of the business and of the cost units, budgets and events are in."""
    snapshot = dataset.snapshot
    told = (_units(metrics(snapshot), lens.period), _budgets(dataset, lens))
    happened = len(events(snapshot))
    noun = "event" if happened == 1 else "events"
    return f"**{told[0]}**; {told[1]}; {formats.count(happened) if happened else 'no'} {noun}."


def _units(found: Sequence[Series], period: BillingPeriod) -> str:
    """Of how many products the units of the month are in, and whose are not whole."""
    month = formats.month(period)
    units = [one for one in found if one.kind is Kind.UNITS]
    if not units:
        return "No units of business are in, so nothing has a unit cost"
    products = {one.id for one in desk.organization().products} | {one.product for one in units}
    lacking = {
        one.product for one in units if any(BillingPeriod.of(day) == period for day in one.missing)
    }
    there = {one.product for one in units if period in dict(one.by_month())}
    told = f"Units are in for {len(there - lacking)} of {len(products)} products for {month}"
    gaps = tuple(formats.md_escape(name) for name in sorted(lacking))
    return told + (f", with days missing for {formats.listing(gaps)}" if gaps else "")


def _budgets(dataset: Dataset, lens: Lens) -> str:
    """How much of the fiscal year's cost stands under a budget."""
    organization = desk.organization()
    calendar = organization.fiscal_calendar
    year = calendar.year_of(lens.period.start)
    start, end = calendar.first_day(year), calendar.first_day(year + 1)
    found = cover.of_days(budgets(dataset.snapshot), start, end)
    name = f"FY{year % 100:02}"
    if not found:
        return f"no budget for {name}"
    query = lens.query(start, lens.period.end, by=cover.dimensions(found))
    try:
        share = cover.covered(desk.ask(dataset, query), found, organization)
    except RateMissing:
        return f"budgets for {name} are in, and what they cover waits for a rate of exchange"
    told = formats.NONE if share is None else formats.percent(share)
    return f"budgets for {name} cover {told} of cost"


@st.cache_resource(show_spinner=False)
def _known() -> Memory[tuple[Series, ...]]:
    return Memory(_KEPT)
