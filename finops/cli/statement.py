"""`finops statement`: what one team is shown of a month."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from dataclasses import replace
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.month import allocated
from finops.cli.month import chosen
from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of
from finops.core.amount import EXACT
from finops.core.amount import minor_unit

if TYPE_CHECKING:
    from decimal import Decimal

    from rich.console import Console

    from finops.access.workspace import Workspace
    from finops.cli.session import Session
    from finops.reporting.statement import Statement


def statement(
    context: typer.Context,
    team: Annotated[str, typer.Argument(metavar="TEAM", help="A team's id, or UNALLOCATED.")],
    *,
    period: Annotated[
        str, typer.Option(metavar="PERIOD", help="A month; the latest if not said.")
    ] = "",
) -> None:
    """Tell a team what it bears of a month, line by line, beside the month before and a budget."""
    session = session_of(context)
    with closing(session.open) as workspace:
        found, missing = _found(session, workspace, team, period)
    body = asdict(found) | {"chargeback": {"ready": not missing, "lacks": missing}}
    emit(session, body, lambda console: _show(console, found, missing))


def _found(
    session: Session, workspace: Workspace, team: str, period: str
) -> tuple[Statement, tuple[str, ...]]:
    from finops import invoicing
    from finops.access.scope import viewer_of
    from finops.ingestion.budgets import budgets_of
    from finops.measures import Query
    from finops.reporting.chargeback import lacks
    from finops.reporting.statement import statement as told

    dataset = workspace.dataset(viewer_of(session.actor))
    month = chosen(dataset, period)
    asked = Query(measures=("EffectiveCost",), period=month)
    (now,) = allocated(workspace, dataset, asked)[1]
    (before,) = allocated(workspace, dataset, replace(asked, period=month.plus(-1)))[1]
    budgets = budgets_of(workspace, dataset.snapshot)
    found = told(now, before, team=team, budgets=budgets)
    books = invoicing.books_of(workspace, dataset.snapshot)
    return found, lacks(invoicing.reconcile(dataset, books, month).state, now)


def _show(console: Console, found: Statement, missing: tuple[str, ...]) -> None:
    def posted(number: Decimal) -> Decimal:
        return number.quantize(minor_unit(found.currency), context=EXACT)

    console.print(f"Statement of {found.team} for {found.period}, in {found.currency}.")
    rows = [(one.says, posted(one.amount), posted(one.before)) for one in found.lines]
    rows.append(("Total", posted(found.total), posted(found.before)))
    console.print(table(("Line", "Amount", "Month before"), rows))
    if found.budget is not None:
        console.print(f"Budget: {posted(found.budget):,f} {found.currency}.")
    ready = "Chargeback may be made." if not missing else f"No chargeback: {'; '.join(missing)}."
    console.print(ready)
