"""`finops journal`: what finance posts for a month, in debits and credits."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of
from finops.core.amount import EXACT
from finops.core.amount import minor_unit

if TYPE_CHECKING:
    from rich.console import Console

    from finops.cli.session import Session
    from finops.invoicing.journal import Journal


def journal(
    context: typer.Context,
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="A billing month, YYYY-MM.")],
    *,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write its lines as .csv or .xlsx.")
    ] = None,
    post: Annotated[
        bool, typer.Option("--post", help="Post it; what changed is reversed.")
    ] = False,
    provisional: Annotated[
        bool, typer.Option("--provisional", help="Post a month that is not reconciled.")
    ] = False,
) -> None:
    """Show, write or post the journal of a month; debits and credits that equal its invoices."""
    from finops.invoicing.posted import post as command

    session = session_of(context)
    workspace = session.open
    try:
        found = _found(session, period)
        if post:
            command(
                workspace.store,
                actor=session.actor,
                at=session.moment,
                origin="cli",
                shown=found,
                provisional=provisional,
            )
            found = _found(session, period)
    finally:
        workspace.close()
    if out:
        _write(session, found, out)
    emit(session, document(found, out), lambda console: _show(console, found, out))
    if not found.balances:
        raise typer.Exit(1)


def _found(session: Session, period: str) -> Journal:
    from finops.access.scope import viewer_of
    from finops.core.period import BillingPeriod
    from finops.invoicing.posting import Accounts
    from finops.operations.recharging import journal_of
    from finops.operations.standing import Terms

    settings = session.settings
    return journal_of(
        session.open,
        session.open.dataset(viewer_of(session.actor)),
        BillingPeriod.parse(period),
        accounts=Accounts.of(settings.journal_accounts),
        today=session.today,
        terms=Terms(settings.statement_quiet_days, settings.chargeback_quiet_months),
    )


def _write(session: Session, found: Journal, out: Path) -> None:
    from finops.reporting import journal_table
    from finops.reporting.exports import exported

    told = journal_table.about(found, by=session.actor.name, on=session.today)
    kind, rows = out.suffix.lstrip(".").lower(), journal_table.rows(found)
    out.write_bytes(exported(journal_table.COLUMNS, rows, kind=kind, about=told))


def document(found: Journal, out: Path | None = None) -> dict[str, object]:
    """The journal as the JSON document of the command."""
    return {
        "period": found.period,
        "state": found.state,
        "mark": found.mark,
        "snapshot": found.snapshot,
        "version": found.version,
        "posted": found.posted,
        "source": found.source,
        "balances": found.balances,
        "entries": [
            asdict(one) | {"debits": one.debits, "credits": one.credits} for one in found.entries
        ],
        "recharged": [asdict(one) | {"rate": one.rate} for one in found.recharged],
        "file": out,
    }


def _show(console: Console, found: Journal, out: Path | None) -> None:
    word = "posted" if found.posted else "not posted yet"
    holds = "balances" if found.balances else "does not balance"
    console.print(
        f"Journal of {found.period}, version {found.version}, {word}: "
        f"{len(found.entries)} entries; it {holds}; the month is {found.state}."
    )
    for one in found.entries:
        title = f"{one.id} {one.day} {one.kind}: {one.subject}, {one.currency}"
        lines = [(n.account, n.cost_center, n.debit, n.credit, n.memo) for n in one.lines]
        columns = ("Account", "Cost center", "Debit", "Credit", "Memo")
        console.print(table(columns, lines, title=title))
    for told in found.recharged:
        if told.rate is not None:
            console.print(f"Recharged to cost centers: {told.rate:.2%} in {told.currency}.")
        waits = [(w.cost_center, w.amount.quantize(minor_unit(told.currency), context=EXACT),
                  "; ".join(w.lacks)) for w in told.waiting]  # fmt: skip
        if waits:
            missing = ("Cost center", "Amount", "What is missing")
            console.print(table(missing, waits, title=f"Not recharged yet, {told.currency}"))
    if out:
        console.print(f"Written to {out}.")
