"""`finops invoices`, `finops reconcile`, `finops commitments`: does the month tie?"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of
from finops.core.amount import shortest
from finops.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from finops.cli.session import Session
    from finops.invoicing import Reconciliation
    from finops.invoicing.differences import Difference
    from finops.invoicing.exchange_gain import ExchangeGain
    from finops.invoicing.restatements import Restatement

NOT_KNOWN = "not known"


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
    period: Annotated[
        str, typer.Option(metavar="PERIOD", help="A month; the latest if not said.")
    ] = "",
) -> None:
    """Say whether invoices, usage and commitments of a month are one."""
    session = session_of(context)
    report = _report(session, period)
    emit(session, document(report), lambda console: _show(console, report))
    if not report.ties:
        raise typer.Exit(1)


def commitments(
    context: typer.Context,
    period: Annotated[
        str, typer.Option(metavar="PERIOD", help="A month; the latest if not said.")
    ] = "",
) -> None:
    """Show each commitment's ledger: bought, used, unused, refunded, left."""
    if context.invoked_subcommand:
        return
    session = session_of(context)
    report = _report(session, period)
    told = {"period": report.period, "commitments": document(report)["commitments"]}
    nothing = f"No commitment had a charge up to {report.period}."
    said = _ledger(report) if report.commitments else nothing
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


def document(report: Reconciliation) -> dict[str, object]:
    """The reconciliation as the JSON document that the contract promises."""
    return {
        "period": report.period,
        "state": report.state,
        "snapshot": report.snapshot,
        "ties": report.ties,
        "undelivered": [one.invoice_id for one in report.undelivered],
        "invoices": [asdict(one) for one in report.invoices],
        "bridge": [asdict(one) for one in report.bridge],
        "commitments": [asdict(one) for one in report.commitments],
        "prices": [asdict(one) for one in report.prices],
        "prepaid": [
            asdict(one) | {"check": asdict(one.check) | {"holds": one.check.holds}}
            for one in report.prepaid
        ],
        "splits": [asdict(one) for one in report.splits],
        "fx": [asdict(one) for one in report.fx],
        "accrual": [asdict(one) for one in report.accrual],
        "restatements": [asdict(one) for one in _restatements(report)],
        "axes": [
            asdict(one) | {"invoiced": one.invoiced, "incurred": one.incurred, "holds": one.holds}
            for one in report.axes
        ],
    }


def _restatements(report: Reconciliation) -> tuple[Restatement, ...]:
    return report.restatements.listed if report.restatements else ()


def _report(session: Session, period: str) -> Reconciliation:
    from finops import invoicing
    from finops.access.scope import viewer_of
    from finops.core.period import BillingPeriod

    workspace = session.open
    try:
        dataset = workspace.dataset(viewer_of(session.actor))
        months = [part.month for part in dataset.snapshot.charges]
        if not (period or months):
            message = "There are no charges to reconcile."
            raise UsageError(message, remedy="Bring a bill with `finops import FILE`.")
        books = invoicing.books_of(workspace, dataset.snapshot)
        return invoicing.reconcile(dataset, books, BillingPeriod.parse(period or max(months)))
    finally:
        workspace.close()


def _show(console: Console, report: Reconciliation) -> None:
    known = [one for one in report.invoices if one.has_invoice]
    tied = sum(one.tied for one in known)
    says = "ties" if report.state == "reconciled" else "ties so far"
    says = says if report.ties else "does not tie"
    console.print(f"{report.period} {says}: {tied} of {len(known)} invoices; {report.state}.")
    _show_missing(console, report)
    columns = ("Issuer", "Invoice", "Currency", "Invoiced", "Billed", "Difference", "Status")
    rows = [
        (m.issuer, m.invoice_id, m.currency, m.invoiced, m.billed, m.difference, m.status.value)
        for m in report.invoices
    ]
    console.print(table(columns, rows))
    for match in report.invoices:
        if match.note:
            console.print(f"  {match.invoice_id}: {match.note}")
        for one in match.explained:
            also = f" Fits as well: {'; '.join(one.instead)}." if one.instead else ""
            said = f"{one.said}{_at(one)}{also}"
            console.print(f"  {match.invoice_id}: {shortest(one.amount):,f} {one.reason}. {said}")
        if match.unexplained:
            console.print(f"  {match.invoice_id}: {shortest(match.unexplained):,f} UNEXPLAINED")
    for told in _restatements(report):
        console.print(
            f"  Restatement of {told.month}, booked in {told.booked_in}: {told.rows} adjustments, "
            f"{shortest(told.amount):,f} {told.currency} ({', '.join(told.kinds)}); "
            f"{told.import_id}."
        )
    for walk in (report.bridge, report.prices):
        steps = [(one.currency, one.step, one.amount) for one in walk]
        console.print(table(("Currency", "Step", "Amount"), steps))
    for gain in report.fx:
        console.print(_gained(gain))


def _at(one: Difference) -> str:
    """The rates that make a difference FX."""
    from finops.invoicing.differences import RATE

    rates = [value for name, value in one.evidence if name == RATE]
    return f"At {rates[1]} instead of {rates[0]}." if rates else ""


def _gained(gain: ExchangeGain) -> str:
    """What the rates did to a foreign invoice, in a line; what is missing where it is not known."""
    if gain.net is None:
        return f"  {gain.invoice_id}: FX not known; bring {' and '.join(gain.missing)}."
    word = "loss" if gain.net < 0 else "gain"
    amount = f"{abs(shortest(gain.net)):,f} {gain.reporting}"
    return f"  {gain.invoice_id}: FX {word} {amount} if settled on its due date, {gain.due}."


def _show_missing(console: Console, report: Reconciliation) -> None:
    """Say what is not there yet, and keeps the month from being reconciled."""
    from finops.invoicing.periods import unsettled

    for match in report.undelivered:
        accounts = ", ".join(str(one.evidence[-1][1]) for one in match.undelivered)
        console.print(f"A delivery is missing: {match.invoice_id} asks for account {accounts}.")
    for match in unsettled(report.invoices):
        if match.status.value == "NO_INVOICE":
            whose = f"{match.issuer} {match.invoice_id}".strip()
            console.print(
                f"An invoice is missing: {whose}, {shortest(match.billed):,f} {match.currency}."
            )
    for split in report.splits:
        amount = f"{shortest(split.parts):,f} {split.currency}"
        console.print(f"Whole and in parts: {split.resource}, {amount} in {split.charges} parts.")


def _ledger(report: Reconciliation) -> object:
    columns = (
        "Commitment",
        "Currency",
        "Opening",
        "Purchased",
        "Used",
        "Unused",
        "Refunded",
        "Closing",
        "Utilization",
        "Term ends",
        "Status",
    )
    rows = [
        (
            one.id,
            one.currency,
            _known(one.opening),
            one.purchased,
            one.used,
            one.unused,
            one.refunded,
            _known(one.closing),
            _known(one.utilization),
            one.term_end or NOT_KNOWN,
            one.status.value,
        )
        for one in report.commitments
    ]
    return table(columns, rows)


def _known(amount: object) -> object:
    return NOT_KNOWN if amount is None else amount
