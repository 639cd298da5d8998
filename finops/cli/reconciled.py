"""How a reconciled month is told on the command line: as one document, and to people."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from finops.cli.printing import table
from finops.core.amount import shortest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from finops.invoicing import Reconciliation
    from finops.invoicing.differences import Difference
    from finops.invoicing.exchange_gain import ExchangeGain
    from finops.invoicing.restatements import Restatement
    from finops.invoicing.true_ups import Settled

NOT_KNOWN = "not known"


def document(report: Reconciliation, settled: Iterable[Settled] = ()) -> dict[str, object]:
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
        "true_ups": [asdict(one) for one in settled],
        "restatements": [asdict(one) for one in _restatements(report)],
        "axes": [
            asdict(one) | {"invoiced": one.invoiced, "incurred": one.incurred, "holds": one.holds}
            for one in report.axes
        ],
    }


def _restatements(report: Reconciliation) -> tuple[Restatement, ...]:
    return report.restatements.listed if report.restatements else ()


def show(console: Console, report: Reconciliation) -> None:
    """Whether the month ties, then what is missing, every invoice, and the walks that foot."""
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


def trued_up(one: Settled) -> str:
    """What the invoices differ from the accrual, in a line."""
    share = "" if one.share is None else f" ({one.share:.2%} of it)"
    amounts = (f"{shortest(n):,f}" for n in (one.accrued, one.actual, one.amount))
    accrued, actual, amount = amounts
    told = f"accrued {accrued}, asked for {actual}"
    return f"  True-up of {one.issuer}: {amount} {one.currency}{share}; {told}."


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


def ledger(report: Reconciliation) -> object:
    """The ledger of each commitment, as a table."""
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
