"""Views of an allocation: teams, shared costs, both trees down to the resource, readiness."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import Amount
from finops.core.amount import EXACT
from finops.core.amount import total
from finops.portal import allocated
from finops.portal import allocation_charts
from finops.portal import allocation_tables
from finops.portal import desk
from finops.portal import drawing
from finops.portal import formats
from finops.portal import scope_bar
from finops.portal import tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.allocation.trees import Tree
    from finops.dataset import Dataset
    from finops.portal.lens import Lens

WHOLE = "An allocation is made whole: what the scope above narrows to does not narrow it."
NO_POOLS = (
    "No cost is shared by a pool yet. Name pools in a file of rules and publish it with "
    "`finops rules publish FILE --reason TEXT`."
)
MOST = 200
"""How many resources a table shows."""

FEW = 20
"""How many things to fix a table shows."""

NO_FIX = "Every charge of this month has a team."
MOVED = 10
"""How many of the largest movements a tree shows."""

LARGEST = 12
"""How many parts a bar of one number tells apart."""


def by_team(lens: Lens) -> None:
    """What each team bears, in layers."""
    found = allocated.allocation(lens)
    if lens.filters:
        st.caption(WHOLE)
    chart, table = allocation_charts.by_team(found), allocation_tables.teams(found)
    drawing.show(chart, table, key="allocation")
    before, after = found.unallocated_before, found.unallocated_after
    if before is not None and after is not None:
        st.caption(
            f"No team bears {formats.percent(before)} before shared costs are shared, and "
            f"{formats.percent(after)} after. Other is unused commitments, credits and tax. "
            f"Rules version {allocated.version(lens)}."
        )


def pools(lens: Lens) -> None:
    """Each pool, and of the chosen one what every method would do."""
    found = allocated.allocation(lens)
    if not found.pools:
        st.markdown(NO_POOLS)
        return
    place = tables.pick(allocation_tables.pools(found), key="pools")
    one = found.pools[place]
    whole = formats.money(Amount(one.whole, found.currency))
    st.markdown(
        f"**{formats.md_escape(one.pool.name)}**: {whole}, shared {one.method.value}; its shares "
        "and its contra lines add up to nothing."
    )
    tables.draw(allocation_tables.methods(one, found))
    for option in one.options:
        if option.why:
            st.caption(formats.md_escape(f"{option.method.value}: {option.why}."))
    if any(share.via for share in one.shares):
        tables.draw(allocation_tables.segments(one, found))
    contra = ", ".join(
        f"{team} {formats.money(Amount(amount, found.currency), signed=True)}"
        for team, amount in one.contra
    )
    st.caption(formats.md_escape(f"Contra: {contra}.") if contra else "It took nothing.")


def finance(lens: Lens) -> None:
    """The month as finance books it."""
    _tree(lens, allocated.trees(lens).finance)


def engineering(lens: Lens) -> None:
    """The month as engineering runs it."""
    _tree(lens, allocated.trees(lens).engineering)


def readiness(lens: Lens) -> None:
    """Coverage of every required key, what cannot be tagged, the trend, and what to fix first."""
    found = allocated.ready(lens)
    tables.draw(allocation_tables.keys(found))
    st.caption(
        "By cost counts what costs above zero; with credits and refunds a share may pass 100 %. "
        "Tags hold from the day they are set, and not before."
    )
    tables.draw_or_say(allocation_tables.untaggable(found), "Every charge can be tagged.")
    months = allocated.unowned(lens)
    chart, table = allocation_charts.unowned(months), allocation_tables.unowned(months)
    drawing.show(chart, table, key="unowned")
    if not found.fixes:
        st.markdown(NO_FIX)
        return
    st.markdown("**What to fix first**, by amount times ease")
    tables.draw(allocation_tables.fixes(found.fixes[:FEW], found.currency))
    if len(found.fixes) > FEW:
        st.caption(f"The first {FEW} of {formats.count(len(found.fixes))}.")


def one_number(dataset: Dataset) -> None:
    """The month once by cost center and once by team: two bars of one length."""
    lens = scope_bar.lens()
    query = lens.query(lens.period.start, lens.period.end, by=("x_CostCenter", "x_Team"))
    answer = desk.ask(dataset, query)
    names = ("Finance: cost centers", "Engineering: teams")
    bars = [
        allocation_charts.Bar(name, parts([(row[place], row[-1]) for row in answer.rows]))
        for place, name in enumerate(names)
    ]
    sums = [total(bar.parts.values()) for bar in bars]
    drawing.show(
        allocation_charts.one_number(bars, answer.currency),
        allocation_tables.bars(bars, answer.currency),
        key="one-number",
    )
    difference = Amount(EXACT.subtract(*sums), answer.currency)
    st.caption(f"Difference: {formats.money(difference)}.")


def _tree(lens: Lens, tree: Tree) -> None:
    table, branches = allocation_tables.tree(tree)
    if not branches:
        st.markdown("There is no cost in this month.")
        return
    place = tables.pick(table, key=f"tree-{tree.name}")
    branch = branches[place]
    whole = formats.money(Amount(tree.total, tree.currency))
    st.caption(f"In all {whole}. Choose a row to go down to its resources.")
    _moved(lens, tree)
    if not st.toggle(f"Resources of {formats.md_escape(branch.name)}", key=f"drill-{tree.name}"):
        return
    found = allocated.behind(lens, branch)
    tables.draw_or_say(
        allocation_tables.resources(found[:MOST], tree.currency), "No resource has a cost there."
    )
    if left := found[MOST:]:
        rest = formats.money(Amount(total(one.amount for one in left), tree.currency))
        st.caption(f"And {formats.count(len(left))} smaller ones: {rest}.")


def _moved(lens: Lens, tree: Tree) -> None:
    """The resources that moved most, where the reader asks for them."""
    if not st.toggle(f"The {MOVED} largest movements", key=f"moved-{tree.name}"):
        return
    found = allocated.moved(lens, tree)
    table = allocation_tables.moved(found.movements[:MOVED], found.place, tree.currency)
    tables.draw_or_say(table, f"No resource costs more or less than in {found.before}.")
    st.caption(f"Against {found.before}; finance's tree and engineering's find the same ones.")


def parts(rows: Sequence[tuple[object, object]]) -> dict[str, Decimal]:
    """The amounts by name, the largest first, what is beyond them as one."""
    sums: dict[str, list[Decimal]] = {}
    for name, amount in rows:
        sums.setdefault(str(name), []).append(EXACT.create_decimal(str(amount or 0)))
    found = sorted(((n, total(parts)) for n, parts in sums.items()), key=lambda p: (-p[1], p[0]))
    kept = dict(found[:LARGEST])
    rest = total(amount for _, amount in found[LARGEST:])
    return kept | ({"Everything else": rest} if found[LARGEST:] else {})
