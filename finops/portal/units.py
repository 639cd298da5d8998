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
from finops.portal import charts
from finops.portal import desk
from finops.portal import formats
from finops.portal import inputs
from finops.portal import seal
from finops.portal.memory import Memory
from finops.unit_economics import portfolio
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
    from finops.unit_economics.portfolio import Standing
    from finops.unit_economics.prepared import Prepared

NOTHING = "There are no units of business yet: nothing has a unit cost. One file unlocks it."
PART = (
    "You see no product's cost whole, and a unit cost of a part of it would be wrong. Ask whoever "
    "manages access for the scopes that lack."
)
PRODUCT = "product"
NO_UNIT_COST = "**Nothing has a unit cost yet**: no units of business are in."
NO_PRODUCT = "**You see no product whole**, so no unit cost is told."
_KEPT = 60
_NUMBERS = frozenset({"dozen", "hundred", "thousand", "million", "billion"})
_PLURALS = (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("s", ""))


class Kept(NamedTuple):
    """What was worked out, and the receipts of what was asked for it."""

    ready: Prepared
    receipts: tuple[Receipt, ...]


def choose(dataset: Dataset) -> tuple[str, str] | None:
    """Let the reader choose a product; None where nobody counted any units."""
    known = products(inputs.seen(dataset))
    if not known:
        return None
    chosen: tuple[str, str] = st.selectbox(
        "Product",
        known,
        format_func=lambda one: f"{called(one[0])}: {one[1]}",
        key=PRODUCT,
        width=320,
        bind="query-params",
    )
    return chosen


def chosen(dataset: Dataset) -> tuple[str, str] | None:
    """The product that is chosen, or the first."""
    known = products(inputs.seen(dataset))
    found = st.session_state.get(PRODUCT)
    return found if found in known else next(iter(known), None)


def counted(_: Lens) -> bool:
    """Whether anybody counted units; without them one view says how to bring them."""
    return bool(products(inputs.seen(desk.whole())))


def ready(dataset: Dataset, lens: Lens) -> Prepared | None:
    """The chosen product's month, prepared; None where nobody counted any units."""
    product = chosen(dataset)
    return None if product is None else prepared(product, lens)


def prepared(product: tuple[str, str], lens: Lens) -> Prepared:
    """A product's month, prepared once; its receipts go to the seal in the foot."""
    whole = desk.whole()
    snapshot = whole.snapshot
    found = inputs.seen(whole)

    def work() -> Kept:
        receipts: list[Receipt] = []

        def asked(dataset: Dataset, query: Query) -> Answer:
            answer = ask(dataset, query)
            receipts.append(answer.receipt)
            return answer

        of = sources(desk.workspace(), whole, found, ask=asked, rule=lens.rule)
        return Kept(prepare(of, product, lens.period), tuple(receipts))

    # Workspaces may share the charges of a snapshot and differ in their metrics.
    root = desk.workspace().root
    key = (root, snapshot.id, snapshot.revision, whole.scopes, product, lens.period, lens.rule)
    kept = _kept().get(key, work)
    for receipt in kept.receipts:
        seal.note(receipt)
    return kept.ready


def sentence(found: Prepared, why: str = "") -> str:
    """What a unit cost in the month, against the month before and why, and who is at a loss."""
    now = found.now
    month, unit = formats.month(now.period), formats.md_escape(now.unit)
    if now.average is None:
        return f"**No unit cost for {month}**: no day of it has both units of {unit} and charges."
    head = f"**{one(now.unit)} cost {money(now.average, now.currency)} in {month}**"
    told = (head, _against(found), why, _marginal(found), _loss(found))
    return "; ".join(part for part in told if part) + "."


def standings(lens: Lens) -> tuple[Standing, ...]:
    """Every product's unit cost in the month and the one before, asked once."""
    whole = desk.whole()
    snapshot = whole.snapshot
    found = inputs.seen(whole)

    def work() -> tuple[Standing, ...]:
        of = sources(desk.workspace(), whole, found, ask=ask, rule=lens.rule)
        return portfolio.standings(of, lens.period)

    # Workspaces may share the charges of a snapshot and differ in their metrics.
    root = desk.workspace().root
    key = (root, snapshot.id, snapshot.revision, whole.scopes, lens.period, lens.rule)
    return _standings().get(key, work)


def called(product: str) -> str:
    """What a product is called."""
    names = {one.id: one.name for one in desk.organization().products}
    return names.get(product, product) or "Everything"


def one(unit: str) -> str:
    """One of a unit as a sentence begins with it: `One order`, `A thousand API calls`."""
    first, *rest = unit.split()
    last = rest[-1] if rest else first
    if first.lower() in _NUMBERS:
        return formats.md_escape(f"A {unit}")
    for end, single in _PLURALS:
        if last.endswith(end):
            return formats.md_escape(f"One {unit.removesuffix(end)}{single}")
    return f"One of the {formats.md_escape(unit)}"


def money(number: Decimal | None, currency: str) -> str:
    """A unit cost with the digits that it needs; n/a where it is not known."""
    if number is None:
        return formats.NONE
    places = max(2, 3 - number.adjusted()) if number else 2
    rounded = round(number, min(places, 8))
    return f"{formats.number(rounded)}\u00a0{currency}"


def as_precise_as(like: Decimal) -> charts.Write:
    """How parts of a unit cost are written: with as many digits as the unit cost itself has."""
    places = min(max(2, 3 - like.adjusted()), 8) if like else 2

    def write(told: Amount, /, *, signed: bool = False) -> str:
        number = round(abs(told.number) if signed else told.number, places)
        sign = ("+" if told.number > 0 else "\u2212") if signed and number else ""
        return f"{sign}{formats.number(number)}\u00a0{told.currency}"

    return write


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
def _standings() -> Memory[tuple[Standing, ...]]:
    return Memory(_KEPT)


@st.cache_resource(show_spinner=False)
def _kept() -> Memory[Kept]:
    return Memory(_KEPT)
