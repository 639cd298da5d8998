"""Looking back: a sprint's or a month's events beside what cost and unit costs did, to decide."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import Amount
from finops.core.period import BillingPeriod
from finops.errors import UsageError
from finops.operations import retrospective
from finops.operations import spans
from finops.portal import charts
from finops.portal import desk
from finops.portal import drawing
from finops.portal import formats
from finops.portal import tables
from finops.portal import units
from finops.portal.memory import Memory

if TYPE_CHECKING:
    from finops.operations.beside import Beside
    from finops.operations.retrospective import Retrospective
    from finops.operations.retrospective import UnitMove
    from finops.operations.spans import Span
    from finops.portal.tables import Table

_KEPT, _HALF = 20, 380
_SHOWN = Decimal("0.01")
"""A cause below this share of the change is no bar."""
_QUIET = "Nothing that happened in these days is told. `finops events add FILE` tells it."
_UNCOUNTED = "No unit is counted by day here, so there is no unit cost to set beside it."


def choose() -> Span:
    """Whose days are looked back at, and which: the last ones that ended to begin with."""
    teams = {one.id: one.name for one in desk.organization().teams}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        team = st.selectbox(
            "Whose", ["", *teams], format_func=lambda one: teams.get(one, "Everybody's"),
            key="back-team", bind="query-params",
        )  # fmt: skip
        every = spans.spans_of(desk.whole(), team or "", desk.today())
        names = {one.name: called(one) for one in every}
        name = st.selectbox(
            "Sprint or month", list(names), format_func=names.__getitem__, key=f"back-span-{team}"
        )
    return spans.named(every, name or "")


def look(span: Span) -> Retrospective:
    """What is found there, worked out once a snapshot and a word that was written."""
    whole, workspace = desk.whole(), desk.workspace()
    key = (workspace.root, whole.snapshot.id, whole.scopes, desk.log().revision, span)
    return _found().get(key, lambda: retrospective.of_workspace(workspace, whole, span))


def draw(found: Retrospective) -> None:
    """The answer in a sentence, the events, what the cost and the unit costs did, decisions."""
    st.markdown(sentence(found))
    tables.wrap_or_say(events(found), _QUIET)
    with st.grid(2, min_column_width=_HALF):
        _walked(found)
        _beside(found)


def _walked(found: Retrospective) -> None:
    """From the days before to these; what is too small to be a bar stands in the table."""
    with st.container():
        least = abs(found.change) * _SHOWN
        walk = [charts.Step("Before", found.start)]
        walk += [
            charts.Step(s.cause.heading, s.amount) for s in found.steps if abs(s.amount) >= least
        ]
        walk += [charts.Step(called(found.span), found.end)]
        drawing.show(charts.walk(walk, found.currency), steps(found), key="back-steps")


def _beside(found: Retrospective) -> None:
    with st.container():
        tables.wrap_or_say(unit_costs(found), _UNCOUNTED)
        tables.wrap_or_say(decided(found), "No decision has come out of it yet.")


def sentence(found: Retrospective) -> str:
    """What the days cost beside those before, what of it was more or less use, and what lacks."""
    moved, used = _signed(found.change, found.currency), _signed(found.used, found.currency)
    name = formats.md_escape(called(found.span))
    told = (
        f"**{name} cost {_money(found.end, found.currency)}, {moved} "
        f"against the {found.before.days} days before**; {used} of it is more or less use. "
        f"{formats.counted(len(found.events), 'event')} happened."
    )
    gap = f" Charges reach to {formats.day(found.last)}: days lack."
    return told if found.whole else told + gap


def called(span: Span) -> str:
    """What a span is called: a sprint by its name, a month in words."""
    try:
        return formats.month(BillingPeriod.parse(span.name))
    except UsageError:
        return span.name


def events(found: Retrospective) -> Table:
    """Each event with what a day of its team's usage cost before it and from it on."""
    return tables.records(
        "Events, the earliest first", (_event(found, one) for one in found.events)
    )


def steps(found: Retrospective) -> Table:
    """Each cause of the change."""
    return tables.records(
        "Why it cost other than the days before",
        (
            {"Cause": one.cause.heading, "Amount": _plain(one.amount, found.currency)}
            for one in found.steps
        ),
    )


def unit_costs(found: Retrospective) -> Table:
    """What a unit cost before and in these days."""
    return tables.records("Unit costs", (_unit(one, found.currency) for one in found.units))


def decided(found: Retrospective) -> Table:
    """What was decided because of it."""
    return tables.records(
        "Decisions that came out of it",
        ({"Decision": one.choice, "Owner": one.owner or formats.NONE} for one in found.decided),
    )


def _event(found: Retrospective, one: Beside) -> dict[str, object]:
    return {
        "Day": formats.day_in_month(one.event.day),
        "Event": one.event.text,
        "Team": one.event.team or "everybody",
        "A day cost before": _a_day(one.before, found.currency),
        "From then on": _a_day(one.after, found.currency),
        "Change": _change(one.after, one.before),
    }


def _unit(one: UnitMove, currency: str) -> dict[str, object]:
    told = {}
    for name, amount in (("Before", one.before), ("In these days", one.after)):
        write = units.as_precise_as(amount) if amount else None
        told[name] = write(Amount(amount, currency)) if write and amount else formats.NONE
    return {
        "One of": f"{units.called(one.product)}: {one.unit}",
        **told,
        "Change": _change(one.after, one.before),
    }


def _a_day(amount: Decimal | None, currency: str) -> str:
    return formats.NONE if amount is None else formats.short(Amount(amount, currency))


def _change(after: Decimal | None, before: Decimal | None) -> str:
    return formats.NONE if not before or after is None else formats.change(after, before)


def _plain(amount: Decimal, currency: str) -> str:
    return formats.short(Amount(amount, currency), signed=True)


def _money(amount: Decimal, currency: str) -> str:
    return formats.md_escape(formats.short(Amount(amount, currency)))


def _signed(amount: Decimal, currency: str) -> str:
    return formats.md_escape(_plain(amount, currency))


@st.cache_resource(show_spinner=False)
def _found() -> Memory[Retrospective]:
    return Memory(_KEPT)
