"""`finops unit` and `finops scenario`: what a unit costs, and what would change it."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Annotated
from typing import Any
from typing import TYPE_CHECKING

import typer

from finops.cli.month import Period
from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of
from finops.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from finops.access.workspace import Workspace
    from finops.cli.session import Session
    from finops.core.period import BillingPeriod
    from finops.unit_economics.prepared import Prepared
    from finops.unit_economics.scenarios import Scenario
    from finops.unit_economics.sources import Sources

NO_UNITS = "No units are in. Bring them with `finops metrics add FILE`: who sold how much, by day."
Product = Annotated[str, typer.Option(metavar="P", help="One product; all of them if not said.")]
Share = Annotated[str, typer.Option(metavar="SHARE", help="Such as 0.2 for 20 %.")]


def unit(context: typer.Context, *, product: Product = "", period: Period = "") -> None:
    """Show what a unit of each product costs and earns, in all and by segment."""
    from finops.unit_economics.ratios import DEFINITIONS

    session = session_of(context)
    workspace = session.open
    try:
        found, month = _found(session, workspace, period)
        ready = [_ready(found, one, month) for one in _products(found, product)]
    finally:
        workspace.close()
    document = {
        "period": month,
        "products": [_document(one) for one in ready],
        "definitions": {one.name: one.definition for one in DEFINITIONS},
    }
    emit(session, document, lambda console: _show(console, ready))


def list_scenarios(context: typer.Context) -> None:
    """Show the scenarios that were saved, and which of them a newer month has overtaken."""
    from finops.unit_economics.scenarios import scenarios

    session = session_of(context)
    workspace = session.open
    try:
        month, saved = _latest(session, workspace), scenarios(workspace)
    finally:
        workspace.close()
    rows = [_saved(one, month) for one in saved]
    told: object = "There are no scenarios yet. Save one with `finops scenario save NAME`."
    if rows:
        columns = ("name", "product", "month", "currency", "actual_cost", "scenario_cost", "stale")
        told = table(columns, [tuple(row[name] for name in columns) for row in rows])
    emit(session, {"scenarios": rows}, lambda console: console.print(told))


def show_scenario(
    context: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME")]
) -> None:
    """Show one scenario: its levers, what came of them, its snapshot and its assumptions."""
    from finops.unit_economics.scenarios import find

    session = session_of(context)
    workspace = session.open
    try:
        found, month = find(workspace, name), _latest(session, workspace)
    finally:
        workspace.close()
    document = _saved(found, month) | {"assumptions": found.assumptions}
    rows = [(key, value) for key, value in document.items() if key != "assumptions"]
    emit(session, document, lambda console: console.print(table(("What", "Value"), rows)))


def save_scenario(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    *,
    product: Annotated[str, typer.Option(metavar="P", help="The product it is about.")],
    period: Period = "",
    demand: Share = "",
    efficiency: Share = "",
    service: Annotated[str, typer.Option(metavar="S", help="Whose efficiency.")] = "",
    rightsizing: Share = "",
    shared: Share = "",
    coverage: Share = "",
    price: Share = "",
) -> None:
    """Save a scenario: where each lever stands, with the snapshot and what is assumed."""
    from finops.unit_economics.scenarios import levers_of
    from finops.unit_economics.scenarios import of
    from finops.unit_economics.scenarios import save

    told = {"demand": demand, "efficiency": efficiency, "service": service, "price": price}
    told |= {"rightsizing": rightsizing, "shared": shared, "coverage": coverage}
    session = session_of(context)
    workspace = session.open
    try:
        found, month = _found(session, workspace, period)
        ready = _ready(found, _one(found, product), month)
        scenario = of(ready, levers_of(told), name=name)
        call: dict[str, Any] = {"actor": session.actor, "at": session.moment, "origin": "cli"}
        done = save(workspace.store, scenario=scenario, **call)
    finally:
        workspace.close()
    said = f"{done.name} is saved, of snapshot {done.snapshot}."
    emit(session, _saved(scenario, str(month)), lambda console: console.print(said))


def _found(session: Session, workspace: Workspace, period: str) -> tuple[Sources, BillingPeriod]:
    from finops.access.scope import viewer_of
    from finops.core.period import BillingPeriod
    from finops.ingestion.metric_gaps import series
    from finops.ingestion.metrics import metrics_of
    from finops.measures import ask
    from finops.unit_economics.sources import sources

    dataset = workspace.dataset(viewer_of(session.actor))
    month = BillingPeriod.parse(period or _latest(session, workspace))
    found = series(metrics_of(workspace, dataset.snapshot), until=month.end)
    return sources(workspace, dataset, found, ask=ask), month


def _latest(session: Session, workspace: Workspace) -> str:
    """The latest month that has charges and is over; else the latest that has any."""
    from finops.core.period import BillingPeriod

    snapshot = workspace.snapshot()
    months = sorted({part.month for part in snapshot.charges}) if snapshot else []
    over = [one for one in months if BillingPeriod.parse(one).end <= session.today]
    return (over or months or [""])[-1]


def _products(found: Sources, product: str) -> tuple[tuple[str, str], ...]:
    from finops.unit_economics.metrics import products

    return (_one(found, product),) if product else products(found.series)


def _one(found: Sources, product: str) -> tuple[str, str]:
    """The product and unit of a product's name."""
    from finops.unit_economics.metrics import products

    known = products(found.series)
    for one in known:
        if product in {one[0], " ".join(one)}:
            return one
    message = f"No units of product {product!r} are in."
    raise UsageError(message, remedy=f"Products: {', '.join(one for one, _ in known) or 'none'}.")


def _ready(found: Sources, product: tuple[str, str], month: BillingPeriod) -> Prepared:
    from finops.unit_economics.prepared import prepare

    return prepare(found, product, month)


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


def _show(console: Console, ready: list[Prepared]) -> None:
    if not ready:
        console.print(NO_UNITS)
        return
    columns = ("Product", "Unit", "Currency", "Cost", "Units", "Average", "Marginal", "Margin (%)")
    rows = [
        (one.now.product, one.now.unit, one.now.currency, one.now.cost, one.now.units,
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


def _saved(one: Scenario, month: str) -> dict[str, Any]:
    levers = {name: value for name, value in asdict(one.levers).items() if value not in {None, ""}}
    return {
        "name": one.name,
        "product": one.product,
        "unit": one.unit,
        "month": one.month,
        "snapshot": one.snapshot,
        "currency": one.currency,
        "stale": one.stale(month),
        "levers": levers,
        "saved_by": one.actor,
        **{name: _number(told) for name, told in one.figures},
    }


def _number(told: str) -> Decimal | None:
    return Decimal(told) if told else None


def _short(number: Decimal | None, times: int = 1) -> Decimal | str:
    """A number with six significant digits, for people."""
    return "n/a" if number is None else Decimal(f"{number * times:.6g}")
