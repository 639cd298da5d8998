"""Invoices come in by file or typed: headers as csv or xlsx, one invoice a line."""

from __future__ import annotations

import re
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import fields
from typing import Any
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.errors import InputError
from finops.focus.raw import Kind
from finops.ingestion import cells
from finops.ingestion import focus_files
from finops.ingestion import ingest
from finops.ingestion.commit import republish
from finops.ingestion.record_files import Column
from finops.ingestion.record_files import RecordFile
from finops.ingestion.report import Status
from finops.records.closings import closed_months
from finops.records.closings import refuse_closed
from finops.records.models import InvoiceHeader
from finops.records.revisions import newest

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from decimal import Decimal
    from pathlib import Path

    from finops.access.actor import Actor
    from finops.access.command import Transaction
    from finops.access.workspace import Workspace
    from finops.ingestion.record_files import Line

STATUSES = ("Issued", "Voided", "Open")
_WHOLE = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, kw_only=True)
class Header:
    """An invoice as its header says it: net, tax and payable in one currency.

    `month` is the billing month, `YYYY-MM`. `lines` is how many lines were rounded, each by up to
    half a minor unit. `reference` is the invoice that a credit memo is about.
    """

    issuer: str
    invoice_id: str
    account: str = ""
    month: str
    currency: str
    net: Decimal
    tax: Decimal
    payable: Decimal
    lines: int = 1
    status: str = "Issued"
    issued: str = ""
    due: str = ""
    reference: str = ""


@dataclass(frozen=True)
class InvoicesAdded:
    """How many invoices came in, and the snapshot that has them; none before the first import."""

    invoices: int
    snapshot: str


@command("invoices.add", permission=Permission.WRITE_INVOICES)
def add_invoices(
    transaction: Transaction, *, headers: tuple[Header, ...], file: str
) -> InvoicesAdded:
    """Keep invoices; one of the same issuer, number, account and month is replaced from now on.

    An invoice of a closed month may stand in the file again, as it is.

    Raises:
        Conflict: an invoice of a closed month is new, or is told otherwise.
    """
    session = transaction.session
    closed = closed_months(session)
    there = {_fields(row.model_dump()) for row in newest(session, InvoiceHeader)}
    for header in headers:
        told: dict[str, Any] = asdict(header)
        told |= {name: str(told[name]) for name in ("net", "tax", "payable")}
        if _fields(told) in there:
            continue
        what = f"Invoice {header.invoice_id} of {header.issuer} cannot come in, or change"
        refuse_closed(closed, what=what, month=header.month, issuer=header.issuer)
        session.add(InvoiceHeader(revision=transaction.revision, file=file, **told))
    snapshot = republish(transaction)
    transaction.record(subject=file, after={"invoices": len(headers), "snapshot": snapshot})
    return InvoicesAdded(len(headers), snapshot)


def _fields(told: dict[str, Any]) -> tuple[Any, ...]:
    """What an invoice says, whichever file it came in."""
    return tuple(told[one.name] for one in fields(Header))


def bring(
    workspace: Workspace,
    path: Path,
    *,
    actor: Actor,
    at: datetime,
    origin: str = "cli",
    key: str | None = None,
) -> InvoicesAdded:
    """Bring a file of invoices in, whichever of the two kinds it is.

    With a `key` that was used for the same, nothing is done again.

    Raises:
        InputError: it is neither headers nor a FOCUS 1.4 InvoiceDetail file, or a line is wrong.
    """
    if not path.is_file():
        message = f"{path}: no file there."
        raise InputError(message)
    if _is_detail(path):
        report = ingest.run(workspace, [str(path)], actor=actor, at=at, key=key, origin=origin)[0]
        if report.status is Status.REJECTED:
            raise InputError(report.message)
        return InvoicesAdded(report.rows, report.snapshot)
    headers = read(path)
    body = [asdict(header) for header in headers]
    return add_invoices(
        workspace.store,
        actor=actor,
        at=at,
        origin=origin,
        key=key,
        body=body,
        headers=headers,
        file=path.name,
    )


def _is_detail(path: Path) -> bool:
    try:
        return focus_files.read(path).kind is Kind.INVOICE_DETAIL
    except InputError:
        return False


def read(path: Path) -> tuple[Header, ...]:
    """Read invoice headers from csv or xlsx.

    Raises:
        InputError: a line is no invoice; it is named with column and value, and nothing is taken.
    """
    return FILE.read(path)


def _lines(told: str) -> int:
    if not _WHOLE.fullmatch(told):
        raise cells.Unfit("a whole number, 1 or more")  # noqa: EM101, TRY003
    return int(told)


def _status(told: str) -> str:
    if told not in STATUSES:
        raise cells.Unfit("one of " + ", ".join(STATUSES))
    return told


def _header(line: Line) -> Header:
    net, tax = line["NetAmount"], line["TaxAmount"]
    if net + tax != line["PayableAmount"]:
        line.refuse("PayableAmount", f"net and tax, {net + tax}")
    return Header(
        issuer=line["InvoiceIssuerName"],
        invoice_id=line["InvoiceId"],
        account=line["BillingAccountId"],
        month=str(line["BillingPeriodStart"])[:7],
        currency=line["Currency"],
        net=net,
        tax=tax,
        payable=line["PayableAmount"],
        lines=line["Lines"],
        status=line["InvoiceIssueStatus"],
        issued=str(line["InvoiceIssueDate"]),
        due=str(line["PaymentDueDate"]),
        reference=line["ReferenceInvoiceId"],
    )


_ANY = cells.maybe(cells.text, "")
_DAY: Callable[[str], object] = cells.maybe(cells.day, "")

FILE = RecordFile(
    noun="invoice",
    make=_header,
    key=lambda one: (one.issuer, one.invoice_id, one.account, one.month),
    once="InvoiceId",
    columns=(
        Column("InvoiceIssuerName", example="Example Cloud"),
        Column("InvoiceId", example="INV-1"),
        Column("BillingPeriodStart", cells.day, "2026-10-01"),
        Column("Currency", cells.currency, "USD"),
        Column("NetAmount", cells.amount, "1000.00"),
        Column("TaxAmount", cells.amount, "200.00"),
        Column("PayableAmount", cells.amount, "1200.00"),
        Column("BillingAccountId", _ANY, "1000-2000", needed=False),
        Column("InvoiceIssueDate", _DAY, "2026-11-03", needed=False),
        Column("PaymentDueDate", _DAY, "2026-12-03", needed=False),
        Column("ReferenceInvoiceId", _ANY, needed=False),
        Column("InvoiceIssueStatus", cells.maybe(_status, "Issued"), "Issued", needed=False),
        Column("Lines", cells.maybe(_lines, 1), "1", needed=False),
    ),
)
"""A file of invoice headers, one invoice a line."""
