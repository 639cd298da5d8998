"""`finops unit`: what a unit of each product costs and earns, and what was agreed of it."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli import economics
from finops.cli import target
from finops.cli.month import Period
from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of
from finops.core.amount import Amount

if TYPE_CHECKING:
    from rich.console import Console

    from finops.access.workspace import Workspace
    from finops.unit_economics.prepared import Prepared
    from finops.unit_economics.sources import Sources
    from finops.unit_economics.tracked import Tracked

NO_UNITS = "No units are in. Bring them with `finops metrics add FILE`: who sold how much, by day."
Product = Annotated[str, typer.Option(metavar="P", help="One product; all of them if not said.")]


def unit(context: typer.Context, *, product: Product = "", period: Period = "") -> None:
    """Show what a unit of each product costs and earns, in all and by segment."""
    from finops.unit_economics.ratios import DEFINITIONS

    session = session_of(context)
    workspace = session.open
    try:
        found, month = economics.found(session, workspace, period)
        ready = [economics.ready(found, one, month) for one in economics.products(found, product)]
        held = [_held(workspace, found, one) for one in ready]
    finally:
        workspace.close()
    document = {
        "period": month,
        "products": [
            _document(one) | _agreed(months) for one, months in zip(ready, held, strict=True)
        ],
        "definitions": {one.name: one.definition for one in DEFINITIONS},
    }
    emit(session, document, lambda console: _show(console, ready, held))


def _held(workspace: Workspace, found: Sources, ready: Prepared) -> tuple[Tracked, ...]:
    """The last months under the contract of a product, if it has one."""
    from finops.unit_economics.targets import targets
    from finops.unit_economics.tracked import asking
    from finops.unit_economics.tracked import tracked

    return tracked(targets(workspace), ready, asking(found, ready.marginal))


def _agreed(months: tuple[Tracked, ...]) -> dict[str, object]:
    """The contract, its months, and what engineering alone made of a unit's cost."""
    from finops.unit_economics.tracked import engineering

    return {
        "contract": target.document(months[-1].contract) if months else None,
        "tracked": [target.month_document(one) for one in months],
        "engineering": engineering(months) if months else None,
    }


def _document(ready: Prepared) -> dict[str, object]:
    from finops.unit_economics.costs import SCOPE
    from finops.unit_economics.report import growth

    now, model, grown = ready.now, ready.model, growth(ready.trend)
    correlation = grown.correlation
    return {
        "product": now.product,
        "unit": now.unit,
        "scope": SCOPE,
        "currency": now.currency,
        "cost": now.cost,
        "units": now.units,
        "revenue": now.revenue,
        "average": now.average,
        "marginal": ready.marginal,
        "elasticity": ready.elasticity,
        "margin": now.margin,
        "days": now.days,
        "missing": now.missing,
        "left_out": now.left_out,
        "growth": asdict(grown) | {"correlation": list(correlation) if correlation else None},
        "segments": [
            one._asdict() | {"unit_cost": one.unit_cost, "margin": one.margin}
            for one in now.ranked()
        ],
        "at_a_loss": [one.name for one in now.ranked() if one.at_a_loss],
        "model": {
            "method": str(model.method),
            "variable": ready.marginal,
            "low": model.low,
            "high": model.high,
            "fit": model.fit,
            "points": len(model.points),
            "said": model.said,
        },
        "trend": [{"period": one.period, "average": one.average} for one in ready.trend],
    }


def _show(console: Console, ready: list[Prepared], held: list[tuple[Tracked, ...]]) -> None:
    if not ready:
        console.print(NO_UNITS)
        return
    columns = ("Product", "Unit", "Currency", "Cost", "Units", "Average", "Marginal", "Margin (%)")
    rows = [
        (one.now.product, one.now.unit, one.now.currency,
         Amount(one.now.cost, one.now.currency), one.now.units,
         _short(one.now.average), _short(one.marginal), _short(one.now.margin, 100))
        for one in ready
    ]  # fmt: skip
    console.print(table(columns, rows))
    for one in ready:
        for segment in one.now.ranked():
            if segment.at_a_loss:
                console.print(f"{one.now.product}: {segment.name} is served at a loss.")
        if one.now.missing:
            console.print(f"{one.now.product}: {len(one.now.missing)} days are missing.")
    for months in held:
        if months:
            _show_contract(console, months)


def _show_contract(console: Console, months: tuple[Tracked, ...]) -> None:
    """Each month against what was agreed, and its change by part; efficiency is engineering's."""
    from finops.unit_economics.attribution import PARTS

    one = months[-1].contract
    console.print(
        f"{one.product}: {one.amount:f} {one.currency} for one of the {one.unit} since "
        f"{one.month}, proposed by {one.proposed_by} and agreed by {one.agreed_by}. "
        "Efficiency alone is engineering's."
    )
    rows = [
        (m.month.period, m.contract.amount, _short(m.month.average), _short(m.over),
         *(_short(_rounded(getattr(m.why, part, None))) for part in PARTS))
        for m in months
    ]  # fmt: skip
    console.print(table(("Month", "Target", "Average", "Over", *map(str.title, PARTS)), rows))


def _rounded(number: Decimal | None) -> Decimal | None:
    """A part of a unit cost without what no currency has a coin for."""
    return None if number is None else round(number, 10) + 0


def _short(number: Decimal | None, times: int = 1) -> Decimal | str:
    """A number with six significant digits, for people."""
    return "n/a" if number is None else Decimal(f"{number * times:.6g}")
