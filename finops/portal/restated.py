"""Restated: the view of what later deliveries said of closed months: what, how much and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import Amount
from finops.core.period import BillingPeriod
from finops.invoicing import restatements
from finops.portal import desk
from finops.portal import formats
from finops.portal import scope_bar
from finops.portal import tables
from finops.portal import ties
from finops.portal.memory import Memory
from finops.portal.tables import records
from finops.portal.tables import Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.dataset import Dataset
    from finops.invoicing.axes import Axes
    from finops.invoicing.restatements import Adjusted
    from finops.invoicing.restatements import Figure
    from finops.invoicing.restatements import Largest
    from finops.invoicing.restatements import Restatement
    from finops.invoicing.restatements import Restatements
    from finops.portal.lens import Lens

_KEPT = 100

RULE = (
    "A closed month never changes. What a later delivery says otherwise is booked in the first "
    "open month, in the charge period in which it was incurred. Amounts are BilledCost."
)


def found(lens: Lens) -> bool:
    """Whether the month was restated, or took adjustments of an earlier one."""
    report = ties.report(lens)
    return bool(report.restatements and report.restatements.any)


def late(_: Dataset) -> None:
    """Draw it for the month that the reader chose."""
    draw(scope_bar.lens())


def draw(lens: Lens) -> None:
    """Both ways: what was said later about this month, and what is booked in it about others."""
    report = ties.report(lens)
    found = report.restatements
    if found is None or not found.any:
        return
    if found.about:
        st.markdown(said_later(found))
        _explained(found.about, lens, booked=False)
    if found.booked:
        st.markdown(booked_here(found))
        _explained(found.booked, lens, booked=True)
    tables.draw(imports(found.listed))
    st.caption(" ".join((RULE, *map(both_axes, report.axes))))


def said_later(found: Restatements) -> str:
    """The closed figure, what came since, what they make in each currency, and why it came."""
    told = [_figure(one) for one in found.figures if one.adjustments or len(found.figures) == 1]
    where = formats.listing(tuple(sorted({_month(one.booked_in) for one in found.about})))
    why = tuple(f"{kind} ({_money(n, code)})" for kind, code, _, n in _by_kind(found.about))
    reasons = formats.listing(why)
    return f"**{_month(found.month)}, restated: {'; '.join(told)}.** Booked in {where}: {reasons}."


def booked_here(found: Restatements) -> str:
    """How much of the month's bill is about which earlier months."""
    told = [
        f"{formats.counted(rows, 'adjustment')} of {_money(amount, currency)} about {_month(month)}"
        for month, currency, rows, amount in restatements.by(found.booked, "month")
    ]
    return f"**{_month(found.month)} has {formats.listing(tuple(told), most=9)}.**"


def both_axes(one: Axes) -> str:
    """R6 in a sentence."""
    invoiced, incurred = (
        formats.money(Amount(n, one.currency)) for n in (one.invoiced, one.incurred)
    )
    sign = "=" if one.holds else "≠"
    return f"Over all months: as invoiced {invoiced} {sign} as incurred {incurred}."


def kinds(found: Sequence[Adjusted], what: str) -> Table:
    """Adjustments added up by reason or by service."""
    rows = [
        {
            what.capitalize(): value or formats.NONE,
            "Amount": _money(amount, currency),
            "Adjustments": formats.count(rows),
        }
        for value, currency, rows, amount in restatements.by(found, what)
    ]
    return records(f"Adjustments by {what}", rows, _right("Adjustments", "Amount"))


def charges(found: Sequence[Largest]) -> Table:
    """The charges that changed most: reversed, booked instead, and the change."""
    rows = [
        {
            "Why": one.kind,
            "Change": _money(one.change, one.currency),
            "Reversed": formats.money(Amount(one.reversed, one.currency)),
            "Booked": formats.money(Amount(one.booked, one.currency)),
            "Incurred": formats.dated(str(one.day)),
            "Booked in": _month(one.booked_in),
            "Service": one.service,
            "Account": one.account,
            "Resource": one.resource or formats.NONE,
        }
        for one in found
    ]
    return records("The charges that changed most", rows, _right("Change", "Reversed", "Booked"))


def imports(found: Sequence[Restatement]) -> Table:
    """Each restatement: which month, where it is booked, how much, why, and which import."""
    rows = [
        {
            "Month": _month(one.month),
            "Booked in": _month(one.booked_in),
            "Amount": _money(one.amount, one.currency),
            "Adjustments": formats.count(one.rows),
            "Why": ", ".join(one.kinds),
            "Imported": formats.dated(one.at[:10]),
            "Import": one.import_id,
            "Issuer": one.issuer,
        }
        for one in found
    ]
    return records("Restatements, by import", rows, _right("Amount", "Adjustments"))


def _explained(found: Sequence[Adjusted], lens: Lens, *, booked: bool) -> None:
    left, right = st.columns(2)
    with left:
        tables.draw(kinds(found, "kind"))
    with right:
        tables.draw(kinds(found, "service"))
    tables.draw(charges(_largest(ties.whole(), str(lens.period), booked=booked)))


def _largest(dataset: Dataset, month: str, *, booked: bool) -> tuple[Largest, ...]:
    """Worked out once a snapshot and scope."""
    key = (*desk.looked_at(dataset), month, booked)
    return _found().get(key, lambda: restatements.largest(dataset, month, booked=booked))


def _by_kind(found: Sequence[Adjusted]) -> tuple[tuple[str, str, int, Decimal], ...]:
    """What was adjusted for each reason, what moved most first."""
    return tuple(sorted(restatements.by(found, "kind"), key=lambda one: -abs(one[3])))


def _figure(one: Figure) -> str:
    closed, restated = (formats.money(Amount(n, one.currency)) for n in (one.closed, one.restated))
    return f"{closed} as closed, {_money(one.adjustments, one.currency)} since, {restated} now"


def _month(month: str) -> str:
    return formats.month(BillingPeriod.parse(month))


def _money(number: Decimal, currency: str) -> str:
    return formats.money(Amount(number, currency), signed=True)


def _right(*names: str) -> dict[str, object]:
    return dict.fromkeys(names, st.column_config.TextColumn(alignment="right"))


@st.cache_resource(show_spinner=False)
def _found() -> Memory[tuple[Largest, ...]]:
    return Memory(_KEPT)
