"""Books: what people and files say beside the charges, as of a snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.ingestion.invoices import Header
from finops.records import models
from finops.records.closings import Closing
from finops.records.closings import closings
from finops.records.revisions import newest

if TYPE_CHECKING:
    from finops.access.workspace import Workspace
    from finops.dataset import Snapshot


@dataclass(frozen=True, kw_only=True)
class Explained:
    """What a person says a part of an invoice's difference is, with the evidence for it."""

    issuer: str
    invoice_id: str
    month: str
    currency: str
    reason: str
    amount: Decimal
    evidence: str
    actor: str
    at: str


@dataclass(frozen=True, kw_only=True)
class Opening:
    """The prepaid balance of a commitment at the start of a month."""

    commitment: str
    month: str
    amount: Decimal
    currency: str


@dataclass(frozen=True, kw_only=True)
class Books:
    """Invoice headers, explanations, opening balances, and how far months are closed.

    A voided header is among them: it takes away what the provider's InvoiceDetail says.
    """

    headers: tuple[Header, ...] = ()
    explained: tuple[Explained, ...] = ()
    openings: tuple[Opening, ...] = ()
    closings: tuple[Closing, ...] = ()


def books_of(workspace: Workspace, snapshot: Snapshot) -> Books:
    """The books as a snapshot knows them."""
    with workspace.store.reading() as session:
        headers = newest(session, models.InvoiceHeader, revision=snapshot.revision)
        said = newest(session, models.Explanation, revision=snapshot.revision)
        openings = newest(session, models.CommitmentOpening, revision=snapshot.revision)
        closed = closings(session, snapshot.revision)
    return Books(
        closings=closed,
        headers=tuple(_header(row) for row in headers),
        explained=tuple(_explained(row) for row in said if Decimal(row.amount)),
        openings=tuple(
            Opening(
                commitment=row.commitment,
                month=row.month,
                amount=Decimal(row.amount),
                currency=row.currency,
            )
            for row in openings
        ),
    )


def _header(row: models.InvoiceHeader) -> Header:
    return Header(
        issuer=row.issuer,
        invoice_id=row.invoice_id,
        account=row.account,
        month=row.month,
        currency=row.currency,
        net=Decimal(row.net),
        tax=Decimal(row.tax),
        payable=Decimal(row.payable),
        lines=row.lines,
        status=row.status,
        issued=row.issued,
        due=row.due,
        reference=row.reference,
    )


def _explained(row: models.Explanation) -> Explained:
    return Explained(
        issuer=row.issuer,
        invoice_id=row.invoice_id,
        month=row.month,
        currency=row.currency,
        reason=row.reason,
        amount=Decimal(row.amount),
        evidence=row.evidence,
        actor=row.actor,
        at=row.at,
    )
