"""Tables of savings: the ledger, the teams, the fates, what came back, and the funnel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.core.period import BillingPeriod
from finops.portal import formats
from finops.portal import tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.assessment.roi import Roi
    from finops.portal.tables import Table
    from finops.savings.ranked import Ranked
    from finops.savings.report import Report
    from finops.savings.report import Standing

_TITLE = 250
"""How wide most titles of savings are."""


def funnel(told: Report) -> Table:
    """How many savings came so far, and what they are worth in 30 days."""
    worth = f"In 30 days ({told.currency})"
    rows = (
        {
            "So far as": stage.state.value.capitalize(),
            "Savings": stage.many,
            worth: posted(stage.amount, told.currency),
        }
        for stage in told.funnel
    )
    return tables.records("From identified to verified", rows, {worth: tables.money_column()})


def ledger(found: Sequence[Standing], currency: str) -> Table:
    """Every saving: how far it is, what it should bring, what it was credited."""
    expected, credited, avoided = (
        f"{name} ({currency})" for name in ("In 30 days", "Credited", "of it avoided")
    )
    rows = (
        {
            "Saving": one.saving.title,
            "State": one.state.value,
            "Team": one.saving.team,
            expected: posted(one.saving.expected, currency),
            credited: posted(one.credited.credited, currency),
            avoided: posted(one.credited.avoided, currency),
            "To sign": formats.listing(tuple(formats.month_short(m) for m in one.waits)),
            "Made": formats.day(one.saving.implemented_on) if one.saving.implemented_on else "",
        }
        for one in found
    )
    config = {
        "Saving": st.column_config.TextColumn(width=_TITLE, pinned=True),
        **{name: tables.money_column() for name in (expected, credited, avoided)},
    }
    return tables.records("Savings", rows, config)


def signed(one: Standing) -> Table:
    """What was signed of a saving, month by month; the parts make the credit."""
    currency = one.saving.baseline.currency if one.saving.baseline else ""
    names = ("Adjusted baseline", "Billed", "Price effect", "Kept by commitment", "Credited")
    heads = [f"{name} ({currency})" for name in names]
    rows = (
        {
            "Month": formats.month(BillingPeriod.parse(each.month)),
            **dict(
                zip(
                    heads,
                    (
                        each.measured.adjusted,
                        each.measured.actual,
                        each.measured.price,
                        each.measured.kept,
                        each.credited,
                    ),
                    strict=True,
                )
            ),
            "Verdict": each.verdict.value,
            "Signed by": each.by,
        }
        for each in one.signed
    )
    return tables.records("What was signed", rows, {name: tables.money_column() for name in heads})


def teams(found: Sequence[Ranked], currency: str) -> Table:
    """The teams by what they saved of their own spend."""
    credited, avoided, spend = (
        f"{name} ({currency})" for name in ("Credited", "of it avoided", "Own spend")
    )
    rows = (
        {
            "Team": one.team,
            credited: posted(one.credited, currency),
            avoided: posted(one.avoided, currency),
            spend: posted(one.spend, currency),
            "Of own spend (%)": _percent(one.share),
            "Unit cost moved (%)": _percent(None if one.unit is None else -one.unit),
        }
        for one in found
    )
    config = {name: tables.money_column() for name in (credited, avoided, spend)}
    return tables.records("Credit by team", rows, config)


def fates(told: Report) -> Table:
    """What became of what was verified; together it is what was verified."""
    amount = f"Amount ({told.currency})"
    titles = {one.saving.key: one.saving.title for one in told.savings}
    rows = (
        {
            "Saving": titles.get(one.saving, one.saving),
            "Became": one.what.value,
            amount: posted(one.amount, told.currency),
            "Which": " ".join(filter(None, (one.name, one.period))),
            "Decided by": one.by,
        }
        for one in told.fates
    )
    config = {
        "Saving": st.column_config.TextColumn(width=_TITLE, pinned=True),
        amount: tables.money_column(),
    }
    return tables.records("Fates", rows, config)


def regressions(told: Report) -> Table:
    """The savings whose cost came back, since when, and what was taken back of what they promised.

    What shows on an open month only is signed by nobody yet.
    """
    back = f"Taken back ({told.currency})"
    rows = (
        {
            "Saving": one.saving.title,
            "Team": one.saving.team,
            "Cost was back": formats.day(one.back) if one.back else "",
            back: posted(one.signed[-1].correction, told.currency)
            if one.signed and one.signed[-1].measured.regressed_on
            else None,
            "State": one.state.value,
        }
        for one in told.regressed
    )
    config = {
        "Saving": st.column_config.TextColumn(width=_TITLE, pinned=True),
        back: tables.money_column(),
    }
    return tables.records("What came back", rows, config)


def months(told: Roi) -> Table:
    """What was verified of each month, and what the practice cost in it."""
    names = ("Less", "Avoided", "Once", "Spent")
    heads = [f"{name} ({told.currency})" for name in names]
    rows = (
        {
            "Month": formats.month(BillingPeriod.parse(one.month)),
            **dict(zip(heads, (posted(n, told.currency) for n in one[1:]), strict=True)),
        }
        for one in told.months
        if any(one[1:])
    )
    config = {name: tables.money_column() for name in heads}
    return tables.records("Verified and spent by month", rows, config)


def posted(number: Decimal, currency: str) -> Decimal:
    """An amount to the minor unit."""
    return number.quantize(minor_unit(currency), context=EXACT)


def _percent(share: Decimal | None) -> float | None:
    return None if share is None else round(float(share) * 100, 1)
