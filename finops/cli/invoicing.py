"""`finops invoices`, `finops reconcile`, `finops commitments`: does the month tie?"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli import reconciled
from finops.cli.month import Period
from finops.cli.printing import emit
from finops.cli.session import session_of
from finops.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from finops.cli.session import Session
    from finops.invoicing import Reconciliation
    from finops.invoicing.true_ups import Settled


def add(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Headers (csv, xlsx) or InvoiceDetail.")
    ],
) -> None:
    """Add invoices: headers, or a FOCUS 1.4 InvoiceDetail file."""
    from finops.ingestion import invoices

    session = session_of(context)
    workspace = session.open
    try:
        done = invoices.bring(workspace, file, actor=session.actor, at=session.moment)
    finally:
        workspace.close()
    said = f"{done.invoices} invoices added."
    emit(session, asdict(done), lambda console: console.print(said))


def explain(
    context: typer.Context,
    invoice: Annotated[str, typer.Argument(metavar="INVOICE", help="The invoice's number.")],
    amount: Annotated[str, typer.Option(metavar="A", help="Signed as invoiced less billed.")],
    reason: Annotated[str, typer.Option(metavar="R", help="What it is.")],
    evidence: Annotated[str, typer.Option(metavar="E", help="How that is known.")],
    period: Annotated[str, typer.Option(metavar="PERIOD", help="The billing month.")] = "",
    issuer: Annotated[str, typer.Option(metavar="I", help="Whose, if two have that number.")] = "",
) -> None:
    """Say what a part of an invoice's difference is; it goes on the record."""
    from finops.invoicing import explanations

    session = session_of(context)
    workspace = session.open
    try:
        done = explanations.say(
            workspace,
            explanations.Claim(
                invoice_id=invoice,
                month=period,
                reason=reason,
                amount=explanations.amount_of(amount),
                evidence=evidence,
                issuer=issuer,
            ),
            actor=session.actor,
            at=session.moment,
        )
    finally:
        workspace.close()
    emit(session, asdict(done), lambda console: console.print(f"Kept as {done.key}."))


def reconcile(
    context: typer.Context,
    period: Period = "",
) -> None:
    """Say whether invoices, usage and commitments of a month are one."""
    session = session_of(context)
    report, settled = _report(session, period)

    def human(console: Console) -> None:
        reconciled.show(console, report)
        for one in settled:
            console.print(reconciled.trued_up(one))

    emit(session, reconciled.document(report, settled), human)
    if not report.ties:
        raise typer.Exit(1)


def commitments(
    context: typer.Context,
    period: Period = "",
) -> None:
    """Show each commitment's ledger: bought, used, unused, refunded, left."""
    if context.invoked_subcommand:
        return
    session = session_of(context)
    report, _ = _report(session, period)
    told = {"period": report.period, "commitments": reconciled.document(report)["commitments"]}
    nothing = f"No commitment had a charge up to {report.period}."
    said = reconciled.ledger(report) if report.commitments else nothing
    emit(session, told, lambda console: console.print(said))


def opening(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CommitmentDiscountId, Period, Amount, Currency.")
    ],
) -> None:
    """Bring prepaid balances of commitments that were bought before the first bill."""
    from finops.invoicing import openings

    session = session_of(context)
    workspace = session.open
    try:
        told = openings.read(file)
        done = openings.add_openings(
            workspace.store,
            actor=session.actor,
            at=session.moment,
            origin="cli",
            openings=told,
            file=file.name,
        )
    finally:
        workspace.close()
    emit(session, asdict(done), lambda console: console.print(f"{done.openings} balances added."))


def _report(session: Session, period: str) -> tuple[Reconciliation, tuple[Settled, ...]]:
    """A month as it is reconciled, and what its invoices differ from their posted accruals."""
    from finops import invoicing
    from finops.access.scope import viewer_of
    from finops.core.period import BillingPeriod
    from finops.invoicing.posted import postings
    from finops.invoicing.true_ups import true_ups

    workspace = session.open
    try:
        dataset = workspace.dataset(viewer_of(session.actor))
        months = [part.month for part in dataset.snapshot.charges]
        if not (period or months):
            message = "There are no charges to reconcile."
            raise UsageError(message, remedy="Bring a bill with `finops import FILE`.")
        books = invoicing.books_of(workspace, dataset.snapshot)
        found = invoicing.reconcile(dataset, books, BillingPeriod.parse(period or max(months)))
        return found, true_ups(found, postings(workspace, str(found.period)))
    finally:
        workspace.close()
