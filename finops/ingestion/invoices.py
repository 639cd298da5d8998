"""Invoices come in by file or typed: headers as csv or xlsx, one invoice a line."""

from __future__ import annotations

import csv
import re
from dataclasses import asdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from decimal import InvalidOperation
from typing import Any
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.errors import InputError
from finops.focus.raw import Kind
from finops.ingestion import focus_files
from finops.ingestion import ingest
from finops.ingestion.commit import republish
from finops.ingestion.report import Status
from finops.records.models import InvoiceHeader

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from finops.access.actor import Actor
    from finops.access.command import Transaction
    from finops.access.workspace import Workspace

NEEDED = (
    "InvoiceIssuerName",
    "InvoiceId",
    "BillingPeriodStart",
    "Currency",
    "NetAmount",
    "TaxAmount",
    "PayableAmount",
)
"""The columns of a file of invoice headers, all of them."""

OPTIONAL = (
    "BillingAccountId",
    "InvoiceIssueDate",
    "PaymentDueDate",
    "ReferenceInvoiceId",
    "InvoiceIssueStatus",
    "Lines",
)
STATUSES = ("Issued", "Voided", "Open")
_TIME = re.compile(r"[T ].*")
_CURRENCY = re.compile(r"[A-Z]{3}")


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
    """Keep invoices; one of the same issuer, number, account and month is replaced from now on."""
    for header in headers:
        told: dict[str, Any] = asdict(header)
        told |= {name: str(told[name]) for name in ("net", "tax", "payable")}
        row = InvoiceHeader(revision=transaction.revision, file=file, **told)
        transaction.session.add(row)
    snapshot = republish(transaction)
    transaction.record(subject=file, after={"invoices": len(headers), "snapshot": snapshot})
    return InvoicesAdded(len(headers), snapshot)


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
    with path.open("rb") as file:
        is_xlsx = file.read(4) == b"PK\x03\x04"
    rows = _xlsx(path) if is_xlsx else _csv(path)
    if not rows:
        message = f"{path.name}: the file is empty."
        raise InputError(message)
    header = [str(name).strip() for name in rows[0]]
    if missing := [name for name in NEEDED if name not in header]:
        message = f"{path.name} line 1: the column {missing[0]} is missing."
        raise InputError(message, remedy="A file of invoices has " + ", ".join(NEEDED) + ".")
    found: dict[tuple[str, ...], Header] = {}
    for number, row in enumerate(rows[1:], start=2):
        if any(_text(cell) for cell in row):
            place = f"{path.name} line {number}"
            one = _header(dict(zip(header, row, strict=False)), place)
            key = (one.issuer, one.invoice_id, one.account, one.month)
            if found.setdefault(key, one) is not one:
                raise _wrong(place, "InvoiceId", one.invoice_id, "each invoice once")
    return tuple(found.values())


def _csv(path: Path) -> Sequence[Sequence[object]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))
    except (UnicodeDecodeError, csv.Error) as error:
        message = f"{path.name} cannot be read as csv: {error}."
        raise InputError(message, remedy="Save it as csv in UTF-8, or as xlsx.") from error


def _xlsx(path: Path) -> Sequence[Sequence[object]]:
    # Loaded only for the rare workbook.
    from python_calamine import CalamineError  # noqa: PLC0415
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    try:
        return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    except CalamineError as error:
        message = f"{path.name} cannot be read as xlsx: {error}."
        raise InputError(message, remedy="Save it as xlsx again, or as csv.") from error


def _header(line: Mapping[str, object], place: str) -> Header:
    told = {name: _text(line.get(name)) for name in (*NEEDED, *OPTIONAL)}
    for name in ("InvoiceIssuerName", "InvoiceId"):
        if not told[name]:
            raise _wrong(place, name, "", "a value")
    if not _CURRENCY.fullmatch(told["Currency"]):
        raise _wrong(place, "Currency", told["Currency"], "a currency code such as EUR")
    days = {
        name: _day(told[name], place, name)
        for name in ("BillingPeriodStart", "InvoiceIssueDate", "PaymentDueDate")
    }
    if not days["BillingPeriodStart"]:
        raise _wrong(place, "BillingPeriodStart", "", "a day as YYYY-MM-DD")
    status = told["InvoiceIssueStatus"] or "Issued"
    if status not in STATUSES:
        raise _wrong(place, "InvoiceIssueStatus", status, "one of " + ", ".join(STATUSES))
    net, tax, payable = (
        _amount(told[name], place, name) for name in ("NetAmount", "TaxAmount", "PayableAmount")
    )
    if net + tax != payable:
        raise _wrong(place, "PayableAmount", told["PayableAmount"], f"net and tax, {net + tax}")
    return Header(
        issuer=told["InvoiceIssuerName"],
        invoice_id=told["InvoiceId"],
        account=told["BillingAccountId"],
        month=days["BillingPeriodStart"][:7],
        currency=told["Currency"],
        net=net,
        tax=tax,
        payable=payable,
        lines=_lines(told["Lines"], place),
        status=status,
        issued=days["InvoiceIssueDate"],
        due=days["PaymentDueDate"],
        reference=told["ReferenceInvoiceId"],
    )


def _text(cell: object) -> str:
    """A cell as text; what a workbook holds as a float is told by its shortest digits."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}".removesuffix(".0")
    return str(cell).strip()


def _day(text: str, place: str, column: str) -> str:
    """A day as it stands, without the time of day that a workbook adds."""
    if not text:
        return ""
    try:
        return date.fromisoformat(_TIME.sub("", text)).isoformat()
    except ValueError as error:
        raise _wrong(place, column, text, "a day as YYYY-MM-DD") from error


def _lines(text: str, place: str) -> int:
    number = _amount(text or "1", place, "Lines")
    if number < 1 or number != number.to_integral_value():
        raise _wrong(place, "Lines", text, "a whole number, 1 or more")
    return int(number)


def _amount(text: str, place: str, column: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise _wrong(place, column, text, "a number such as 1234.56") from error
    if not value.is_finite():
        raise _wrong(place, column, text, "a number such as 1234.56")
    return value


def _wrong(place: str, column: str, value: str, expected: str) -> InputError:
    message = f"{place}, {column} {value!r}: expected {expected}."
    return InputError(message, remedy="No invoice of this file was taken.")
