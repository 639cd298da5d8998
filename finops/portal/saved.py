"""Saved: what was saved and credited, worked out once a snapshot, day and signature."""

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
from finops.records.revisions import current
from finops.savings.ranked import ranked
from finops.savings.report import report
from finops.savings.saving import ENDED
from finops.savings.verify import signing_of

if TYPE_CHECKING:
    from decimal import Decimal

    from finops.assessment.roi import Roi
    from finops.dataset import Dataset
    from finops.savings.measured import Measured
    from finops.savings.ranked import Ranked
    from finops.savings.report import Report
    from finops.savings.report import Standing

_KEPT = 20


class Found(NamedTuple):
    """Every saving and what it brings, and the teams by what they saved."""

    report: Report
    roi: Roi
    teams: tuple[Ranked, ...]


def found() -> Found:
    """What was saved, over all cost: what narrows a page narrows no baseline."""
    workspace, dataset, today = desk.workspace(), desk.whole(), desk.today()
    with workspace.store.reading() as session:
        revision = current(session)
    key = (workspace.root, dataset.snapshot.id, dataset.scopes, revision, today)

    def work_out() -> Found:
        told = report(workspace, dataset, today=today)
        returned = roi_of(told, costs_of(workspace), target_of(workspace), today=today)
        return Found(told, returned, ranked(workspace, dataset, told))

    return _reports().get(key, work_out)


def shown(dataset: Dataset) -> tuple[Standing, ...]:
    """The savings of the teams that the reader chose, what runs first."""
    teams = [values for one in dataset.scopes for name, values in one.filters if name == "x_Team"]
    kept = (one for one in found().report.savings if all(one.saving.team in t for t in teams))
    return tuple(sorted(kept, key=lambda one: (one.saving.state in ENDED, not one.waits)))


def ahead(one: Standing) -> Measured | None:
    """What the first closed month that waits would be signed with, before anybody signs it."""
    if not one.waits:
        return None
    root, snapshot = desk.workspace().root, desk.whole().snapshot
    key = (root, snapshot.id, one.saving.key, one.saving.version, one.waits[0])
    return _measures().get(key, lambda: _measured(one))


def _measured(one: Standing) -> Measured | None:
    """None where it cannot be measured; whoever signs it is told why."""
    with suppress(TieoutError):
        workspace, today = desk.workspace(), desk.today()
        return signing_of(workspace, one.saving, one.waits[0], today=today).measured
    return None


def sentence() -> str:
    """What is verified, what of it still holds a year, and what waits for a signature."""
    told, returned, _ = found()
    if not told.savings:
        return "**No saving is proposed yet**: propose one from the worklist, or freely below."
    verified = money(told.verified.credited, told.currency)
    holds = money(returned.hard + returned.avoided, told.currency)
    count = len(told.waiting)
    waits = f"{formats.count(count)} wait{'s' if count == 1 else ''} for a signature"
    if not told.verified.credited:
        many = len(told.savings)
        proposed = f"{formats.count(many)} saving{'' if many == 1 else 's'} proposed"
        return f"**Nothing is verified yet: {proposed}, {waits}.**"
    return f"**{verified} is verified, {holds} a year still holds; {waits}.**"


def money(number: Decimal, currency: str) -> str:
    """An amount, short."""
    return formats.short(Amount(number, currency))


@st.cache_resource(show_spinner=False)
def _reports() -> Memory[Found]:
    return Memory(_KEPT)


@st.cache_resource(show_spinner=False)
def _measures() -> Memory[Measured | None]:
    return Memory(_KEPT)
