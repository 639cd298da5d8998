"""Views of one team: what moved in its cost, down to the resource, what to fix, what it gained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import Amount
from finops.core.amount import total
from finops.core.resource_id import short
from finops.core.scope import Scope
from finops.portal import causes
from finops.portal import formats
from finops.portal import month
from finops.portal import once
from finops.portal import own
from finops.portal import scope_bar
from finops.portal import tables
from finops.portal import team_gain
from finops.portal import unit_tables
from finops.portal import units
from finops.portal import work_forms
from finops.portal import work_views
from finops.portal import works

if TYPE_CHECKING:
    from finops.dataset import Dataset
    from finops.portal.works import Work

MOST = 25
"""How many resources of a service are listed, those that moved most."""
SHARED = "These are all products; the team works for none that has units of business."
NOBODY = "No cost in these two months."


def sentence(dataset: Dataset) -> str:
    """What the team should fix, what that is worth, and what it gained so far."""
    own.choose()
    team = own.team()
    name = formats.md_escape(own.called(team)) if team else "Every team together"
    told, todo = works.found(dataset), of(dataset)
    gained = team_gain.sentence()
    if not todo:
        return f"**{name} has nothing to fix** in what the rules looked at; {gained}."
    net = total(one.net for one in todo)
    things = "1 thing" if len(todo) == 1 else f"{formats.count(len(todo))} things"
    first = formats.md_escape(_first(todo[0]))
    return (
        f"**{name} can take {works.money(net, told)} off 30 days with {things}**; "
        f"most with {first} ({works.money(todo[0].net, told)}); {gained}."
    )


def of(dataset: Dataset) -> tuple[Work, ...]:
    """What the team has to do, the largest first."""
    team = own.team()
    return tuple(
        one for one in works.waiting(dataset) if team in {own.EVERY, one.finding.resource.team}
    )


def changed(dataset: Dataset) -> None:
    """From the month before to this one, a step a service or a cause."""
    causes.changed(own.narrowed(dataset), "ServiceName", "Service")


def resources(dataset: Dataset) -> None:
    """The resources of one service that moved most, the service that moved most to begin with."""
    mine, lens = own.narrowed(dataset), scope_bar.lens()
    services = month.parts_by(mine, lens, "ServiceName").parts
    if not services:
        st.markdown(NOBODY)
        return
    order = sorted(services, key=lambda one: (-abs(one.by), one.name))
    chosen = st.selectbox("Service", [one.name for one in order], key=f"own-{own.team()}")
    part = mine.within(Scope(filters=(("ServiceName", frozenset({chosen})),)))
    found = month.parts_by(part, lens, "ResourceId")
    moved = sorted(found.parts, key=lambda one: (-abs(one.by), one.name))
    shown = [one._replace(name=short(one.name)) for one in moved[:MOST]]
    names = formats.month_short(lens.period.plus(-1)), formats.month_short(lens.period)
    tables.draw(tables.changes(shown, found.currency, names, "Resource"))
    if len(moved) > MOST:
        rest = Amount(total(one.by for one in moved[MOST:]), found.currency)
        left = formats.counted(len(moved) - MOST, "more resource")
        st.caption(f"{left} moved less, {formats.short(rest, signed=True)} in all.")


def todo(dataset: Dataset) -> None:
    """What the team has to do; of the chosen one its price, its commands and its next step."""
    once.told(work_forms.PLACE)
    work_views.listed(of(dataset), works.found(dataset), key="own-works")


def unit_cost(dataset: Dataset) -> None:
    """What a unit of the team's product costs; of every product where it has none of its own."""
    found = units.standings(scope_bar.lens())
    product = own.product(own.team())
    mine = [one for one in found if product and one.now.product == product]
    nothing = units.PART if dataset.limited else units.NOTHING
    tables.draw_or_say(unit_tables.products(mine or found, units.called), nothing)
    if found and not mine and own.team():
        st.caption(SHARED)


def _first(work: Work) -> str:
    resource = work.finding.resource
    title = work.finding.title
    return f"“{title[:1].lower()}{title[1:]}”, {resource.name or short(resource.id)}"
