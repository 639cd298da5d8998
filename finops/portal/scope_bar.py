"""Scope bar: the month, the cost, the currency and the part that every page is about.

Each choice stands in the page's address, so that a link shows another reader the same; what an
address says is checked like any input: values that are not on offer are dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.core.period import BillingPeriod
from finops.errors import UsageError
from finops.focus.columns import UNALLOCATED
from finops.portal import desk
from finops.portal import formats
from finops.portal.lens import Basis
from finops.portal.lens import latest_complete
from finops.portal.lens import Lens
from finops.portal.lens import REPORTING

if TYPE_CHECKING:
    from finops.core.organization import Organization
    from finops.dataset import Snapshot

PARTS = (("team", "x_Team", "Team"), ("center", "x_CostCenter", "Cost center"))
"""Key in the address, dimension and label of what the cost can be narrowed by."""

ACCOUNT = ("account", "SubAccountName", "Account")

_LENS = "lens"
_NAMED = "period-named-in-link"
_AXES = {
    Basis.EFFECTIVE: "Amortized, by the day it was incurred: what the month consumed.",
    Basis.BILLED: "As invoiced, by the month it was billed: what is to be paid.",
}


def draw() -> Lens | None:
    """Draw the bar and give what the reader chose; None in an empty workspace."""
    snapshot = desk.snapshot()
    if snapshot is None:
        return None
    organization = desk.organization()
    with st.container(horizontal=True, vertical_alignment="bottom", key="scope-bar"):
        period = _period(snapshot, organization)
        basis = _basis()
        currency = _currency(organization)
        filters = _filters()
    lens = Lens(period=period, basis=basis, currency=currency, filters=filters)
    st.session_state[_LENS] = lens
    return lens


def lens() -> Lens:
    """What the reader chose, for a view that draws itself again."""
    chosen: Lens = st.session_state[_LENS]
    return chosen


def _period(snapshot: Snapshot, organization: Organization) -> BillingPeriod:
    calendar = organization.fiscal_calendar
    months = sorted({BillingPeriod.parse(p.month) for p in snapshot.charges}, reverse=True)
    named = st.session_state.setdefault(_NAMED, _named(months))
    start = named or latest_complete(snapshot.charges, desk.today()) or months[0]
    chosen: BillingPeriod = st.selectbox(
        "Month",
        months,
        index=months.index(start),
        format_func=lambda month: formats.fiscal_month(month, calendar),
        key="period",
        width=270,
        bind="query-params",
        help="Billing months, each with the fiscal period that it starts in. Times are UTC.",
    )
    return chosen


def _named(months: list[BillingPeriod]) -> BillingPeriod | None:
    """The month that the address names as YYYY-MM, if it is one of those there are."""
    try:
        named = BillingPeriod.parse(st.query_params.get("period", ""))
    except UsageError:
        return None
    return named if named in months else None


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


def _currency(organization: Organization) -> str:
    home = organization.reporting_currency
    billed = desk.values("BillingCurrency")
    if len(billed) <= 1 and (not organization.name or home in billed):
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


def _filters() -> tuple[tuple[str, frozenset[str | None]], ...]:
    """The part of the cost the reader narrowed to, by dimension; empty means everything."""
    chosen = {
        key: [value for value in st.session_state.get(key, ()) if value]
        for key, _, _ in (*PARTS, ACCOUNT)
    }
    with st.popover(_told(chosen), icon=":material/filter_list:", key="scope-parts"):
        st.caption("Nothing chosen means everything. What you choose stands in the address.")
        narrowed = (
            (dimension, _choose(key, label, _offered(dimension)))
            for key, dimension, label in (*PARTS, ACCOUNT)
        )
        return tuple((dimension, kept) for dimension, kept in narrowed if kept)


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


def _told(chosen: dict[str, list[str]]) -> str:
    """What is looked at, in few words."""
    names = tuple(formats.md_escape(value) for values in chosen.values() for value in values)
    return f"Scope: {formats.listing(names, most=2)}" if names else "Scope: everything"
