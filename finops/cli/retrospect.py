"""`finops review retrospective`: a sprint's or a month's events beside what cost and units did."""

from __future__ import annotations

from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.printing import emit
from finops.cli.printing import money
from finops.cli.printing import table
from finops.cli.session import session_of

if TYPE_CHECKING:
    from rich.console import Console

    from finops.operations.retrospective import Retrospective

Team = Annotated[str, typer.Option(metavar="TEAM", help="Whose; everybody's if not said.")]
Of = Annotated[
    str, typer.Option("--of", metavar="NAME", help="A sprint or a month; else the last that ended.")
]


def retrospective(context: typer.Context, *, team: Team = "", of: Of = "") -> None:
    """Show what happened in a sprint or a month beside what cost and unit costs did.

    A decision that comes out of it names it: `finops review decide --retrospective NAME`.
    """
    from finops.access.scope import viewer_of
    from finops.operations.retrospective import of_workspace
    from finops.operations.spans import named
    from finops.operations.spans import spans_of

    session = session_of(context)
    workspace = session.open
    try:
        dataset = workspace.dataset(viewer_of(session.actor))
        every = spans_of(dataset, team, session.today)
        found = of_workspace(workspace, dataset, named(every, of))
    finally:
        workspace.close()
    emit(session, _document(found), lambda console: _show(console, found))


def _document(found: Retrospective) -> dict[str, object]:
    return {
        "retrospective": found.span.key,
        "team": found.span.team,
        "start": found.span.days.start,
        "last": found.span.days.last,
        "whole": found.whole,
        "currency": found.currency,
        "before": found.start,
        "after": found.end,
        "steps": [{"cause": str(one.cause), "amount": one.amount} for one in found.steps],
        "units": [one._asdict() for one in found.units],
        "events": [
            {
                "day": one.event.day,
                "team": one.event.team,
                "kind": one.event.kind.value,
                "text": one.event.text,
                "per_day_before": one.before,
                "per_day_after": one.after,
            }
            for one in found.events
        ],
        "decisions": [{"key": one.key, "choice": one.choice} for one in found.decided],
        "snapshot": found.snapshot,
    }


def _show(console: Console, found: Retrospective) -> None:
    days, currency = found.span.days, found.currency
    console.print(f"{found.span.key}, {days.start} to {days.last}", markup=False)
    gap = "" if found.whole else f"; charges reach to {found.last}"
    console.print(f"Cost: {money(found.end)} {currency}, before {money(found.start)}{gap}.")
    steps = ((str(one.cause), money(one.amount)) for one in found.steps)
    console.print(table(("Cause", currency), steps))
    units = ((one.product, one.unit, _told(one.before), _told(one.after)) for one in found.units)
    console.print(table(("Product", "Unit", "Before", "Now"), units))
    events = (
        (one.event.day, one.event.team, one.event.text, _told(one.before), _told(one.after))
        for one in found.events
    )
    console.print(table(("Day", "Team", "Event", "A day before", "A day after"), events))
    decided = ((one.key, one.choice) for one in found.decided)
    console.print(table(("Decision", "Choice"), decided))


def _told(amount: object) -> str:
    """An amount to four digits; nothing where it is not known."""
    return "" if amount is None else f"{amount:,.4f}"
