"""Why: a number that somebody else has, and the walk that leads to it from the portal's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.access.scope import viewer_of
from finops.core.amount import Amount
from finops.core.amount import EXACT
from finops.errors import UsageError
from finops.invoicing import difference
from finops.portal import charts
from finops.portal import desk
from finops.portal import drawing
from finops.portal import formats
from finops.portal import scope_bar
from finops.portal import tie_tables
from finops.portal import ties
from finops.portal.charts import Step
from finops.portal.lens import REPORTING
from finops.portal.memory import Memory

if TYPE_CHECKING:
    from finops.dataset import Dataset
    from finops.invoicing.difference import NumberExplained
    from finops.invoicing.difference import Way
    from finops.portal.lens import Lens

_SOURCES = {
    "": "I do not know",
    "console": "A provider's console",
    "portal": "This portal, another day or reader",
    "ledger": "The ledger",
    "deck": "Last month's deck",
    "team": "Another team",
}
_KEPT = 400
_NAME = "From the portal's number to yours"


def different(_: Dataset) -> None:
    """Ask for a number and where it comes from; tell what lies between it and the portal's."""
    lens = scope_bar.lens()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            "Your number",
            key="why-amount",
            width=220,
            placeholder="12,345.67, 12.3k or 1.2M",
            help=f"For the month and the scope above, beside its {lens.basis.label.lower()}.",
        )
        source = st.selectbox(
            "Where it comes from",
            list(_SOURCES),
            format_func=_SOURCES.__getitem__,
            key="why-source",
            width=280,
        )
    if not text.strip():
        st.caption("Type a number to see which standard differences lead to it.")
        return
    try:
        found = explained(lens, text, source)
    except UsageError as error:
        st.error(formats.md_escape(error.sentence.replace("`", "'")), icon=":material/error:")
        return
    st.markdown(sentence(found))
    _walks(found)


def explained(lens: Lens, text: str, source: str) -> NumberExplained:
    """What lies between a number and the portal's, worked out once.

    Raises:
        UsageError: the number cannot be read.
    """
    workspace, dataset = desk.workspace(), ties.whole()
    asked = difference.Asked(
        given=difference.read_amount(text),
        period=lens.period,
        source=source,
        cost=lens.basis.value,
        currency=lens.currency,
        where=_where(lens),
        rule=lens.rule,
        taxes=difference.untold_taxes(workspace, dataset, lens.period),
    )
    snapshot = dataset.snapshot
    key = (workspace.root, snapshot.id, snapshot.revision, dataset.scopes, asked)

    def work_out() -> NumberExplained:
        then = difference.earlier(workspace, dataset, lens.period, viewer_of(desk.actor()))
        return difference.explain_number(dataset, asked, then)

    return _found().get(key, work_out)


def _where(lens: Lens) -> tuple[tuple[str, str], ...]:
    """The scope as a query's conditions; a currency as billed is a scope of its own."""
    chosen = [(name, value or "") for name, kept in lens.filters for value in sorted(kept, key=str)]
    billed = [] if lens.currency == REPORTING else [("BillingCurrency", lens.currency)]
    return (*chosen, *billed)


def sentence(found: NumberExplained) -> str:
    """What the difference is, or that none of the standard ones is it."""
    portal = formats.money(Amount(found.portal, found.currency))
    if found.explained and not found.steps:
        return f"**It is the same number**: the portal has {portal}."
    by = Amount(EXACT.subtract(found.given, found.portal), found.currency)
    head = f"The portal has {portal}; yours is {formats.money(by, signed=True)} away"
    if found.explained:
        ways = 1 + len(found.alternatives)
        more = f" {ways} explanations fit; only its owner can say which." if ways > 1 else ""
        return f"**{head}: {_told(found.steps)}.**{more}"
    hint = f" Nearest, but no explanation: {_told([found.hint])}." if found.hint else ""
    return f"**{head}, and no set of standard differences explains it.**{hint}"


def _told(steps: tuple[difference.Step, ...] | list[difference.Step]) -> str:
    names = tuple(f"{step.reason} ({formats.md_escape(_lower(step.said))})" for step in steps)
    return formats.listing(names, most=6)


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


def _walks(found: NumberExplained) -> None:
    """The way that fits, and the others behind tabs."""
    if found.explained and not found.steps:
        return
    ways: list[Way] = [difference.Way(found.steps, found.remainder), *found.alternatives]
    names = [f"Explanation {place}" for place in range(1, len(ways) + 1)]
    place = 0
    if len(ways) > 1:
        place = st.segmented_control(
            "Explanations that fit",
            range(len(ways)),
            default=0,
            required=True,
            format_func=names.__getitem__,
            key="why-way",
        )
    steps = walk(found, ways[min(place, len(ways) - 1)])
    table = tie_tables.steps(_NAME, steps, found.currency)
    drawing.show(charts.walk(steps, found.currency), table, key="why")


def walk(found: NumberExplained, way: Way) -> tuple[Step, ...]:
    """From the portal's number to the given one; what no difference explains is its own step."""
    rest = "Rounding" if found.explained else "Not explained"
    inner = [Step(step.said, step.amount) for step in way.steps]
    inner += [Step(rest, way.remainder)] if way.remainder else []
    return (Step("The portal", found.portal), *inner, Step("Your number", found.given))


@st.cache_resource(show_spinner=False)
def _found() -> Memory[NumberExplained]:
    return Memory(_KEPT)
