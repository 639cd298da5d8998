"""Tables of unit economics: every figure with its definition, segments, months, scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import minor_unit
from finops.portal import formats
from finops.portal import tables
from finops.portal import units
from finops.portal.unit_charts import LABELS
from finops.unit_economics.ratios import quotient
from finops.unit_economics.report import growth

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.ingestion.metric_gaps import Series
    from finops.portal.tables import Table
    from finops.unit_economics.levers import Swing
    from finops.unit_economics.metrics import Segment
    from finops.unit_economics.portfolio import Served
    from finops.unit_economics.portfolio import Standing
    from finops.unit_economics.prepared import Prepared


def values(found: Prepared) -> dict[str, str]:
    """Every figure that is defined, as it is written; what is not known says why."""
    now, grown = found.now, growth(found.trend)
    earned = None if now.revenue is None else quotient(now.revenue, now.units)
    r = grown.correlation
    lever = grown.leverage_said if grown.leverage is None else f"{grown.leverage:.2f}"
    return {
        "average": units.money(now.average, now.currency),
        "marginal": units.money(found.marginal, now.currency),
        "elasticity": formats.NONE if found.elasticity is None else f"{found.elasticity:.2f}",
        "revenue": units.money(earned, now.currency),
        "margin": _share(now.margin),
        "cost_to_revenue": units.money(grown.cost_to_revenue, now.currency),
        "efficiency_rate": _share(grown.efficiency_rate),
        "leverage": lever,
        "correlation": f"{r.r:.2f} ({r.low:.2f} to {r.high:.2f})" if r else grown.correlation_said,
    }


def segments(found: Sequence[Served], names: Sequence[str]) -> Table:
    """Each segment's units, revenue, cost and margin, the worst first."""
    return tables.records(
        "Segments by margin, the worst first",
        [_served(name, one.segment, one.currency) for name, one in zip(names, found, strict=True)],
        {
            f"{what} ({currency})": tables.money_column()
            for currency in dict.fromkeys(one.currency for one in found)
            for what in ("Cost to serve", "Revenue")
        },
    )


def _served(name: str, one: Segment, currency: str) -> dict[str, object]:
    cent = minor_unit(currency)
    return {
        "Segment": name,
        "Units": one.units,
        f"Cost to serve ({currency})": one.cost.quantize(cent),
        f"Revenue ({currency})": None if one.revenue is None else one.revenue.quantize(cent),
        f"Cost of one ({currency})": units.money(one.unit_cost, "").strip("\u00a0"),
        "Margin (%)": None if one.margin is None else round(float(one.margin * 100), 1),
    }


def products(found: Sequence[Standing], called: Callable[[str], str]) -> Table:
    """Each product's unit cost, how far it moved, its margin and who is served at a loss."""
    return tables.records(
        "Unit cost of every product",
        [
            {
                "Product": called(now.product),
                "Unit": now.unit,
                f"Cost of one ({now.currency})": units.money(now.average, "").strip("\u00a0"),
                "Change": formats.change(now.average, before.average)
                if now.average and before.average
                else formats.NONE,
                f"Cost ({now.currency})": now.cost.quantize(minor_unit(now.currency)),
                "Margin": _share(now.margin),
                "At a loss": ", ".join(one.name or "all" for one in now.ranked() if one.at_a_loss),
                "Days missing": len(now.missing),
            }
            for now, before in found
        ],
        {"Product": st.column_config.TextColumn(pinned=True)}
        | {
            name: st.column_config.TextColumn(alignment="right")
            for now, _ in found[:1]
            for name in (f"Cost of one ({now.currency})", "Change", "Margin")
        }
        | {f"Cost ({now.currency})": tables.money_column() for now, _ in found[:1]},
    )


def trend(found: Prepared) -> Table:
    """Each month's cost, units and unit cost, and how many of its days are missing."""
    currency = found.now.currency
    return tables.records(
        "Unit cost by month",
        [
            {
                "Month": formats.month(one.period),
                f"Cost ({currency})": one.cost.quantize(minor_unit(currency)),
                f"Units ({one.unit})": one.units,
                f"Average ({currency} for one)": units.money(one.average, "").strip("\u00a0"),
                "Days missing": len(one.missing),
            }
            for one in found.trend
        ],
    )


def points(found: Prepared) -> Table:
    """The days, or months, that the cost model was fitted to."""
    currency = found.now.currency
    return tables.records(
        "What the cost model was fitted to",
        [
            {
                "From": point.day,
                f"Units ({found.now.unit})": point.units,
                f"Usage ({currency})": point.cost.quantize(minor_unit(currency)),
            }
            for point in found.model.points
        ],
    )


def swings(found: Sequence[Swing], currency: str) -> Table:
    """What the month would cost with each lever at its bounds."""
    cent = minor_unit(currency)
    return tables.records(
        "What matters most",
        [
            {
                "Lever": LABELS[one.lever],
                f"At its lower bound ({currency})": one.low.quantize(cent),
                f"At its upper bound ({currency})": one.high.quantize(cent),
                f"Swing ({currency})": one.width.quantize(cent),
            }
            for one in found
        ],
    )


def outcomes(found: Sequence[Series], ready: Prepared) -> Table:
    """What was achieved in the month, beside the unit cost."""
    return tables.records(
        "Outcomes of the month beside the unit cost",
        [
            {
                "Outcome": one.segment or one.unit,
                "Unit": one.currency or one.unit,
                "Of the month": formats.number(dict(one.by_month())[ready.now.period]),
                "Unit cost": units.money(ready.now.average, ready.now.currency),
            }
            for one in found
        ],
    )


def _share(share: Decimal | None) -> str:
    return formats.NONE if share is None else formats.percent(share)
