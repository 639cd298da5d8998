"""`finops target`: what one unit may cost, proposed by product and agreed by engineering."""

from __future__ import annotations

from typing import Annotated
from typing import Any
from typing import TYPE_CHECKING

import typer

from finops.cli import economics
from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of
from finops.core.amount import number_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from finops.unit_economics.targets import Target
    from finops.unit_economics.targets import TargetKept
    from finops.unit_economics.tracked import Tracked

Name = Annotated[str, typer.Argument(metavar="PRODUCT")]
Amount = Annotated[str, typer.Argument(metavar="AMOUNT", help="For one unit, such as 0.18.")]
First = Annotated[str, typer.Option("--from", metavar="PERIOD", help="The latest if not said.")]


def propose(
    context: typer.Context,
    product: Name,
    amount: Amount,
    *,
    first: First = "",
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why it should hold.")] = "",
) -> None:
    """Propose, for product, what one unit may cost from a month on."""
    from finops.unit_economics import targets

    _keep(context, (product, amount, first, reason), targets.propose)


def agree(context: typer.Context, product: Name, amount: Amount, *, first: First = "") -> None:
    """Agree, for engineering, to what was proposed: only then is it a contract."""
    from finops.unit_economics import targets

    _keep(context, (product, amount, first, ""), targets.agree)


def list_targets(context: typer.Context) -> None:
    """Show every unit-cost contract, and what waits for engineering to agree."""
    from finops.unit_economics.targets import targets

    session = session_of(context)
    workspace = session.open
    try:
        found = targets(workspace)
    finally:
        workspace.close()
    rows = [document(one) for one in found]
    told: object = "No target is proposed yet. Propose one with `finops target propose`."
    if rows:
        columns = ("product", "unit", "from", "target", "currency", "proposed_by", "agreed_by")
        told = table(columns, [tuple(row[name] for name in columns) for row in rows])
    emit(session, {"targets": rows}, lambda console: console.print(told))


def document(one: Target) -> dict[str, Any]:
    """A target as it is told."""
    return {
        "product": one.product,
        "unit": one.unit,
        "from": one.month,
        "target": one.amount,
        "currency": one.currency,
        "reason": one.reason,
        "proposed_by": one.proposed_by,
        "agreed_by": one.agreed_by,
    }


def month_document(one: Tracked) -> dict[str, Any]:
    """A month under a contract: what a unit cost, how far off, and whose part the change is."""
    over = one.over
    return {
        "period": one.month.period,
        "target": one.contract.amount,
        "average": one.month.average,
        "over": over,
        "kept": None if over is None else over <= 0,
        "why": dict(one.why.parts) if one.why else None,
    }


def _keep(
    context: typer.Context,
    told: tuple[str, str, str, str],
    command: Callable[..., TargetKept],
) -> None:
    """Do one of the two commands, and say what came of it."""
    from finops.unit_economics.targets import Target

    product, amount, first, reason = told
    session = session_of(context)
    workspace = session.open
    try:
        found, month = economics.found(session, workspace, first)
        name, unit = economics.one(found, product)
        target = Target(
            product=name,
            unit=unit,
            month=str(month),
            amount=number_of(amount, what="amount for one unit", remedy="Write it as 0.18."),
            currency=found.organization.reporting_currency,
            reason=reason,
        )
        call: dict[str, Any] = {"actor": session.actor, "at": session.moment, "origin": "cli"}
        kept = command(workspace.store, target=target, **call)
    finally:
        workspace.close()
    state = "a contract" if kept.agreed else "proposed; engineering has to agree"
    said = f"{amount} {target.currency} for one of the {unit} of {name} from {month} is {state}."
    emit(session, document(target) | {"agreed": kept.agreed}, lambda console: console.print(said))
