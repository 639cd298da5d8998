"""Views of mapping rules: those that hold, a draft with what it would move, and what is unowned."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import streamlit as st

from finops.access.roles import Permission
from finops.allocation.preview import BILLING
from finops.core.amount import Amount
from finops.core.amount import EXACT
from finops.core.amount import shortest
from finops.core.measure import Axis
from finops.core.period import BillingPeriod
from finops.errors import TieoutError
from finops.measures import Query
from finops.portal import charts
from finops.portal import desk
from finops.portal import drawing
from finops.portal import formats
from finops.portal import once
from finops.portal import rule_desk
from finops.portal import rule_forms
from finops.portal import rule_tables
from finops.portal import scope_bar
from finops.portal import tables
from finops.portal.change import Change
from finops.portal.change import movers

if TYPE_CHECKING:
    from finops.allocation.draft import Draft
    from finops.allocation.preview import Preview
    from finops.dataset import Dataset

NO_RULES = (
    "No mapping rule is published. What tags and accounts say holds; a rule goes before them."
)
ALL_OWNED = "Every cost of this month has an owner."
_MOST = 8


def sentence(dataset: Dataset) -> str:
    """How many rules hold, and how many of them do nothing or not all they say."""
    held = len(dataset.rules.rules)
    if not held:
        return "**No mapping rule is agreed**: tags and accounts alone say whose a charge is"
    idle = len(rule_desk.idle(dataset))
    noun, verb = ("rule", "holds") if held == 1 else ("rules", "hold")
    wrong = f", {formats.count(idle)} of them not as {'it says' if idle == 1 else 'they say'}"
    return f"**{formats.count(held)} mapping {noun} {verb}**{wrong if idle else ''}"


def mapping(dataset: Dataset) -> None:
    """The rules in their order, with what each decided last month, and those that do nothing."""
    lens = scope_bar.lens()
    idle = rule_desk.idle(dataset)
    matched = rule_desk.matched(dataset, lens.period)
    month, currency = formats.month(lens.period), desk.organization().reporting_currency
    named = rule_desk.with_names(dataset.rules)
    table = rule_tables.rules(named, matched, idle, month, currency)
    tables.draw_or_say(table, NO_RULES, lines=3)
    if idle:
        st.markdown("**Rules that do nothing, or not all they say**")
        tables.draw(rule_tables.nothing_done(idle))


def change(_dataset: Dataset) -> None:
    """A draft: change rules, see what would move, publish."""
    once.told(rule_forms.PLACE)
    draft = rule_desk.draft()
    rule_forms.edit(draft)
    if not draft.changes:
        st.caption("The draft is what is published. Change a rule to see what it would move.")
        return
    for one in draft.changes:
        st.markdown(f"- {formats.md_escape(one.words)}")
    if st.button("Give up the draft", key="rules-drop"):
        rule_desk.drop()
        st.rerun(scope="app")
    _preview(draft)
    rule_forms.publish(draft)


def unowned(dataset: Dataset) -> None:
    """What nobody owns, largest first; one click puts the suggested rule into the draft."""
    found = rule_desk.unowned(dataset, str(scope_bar.lens().period))
    if not found.lines:
        st.markdown(ALL_OWNED)
        return
    amount = formats.money(Amount(found.amount, found.currency))
    whole = formats.money(Amount(found.cost, found.currency))
    st.markdown(f"{amount} of {whole} has no owner.")
    tables.draw(rule_tables.unowned(found))
    offered = {line.rule.id: line for line in found.lines if line.rule}
    if not offered:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Suggested rule",
            list(offered),
            format_func=lambda name: f"{name}: {offered[name].why}",
            key="unowned-rule",
            width=520,
        )
        may = desk.actor().may(Permission.WRITE_RULES)
        taken = st.button("Put it into the draft", key="unowned-take", disabled=not may)
    rule = offered[chosen].rule
    if taken and rule:
        draft = rule_desk.draft()
        rule_desk.keep(draft.put(rule, instead_of=rule.id))
        st.rerun(scope="app")


def _preview(draft: Draft) -> None:
    """What would go from whom to whom; gains and losses add up to nothing."""
    try:
        found = rule_desk.preview(draft)
    except TieoutError as error:
        st.error(formats.md_escape(error.sentence), icon=":material/error:")
        return
    named = sorted({one.dimension for one in found.moves}, reverse=True)
    if not named:
        st.markdown("**Nothing would move.**")
    else:
        dimension = st.selectbox("What moves by", named, key="rules-dimension", width=320)
        table = rule_tables.moves(found, dimension)
        if found.currency != BILLING:
            drawing.show(_chart(found, dimension), table, key="rules-moves")
        tables.draw(table)
        zero = formats.number(shortest(found.zero))
        st.markdown(f"Gains and losses add up to **{zero}**.")
    if found.closed:
        months = formats.listing(found.closed)
        st.caption(f"Closed and left as they are: {months}.")


def _chart(found: Preview, dimension: str) -> charts.Chart:
    """What each value gains or loses in the latest month in which something moves."""
    month = max(one.month for one in found.moves if one.dimension == dimension)
    period = BillingPeriod.parse(month)
    query = Query(measures=("EffectiveCost",), by=(dimension,), period=period, axis=Axis.BILLING)
    rows = desk.ask(desk.whole(), query).rows
    cost = {str(value): Decimal(str(amount or 0)) for value, amount in rows}
    nets = [net for net in found.nets if (net.month, net.dimension) == (month, dimension)]
    moved = [
        Change(net.value, (was := cost.get(net.value, Decimal(0))), EXACT.add(was, net.effective))
        for net in nets
    ]
    labels = ("as it is", f"{formats.month(period)} with the draft")
    return charts.bars(movers(moved, _MOST), found.currency, labels)
