"""Units: what a unit of the chosen product costs, worked out once a snapshot and month.

Cost and units are of the whole product, whatever team or account the reader narrowed to: both
sides of a unit cost have one scope.
"""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import Amount
from finops.measures import ask
from finops.portal import desk
from finops.portal import formats
from finops.portal import inputs
from finops.portal import seal
from finops.portal.memory import Memory
from finops.unit_economics.metrics import products
from finops.unit_economics.prepared import prepare
from finops.unit_economics.sources import sources

if TYPE_CHECKING:
    from decimal import Decimal

    from finops.dataset import Dataset
    from finops.measures import Answer
    from finops.measures import Query
    from finops.measures.receipt import Receipt
    from finops.portal.lens import Lens
    from finops.unit_economics.prepared import Prepared

NOTHING = "There are no units of business yet: nothing has a unit cost. One file unlocks it."
PRODUCT = "product"
_KEPT = 60


class Kept(NamedTuple):
    """What was worked out, and the receipts of what was asked for it."""

    ready: Prepared
    receipts: tuple[Receipt, ...]


def choose(dataset: Dataset) -> tuple[str, str] | None:
    """Let the reader choose a product; None where nobody counted any units."""
    known = products(inputs.metrics(dataset.snapshot))
    if not known:
        return None
    names = {one.id: one.name for one in desk.organization().products}
    chosen: tuple[str, str] = st.selectbox(
        "Product",
        known,
        format_func=lambda one: f"{names.get(one[0], one[0]) or 'Everything'}: {one[1]}",
        key=PRODUCT,
        width=320,
        bind="query-params",
    )
    return chosen


def chosen(dataset: Dataset) -> tuple[str, str] | None:
    """The product that is chosen, or the first."""
    known = products(inputs.metrics(dataset.snapshot))
    found = st.session_state.get(PRODUCT)
    return found if found in known else next(iter(known), None)


def ready(dataset: Dataset, lens: Lens) -> Prepared | None:
    """The chosen product's month, prepared; None where nobody counted any units."""
    product = chosen(dataset)
    return None if product is None else prepared(product, lens)


def prepared(product: tuple[str, str], lens: Lens) -> Prepared:
    """A product's month, prepared once; its receipts go to the seal in the foot."""
    whole = desk.whole()
    snapshot = whole.snapshot
    found = inputs.metrics(snapshot)

    def work() -> Kept:
        receipts: list[Receipt] = []

        def asked(dataset: Dataset, query: Query) -> Answer:
            answer = ask(dataset, query)
            receipts.append(answer.receipt)
            return answer

        of = sources(desk.workspace(), whole, found, ask=asked, rule=lens.rule)
        return Kept(prepare(of, product, lens.period), tuple(receipts))

    key = (snapshot.id, snapshot.revision, whole.scopes, product, lens.period, lens.rule)
    kept = _kept().get(key, work)
    for receipt in kept.receipts:
        seal.note(receipt)
    return kept.ready


def sentence(dataset: Dataset, lens: Lens) -> str:
    """What a unit cost in the month, against the month before, and who is served at a loss."""
    choose(dataset)
    found = ready(dataset, lens)
    if found is None:
        return "**Nothing has a unit cost yet**: no units of business are in."
    now = found.now
    month, unit = formats.month(now.period), formats.md_escape(now.unit)
    if now.average is None:
        return f"**No unit cost for {month}**: no day of it has both units of {unit} and charges."
    head = f"**One of the {unit} cost {money(now.average, now.currency)} in {month}**"
    told = (head, _against(found), _marginal(found), _loss(found))
    return "; ".join(one for one in told if one) + "."


def money(number: Decimal | None, currency: str) -> str:
    """A unit cost with the digits that it needs; n/a where it is not known."""
    if number is None:
        return formats.NONE
    places = max(2, 3 - number.adjusted()) if number else 2
    rounded = round(number, min(places, 8))
    return f"{formats.number(rounded)}\u00a0{currency}"


def short(number: Decimal | None, currency: str) -> str:
    """A total in three digits; n/a where it is not known."""
    return formats.NONE if number is None else formats.short(Amount(number, currency))


def _against(found: Prepared) -> str:
    """How far that is from the month before."""
    earlier = [one for one in found.trend if one.period == found.now.period.plus(-1)]
    if not earlier or not earlier[0].average or found.now.average is None:
        return ""
    moved = formats.percent(abs(found.now.average / earlier[0].average - 1))
    word = "more" if found.now.average >= earlier[0].average else "less"
    return f"{moved} {word} than in {formats.month_name(earlier[0].period)}"


def _marginal(found: Prepared) -> str:
    if found.marginal is None:
        return "nobody knows what one more costs"
    return f"one more costs {money(found.marginal, found.now.currency)}"


def _loss(found: Prepared) -> str:
    """Who is served at a loss, by name."""
    names = tuple(formats.md_escape(s.name) for s in found.now.ranked() if s.at_a_loss)
    return f"{formats.listing(names)} served at a loss" if names else ""


@st.cache_resource(show_spinner=False)
def _kept() -> Memory[Kept]:
    return Memory(_KEPT)
