"""`finops roi`: what the practice saves for what it costs, and what leadership wants of it."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of
from finops.core.amount import number_of

if TYPE_CHECKING:
    from decimal import Decimal

    from rich.console import Console

    from finops.access.command import Call
    from finops.assessment.roi import Roi
    from finops.cli.session import Session


def roi(context: typer.Context) -> None:
    """Show what still holds, a year, for what the practice costs: hard reductions first."""
    if context.invoked_subcommand:
        return
    from finops.access.scope import viewer_of
    from finops.assessment.roi import roi as told

    session = session_of(context)
    with closing(session.open) as workspace:
        dataset = workspace.dataset(viewer_of(session.actor))
        found = told(workspace, dataset, today=session.today)
    emit(session, document(found), lambda console: _show(console, found))


def cost(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="WHAT", help="Such as 'FinOps people'.")],
    *,
    period: Annotated[str, typer.Option(metavar="PERIOD", help="The month, YYYY-MM.")],
    hours: Annotated[str, typer.Option(metavar="N", help="Hours of people …")] = "0",
    rate: Annotated[str, typer.Option(metavar="AMOUNT", help="… at this rate.")] = "0",
    amount: Annotated[str, typer.Option(metavar="AMOUNT", help="Or an amount.")] = "0",
) -> None:
    """Enter what the practice cost in a month: people's hours, or a tool."""
    from finops.assessment.programme import add_cost
    from finops.assessment.programme import Cost

    session = session_of(context)
    with closing(session.open) as workspace:
        entered = Cost(
            month=period,
            what=what,
            amount=_number(amount),
            hours=_number(hours),
            rate=_number(rate),
            currency=workspace.organization().reporting_currency,
        )
        kept = add_cost(workspace.store, **_call(session), cost=entered)
    told = f"{kept.name}: {kept.amount:,f} {entered.currency}."
    emit(session, kept.__dict__, lambda console: console.print(told))


def target(
    context: typer.Context,
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help="Saved a year by what holds.")],
) -> None:
    """Set what should be saved a year, for leadership."""
    from finops.assessment.programme import set_target
    from finops.assessment.programme import Target

    session = session_of(context)
    with closing(session.open) as workspace:
        wanted = Target(
            amount=_number(amount), currency=workspace.organization().reporting_currency
        )
        kept = set_target(workspace.store, **_call(session), target=wanted)
    told = f"{kept.amount:,f} {wanted.currency} a year is the target."
    emit(session, kept.__dict__, lambda console: console.print(told))


def document(found: Roi) -> dict[str, object]:
    """The return as JSON tells it; shares as fractions, null where no cost was entered."""
    goal = found.target
    return {
        "currency": found.currency,
        "annualized": found.hard,
        "avoidance": found.avoided,
        "one_offs": found.one_off,
        "cost": found.cost,
        "months_with_cost": found.costed,
        "roi": found.share,
        "roi_with_avoidance": found.with_avoided,
        "payback_months": found.payback,
        "target": goal.amount if goal else None,
        "target_reached": found.reached,
        "months": [one._asdict() for one in found.months],
    }


def percent(number: Decimal | None) -> str:
    """A share for people; what cannot be told is said so."""
    return "not known: enter what the practice costs" if number is None else f"{number:+.2%}"


def _show(console: Console, found: Roi) -> None:
    console.print(
        f"{found.hard:,.2f} {found.currency} a year still holds, for {found.cost:,.2f} of cost in "
        f"{found.costed} months: return {percent(found.share)}."
    )
    rows = [
        ("With avoidance", f"{found.avoided:,.2f} a year more", percent(found.with_avoided)),
        ("One-offs", f"{found.one_off:,.2f} once", ""),
        ("Payback", f"{found.payback:,.1f} months" if found.payback else "never", ""),
    ]
    if found.target:
        rows.append(("Target", f"{found.target.amount:,.2f} a year", f"{found.reached:.1%} of it"))
    console.print(table(("", "", ""), rows))
    heads = ("Month", "Reduction", "Avoidance", "One-offs", "Cost")
    months = [(one.month, *(f"{n:,.2f}" for n in one[1:])) for one in found.months if any(one[1:])]
    console.print(table(heads, months) if months else "No month has anything verified yet.")


def _number(text: str) -> Decimal:
    return number_of(text, what="amount", remedy="Write it as 120.50.")


def _call(session: Session) -> Call:
    return {"actor": session.actor, "at": session.moment, "origin": "cli", "key": None}
