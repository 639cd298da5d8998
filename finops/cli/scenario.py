"""`finops scenario`: what would change a product's cost, kept under a name."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Annotated
from typing import Any
from typing import TYPE_CHECKING

import typer

from finops.cli import economics
from finops.cli.month import Period
from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of

if TYPE_CHECKING:
    from finops.access.command import Call
    from finops.unit_economics.scenarios import Scenario

Share = Annotated[str, typer.Option(metavar="SHARE", help="Such as 0.2 for 20 %.")]


def list_scenarios(context: typer.Context) -> None:
    """Show the scenarios that were saved, and which of them a newer month has overtaken."""
    from finops.unit_economics.scenarios import scenarios

    session = session_of(context)
    workspace = session.open
    try:
        month, saved = economics.latest(session, workspace), scenarios(workspace)
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
        found, month = find(workspace, name), economics.latest(session, workspace)
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
        found, month = economics.found(session, workspace, period)
        ready = economics.ready(found, economics.one(found, product), month)
        scenario = of(ready, levers_of(told), name=name)
        call: dict[str, Any] = {"actor": session.actor, "at": session.moment, "origin": "cli"}
        done = save(workspace.store, scenario=scenario, **call)
    finally:
        workspace.close()
    said = f"{done.name} is saved, of snapshot {done.snapshot}."
    emit(session, _saved(scenario, str(month)), lambda console: console.print(said))


def compare_scenarios(
    context: typer.Context, names: Annotated[list[str], typer.Argument(metavar="NAME...")]
) -> None:
    """Show scenarios side by side: what each moves, what came of it, and what it alone assumes."""
    from finops.unit_economics.compared import compare
    from finops.unit_economics.scenarios import find

    session = session_of(context)
    workspace = session.open
    try:
        month = economics.latest(session, workspace)
        found = compare([find(workspace, name) for name in names], newest_month=month)
    finally:
        workspace.close()
    rows = [_saved(one.scenario, month) | {"assumes_alone": one.own} for one in found]
    keys = [key for key in rows[0] if key not in {"levers", "assumes_alone"}]
    moved = dict.fromkeys(lever for one in found for lever, _ in one.levers)
    told = [(key, *(row[key] for row in rows)) for key in keys]
    told += [(lever, *(dict(one.levers).get(lever, "") for one in found)) for lever in moved]
    columns = ("What", *(one.scenario.name for one in found))
    emit(session, {"scenarios": rows}, lambda console: console.print(table(columns, told)))


def raise_scenario(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    *,
    comment: Annotated[str, typer.Option(metavar="TEXT", help="What shall be decided.")] = "",
    meeting: Annotated[str, typer.Option(metavar="M", help="The next if not said.")] = "",
) -> None:
    """Put a scenario before the review meeting, with its snapshot and what is assumed."""
    from finops.operations.proposed import put_forward
    from finops.unit_economics.compared import compare
    from finops.unit_economics.scenarios import find

    session = session_of(context)
    workspace = session.open
    call: Call = {"actor": session.actor, "at": session.moment, "origin": "cli", "key": None}
    try:
        month = economics.latest(session, workspace)
        (one,) = compare([find(workspace, name)], newest_month=month)
        kept = put_forward(workspace, one, comment=comment, meeting=meeting, call=call)
    finally:
        workspace.close()
    document = {"key": kept.key, "scenario": one.scenario.name, "stale": one.stale}
    said = f"{one.scenario.name} is on the agenda as {kept.key}."
    emit(session, document, lambda console: console.print(said))


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
