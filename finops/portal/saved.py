"""Saved: what was saved and credited, worked out once for a bill and what was said of savings."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple
from typing import TYPE_CHECKING

import streamlit as st

from finops.assessment.programme import costs_of
from finops.assessment.programme import target_of
from finops.assessment.roi import roi_of
from finops.core.amount import Amount
from finops.errors import TieoutError
from finops.portal import desk
from finops.portal import formats
from finops.portal.memory import Memory
from finops.records import savings
from finops.records.models import PeriodClose
from finops.records.revisions import latest
from finops.savings.drivers import drivers_of
from finops.savings.measure import Ground
from finops.savings.measure import measure
from finops.savings.measure import span_of
from finops.savings.ranked import ranked
from finops.savings.report import report
from finops.savings.saving import ENDED
from finops.savings.signing import may_sign
from finops.savings.worked import doers_of

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from finops.assessment.roi import Roi
    from finops.dataset import Dataset
    from finops.savings.drivers import Units
    from finops.savings.measured import Measured
    from finops.savings.ranked import Ranked
    from finops.savings.report import Report
    from finops.savings.report import Standing
    from finops.savings.saving import Saving

_KEPT = 20
_MEASURES = 500
"""A company claims some hundred savings a year, each of which is measured by itself."""


class Found(NamedTuple):
    """Every saving and what it brings, and the teams by what they saved."""

    report: Report
    roi: Roi
    teams: tuple[Ranked, ...]


def found() -> Found:
    """What was saved, over all cost: what narrows a page narrows no baseline.

    It is worked out anew when something was said of savings, a month was closed, or there is a
    new bill; and of that only what is new is measured.
    """
    workspace, dataset, today = desk.workspace(), desk.whole(), desk.today()
    with workspace.store.reading() as session:
        shut = latest(session, PeriodClose)
        said = savings.latest(session), shut.id if shut else 0
    key = (*desk.looked_at(dataset), said, today)

    def work_out() -> Found:
        told = report(workspace, dataset, today=today, measured=_measured, units=_units(dataset))
        returned = roi_of(told, costs_of(workspace), target_of(workspace), today=today)
        credit = (*desk.looked_at(dataset), len(told.lines))
        teams = _ranks().get(credit, lambda: ranked(workspace, dataset, told))
        return Found(told, returned, teams)

    return _reports().get(key, work_out)


def shown(dataset: Dataset) -> tuple[Standing, ...]:
    """The savings of the teams that the reader chose, what runs first."""
    teams = [values for one in dataset.scopes for name, values in one.filters if name == "x_Team"]
    kept = (one for one in found().report.savings if all(one.saving.team in t for t in teams))
    return tuple(sorted(kept, key=lambda one: (one.saving.state in ENDED, not one.waits)))


def ahead(one: Standing) -> Measured | None:
    """What the first closed month that waits would be signed with, before anybody signs it.

    None where it cannot be measured; whoever signs it is told why.
    """
    span = span_of(one.saving, one.waits[0]) if one.waits else None
    if span is None:
        return None
    dataset = desk.workspace().dataset()
    with suppress(TieoutError):
        return _measured(Ground(dataset, _units(dataset)), one.saving, span)
    return None


def _measured(ground: Ground, saving: Saving, span: tuple[date, date]) -> Measured:
    """What a saving took off some days, measured once a bill and version of the saving."""
    key = (*desk.looked_at(ground.dataset), saving.key, saving.version, span)
    return _measures().get(key, lambda: measure(ground, saving, span))


def _units(dataset: Dataset) -> dict[str, Units]:
    """What drives costs, read once a snapshot."""
    return _drivers().get(
        desk.looked_at(dataset), lambda: drivers_of(desk.workspace(), dataset.snapshot)
    )


def sentence() -> str:
    """What is verified, what of it still holds a year, and what waits for a signature."""
    told, returned, _ = found()
    if not told.savings:
        return "**No saving is proposed yet**: propose one from the worklist, or freely below."
    verified = money(told.verified.credited, told.currency)
    holds = money(returned.hard + returned.avoided, told.currency)
    count = len(told.waiting)
    waits = f"{formats.counted(count, 'saving')} wait{'s' if count == 1 else ''} for a signature"
    if not told.verified.credited:
        many = len(told.savings)
        proposed = f"{formats.count(many)} saving{'' if many == 1 else 's'} proposed"
        return f"**Nothing is verified yet: {proposed}, {waits}.**"
    return f"**{verified} is verified, {holds} a year still holds; {waits}.**"


def money(number: Decimal, currency: str) -> str:
    """An amount, short."""
    return formats.short(Amount(number, currency))


def exactly(one: Standing, number: Decimal) -> str:
    """An amount of a saving, to the minor unit."""
    currency = one.saving.baseline.currency if one.saving.baseline else ""
    return formats.money(Amount(number, currency))


def refused(one: Standing) -> str:
    """Why the reader may not verify a saving; empty for who may."""
    actor, today = desk.actor(), desk.today()
    doers = doers_of(desk.workspace(), one.saving, today=today)
    return may_sign(desk.organization(), one.saving, actor, doers=doers)


@st.cache_resource(show_spinner=False)
def _reports() -> Memory[Found]:
    return Memory(_KEPT)


@st.cache_resource(show_spinner=False)
def _measures() -> Memory[Measured]:
    return Memory(_MEASURES)


@st.cache_resource(show_spinner=False)
def _ranks() -> Memory[tuple[Ranked, ...]]:
    return Memory(_KEPT)


@st.cache_resource(show_spinner=False)
def _drivers() -> Memory[dict[str, Units]]:
    return Memory(_KEPT)
