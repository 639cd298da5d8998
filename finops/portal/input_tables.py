"""Tables of what people told Tieout beside the bills: rates, metrics, budgets, events."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import streamlit as st

from finops.portal.tables import records
from finops.portal.tables import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finops.core.exchange_rate import ExchangeRate


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
                "First": of_pair[0].day or of_pair[0].period,
                "Last": of_pair[-1].day or of_pair[-1].period,
                "Rates": len(of_pair),
                "Latest (To for one From)": f"{of_pair[-1].rate:f}",
            }
        )
    right = st.column_config.TextColumn(alignment="right")
    return records("Rates of exchange", rows, {"Latest (To for one From)": right})
