"""Scope bar: the month, the cost, the currency and the part that every page is about.

Each choice stands in the page's address, so that a link shows another reader the same; what an
address says is checked like any input: values that are not on offer are dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.core.period import BillingPeriod
from finops.errors import UsageError
from finops.exchange.rule import CHOICES
from finops.exchange.rule import Kind
from finops.exchange.rule import RateRule
from finops.exchange.rule import USUAL
from finops.focus.columns import UNALLOCATED
from finops.portal import as_of
from finops.portal import desk
from finops.portal import formats
from finops.portal.lens import Basis
from finops.portal.lens import latest_complete
from finops.portal.lens import Lens
from finops.portal.lens import REPORTING

if TYPE_CHECKING:
    from finops.core.organization import Organization
    from finops.dataset import Snapshot

PARTS = (
    ("team", "x_Team", "Team"),
    ("center", "x_CostCenter", "Cost center"),
    ("account", "SubAccountName", "Account"),
)
"""Key in the address, dimension and label of what the cost can be narrowed by."""

_LENS = "lens"
_AXES = {
    Basis.EFFECTIVE: "Amortized, by the day it was incurred: what the month consumed.",
    Basis.BILLED: "As invoiced, by the month it was billed: what is to be paid.",
}

_RATES = {"usual": "Usual", "constant": "Constant currency"}
_ORDER = "the contract rate, else the average, else the month-end rate"


def draw() -> None:
    """Draw the bar and keep what the reader chose; there is none in an empty workspace."""
    st.session_state[_LENS] = None
    snapshot = desk.snapshot()
    if snapshot is None:
        return
    organization = desk.organization()
    with st.container(horizontal=True, vertical_alignment="bottom", key="scope-bar"):
        period = _period(snapshot, organization)
        basis = _basis()
        currency = _currency(organization)
        rule = _rates(period) if currency == REPORTING else USUAL
        filters = _filters()
        as_of.choose(snapshot)
    st.session_state[_LENS] = Lens(
        period=period, basis=basis, currency=currency, filters=filters, rule=rule
    )


def lens() -> Lens:
    """What the reader chose.

    Raises:
        UsageError: there is nothing to choose from.
    """
    found = chosen()
    if found is None:
        message = "There is nothing to look at yet."
        raise UsageError(message)
    return found


def chosen() -> Lens | None:
    """What the reader chose; None in an empty workspace."""
    found: Lens | None = st.session_state.get(_LENS)
    return found


def _period(snapshot: Snapshot, organization: Organization) -> BillingPeriod:
    calendar = organization.fiscal_calendar
    months = sorted({BillingPeriod.parse(p.month) for p in snapshot.charges}, reverse=True)
    labels = {month: formats.fiscal_month(month, calendar) for month in months}
    _spell_out(labels)
    start = latest_complete(snapshot.charges, desk.today()) or months[0]
    chosen: BillingPeriod = st.selectbox(
        "Month",
        months,
        index=months.index(start),
        format_func=labels.__getitem__,
        key="period",
        width=270,
        bind="query-params",
        help="Billing months, each with the fiscal period that it starts in. Times are UTC.",
    )
    return chosen


def _spell_out(labels: dict[BillingPeriod, str]) -> None:
    """Take an address that names the month as YYYY-MM, as other tools write it."""
    if "period" in st.session_state:
        return
    try:
        named = BillingPeriod.parse(st.query_params.get("period", ""))
    except UsageError:
        return
    if named in labels:
        st.query_params["period"] = labels[named]
        st.rerun()


def _basis() -> Basis:
    chosen: Basis = st.segmented_control(
        "Cost basis",
        list(Basis),
        default=Basis.EFFECTIVE,
        required=True,
        format_func=lambda basis: basis.label.removesuffix(" cost"),
        key="basis",
        bind="query-params",
        help="  \n".join(f"**{basis.label}**: {told}" for basis, told in _AXES.items()),
    )
    return chosen


def _one_currency(organization: Organization) -> bool:
    """Whether nothing has to be converted."""
    billed = desk.values("BillingCurrency")
    home = organization.reporting_currency
    return len(billed) <= 1 and (not organization.name or home in billed)


def _currency(organization: Organization) -> str:
    home = organization.reporting_currency
    billed = desk.values("BillingCurrency")
    if _one_currency(organization):
        return REPORTING
    labels = {REPORTING: f"{home} (reporting)"} | {code: f"{code} as billed" for code in billed}
    chosen: str = st.selectbox(
        "Currency",
        list(labels),
        format_func=labels.__getitem__,
        key="currency",
        width=170,
        bind="query-params",
        help="Reporting: every charge, converted at its month's rate. As billed: only the charges "
        "billed in that currency, not converted.",
    )
    return chosen


def _rates(period: BillingPeriod) -> RateRule:
    """Which rates convert, of those that are there, where there is something to convert."""
    if _one_currency(desk.organization()):
        return USUAL
    there = {rate.kind for rate in desk.whole().rates}
    if Kind.DAILY in there:
        there |= {Kind.AVERAGE, Kind.MONTH_END}
    rules = {"usual": USUAL} | {k.value: RateRule(kind=k) for k in CHOICES if k in there}
    rules["constant"] = RateRule(constant=str(period.plus(-1)))
    chosen: str = st.selectbox(
        "Rates",
        list(rules),
        format_func=lambda name: _RATES.get(name, name.capitalize()),
        key="rates",
        width=170,
        bind="query-params",
        help=f"**Usual**: {_ORDER} of each month.  \n**Constant currency**: every month at the "
        "rate of the month before the chosen one, so that no rate moves the cost.",
    )
    return rules[chosen]


def _filters() -> tuple[tuple[str, frozenset[str | None]], ...]:
    """The part of the cost the reader narrowed to, by dimension; empty means everything."""
    narrowings = [(key, label, dimension, _offered(dimension)) for key, dimension, label in PARTS]
    named = tuple(value for key, _, _, offered in narrowings for value in _named(key, offered))
    with st.popover(_told(named), icon=":material/filter_list:", key="scope-parts"):
        st.caption("Nothing chosen means everything. What you choose stands in the address.")
        chosen = (
            (dimension, _choose(key, label, offered))
            for key, label, dimension, offered in narrowings
        )
        return tuple((dimension, kept) for dimension, kept in chosen if kept)


def _named(key: str, offered: list[str]) -> list[str]:
    """What is chosen, or on the first run what the address names, as far as it is on offer."""
    named = st.session_state.get(key, st.query_params.get_all(key))
    return [value for value in named if value in offered]


def _offered(dimension: str) -> list[str]:
    """What there is to choose, the unowned last."""
    values = desk.values(dimension)
    owned = [value for value in values if value != UNALLOCATED]
    return [*owned, UNALLOCATED] if UNALLOCATED in values else owned


def _choose(key: str, label: str, offered: list[str]) -> frozenset[str | None]:
    chosen = st.multiselect(
        label, offered, key=key, bind="query-params", placeholder=f"Every {label.lower()}"
    )
    return frozenset(chosen)


def _told(named: tuple[str, ...]) -> str:
    """What is looked at, in few words."""
    names = tuple(map(formats.md_escape, named))
    return f"Scope: {formats.listing(names, most=2)}" if names else "Scope: everything"
