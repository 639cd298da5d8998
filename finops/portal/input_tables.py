"""Tables of what people told Tieout beside the bills: rates, metrics, budgets, events."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import total
from finops.portal import formats
from finops.portal.tables import money_column
from finops.portal.tables import records
from finops.portal.tables import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finops.core.exchange_rate import ExchangeRate
    from finops.ingestion.budgets import Budget
    from finops.ingestion.events import Event
    from finops.ingestion.metric_gaps import Series

_DATE = st.column_config.DateColumn(format="D MMM YYYY")


def rates(known: Sequence[ExchangeRate]) -> Table:
    """Each pair of currencies and kind of rate: from when to when, how many, and the latest."""
    rows: list[dict[str, object]] = []
    told = sorted(known, key=lambda one: (*one[:3], one.day or one.period))
    for (source, target, kind), group in groupby(told, key=lambda one: one[:3]):
        of_pair = list(group)
        rows.append(
            {
                "From": source,
                "To": target,
                "Kind": kind,
                "First": _when(of_pair[0]),
                "Last": _when(of_pair[-1]),
                "Rates": len(of_pair),
                "Latest (To for one From)": f"{of_pair[-1].rate:f}",
            }
        )
    right = st.column_config.TextColumn(alignment="right")
    return records("Rates of exchange", rows, {"Latest (To for one From)": right})


def _when(one: ExchangeRate) -> str:
    return formats.dated(str(one.day or one.period))


def name(product: str, kind: str, unit: str) -> str:
    """What a metric is called: `checkout: orders`, `checkout: revenue from orders`."""
    told = unit if kind in {"units", "usage", "outcome"} else f"{kind} of {unit}"
    return f"{product or 'Company'}: {told}"


def metrics(found: Sequence[Series]) -> Table:
    """Each metric: from when to when, how many figures, and how many days or months lack one.

    Those that lack most stand first.
    """
    rows = [
        {
            "Product": one.product or "all",
            "Segment": one.segment,
            "Metric": one.unit if one.kind == "units" else f"{one.kind} ({one.unit})",
            "Currency": one.currency,
            "Every": str(one.grain),
            "First": one.first,
            "Last": one.last,
            "Figures": len(one.figures),
            "Missing": len(one.missing),
            "First missing": one.missing[0] if one.missing else None,
        }
        for one in sorted(found, key=lambda one: -len(one.missing))
    ]
    config = dict.fromkeys(("First", "Last", "First missing"), _DATE)
    return records("Business metrics and what is missing of them", rows, config)


def months(found: Sequence[Series], called: str, unit: str) -> Table:
    """What each segment of one metric comes to in each month."""
    every = sorted({month for one in found for month, _ in one.by_month()}, reverse=True)
    told = [(f"{one.segment or called} ({unit})", dict(one.by_month())) for one in found]
    rows = [
        {
            "Month": formats.month_brief(month),
            **{name: amounts.get(month) for name, amounts in told},
        }
        for month in every
    ]
    right = st.column_config.NumberColumn(format="localized", alignment="right")
    return records(f"{called} by month", rows, dict.fromkeys((name for name, _ in told), right))


def budgets(held: Sequence[Budget]) -> Table:
    """What each scope may cost in each fiscal year, and in how many parts that is told."""
    sums: dict[tuple[str, str, str], list[Budget]] = {}
    for one in held:
        sums.setdefault((one.span.label.split()[0], one.scope, one.currency), []).append(one)
    rows = [
        {
            "Fiscal year or month": year,
            "Scope": formats.scope(scope),
            "Budget": total(one.amount for one in parts),
            "Currency": currency,
            "Parts": len(parts),
            "Versions": ", ".join(sorted({one.version for one in parts})),
        }
        for (year, scope, currency), parts in sorted(sums.items(), reverse=True)
    ]
    return records("Budgets that hold", rows, {"Budget": money_column()})


def events(known: Sequence[Event]) -> Table:
    """What happened, the latest first."""
    rows = [
        {
            "Day": one.day,
            "Kind": str(one.kind),
            "Team": one.team or "all",
            "Service": one.service,
            "What": one.text,
            "Link": one.link or None,
        }
        for one in reversed(known)
    ]
    config = {
        "Day": _DATE,
        "What": st.column_config.TextColumn(width="large"),
        "Link": st.column_config.LinkColumn(display_text="open"),
    }
    return records("Events, the latest first", rows, config)
