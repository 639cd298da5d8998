"""Frozen: what the close of a month rests on, so that nobody approves what has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.ingestion.commit import every
from finops.records import models
from finops.records.closings import COMPANY
from finops.records.revisions import newest

if TYPE_CHECKING:
    from sqlmodel import Session

    from finops.dataset.snapshot import Snapshot
    from finops.records.closings import Closing


def moved(session: Session, last: Closing, base: Snapshot | None) -> bool:
    """Whether what a close froze is no longer what there is of the month."""
    then = next((one for one in every(session) if one.number == last.snapshot), None)
    return then is None or base is None or held(session, then, last) != held(session, base, last)


def held(session: Session, snapshot: Snapshot, closing: Closing) -> frozenset[tuple[object, ...]]:
    """What a snapshot knows of a month for a provider.

    These are the deliveries and who they belong to, invoices, explanations, the rates of the month,
    and the opening balances up to it: the same that its seal is made of.
    """
    month, revision = closing.month, snapshot.revision
    parts = {
        (*part.delivery, part.digest, part.organization)
        for part in snapshot.parts
        if part.month == month and closing.provider in {COMPANY, part.issuer}
    }
    headers = {
        ("invoice", row.id)
        for row in newest(session, models.InvoiceHeader, revision=revision)
        if row.month == month and closing.provider in {COMPANY, row.issuer}
    }
    said = {
        ("explanation", row.id)
        for row in newest(session, models.Explanation, revision=revision)
        if row.month == month and closing.provider in {COMPANY, row.issuer}
    }
    rates = {
        ("rate", row.id)
        for row in newest(session, models.Rate, revision=revision)
        if month in {row.period, row.day[:7]}
    }
    openings = {
        ("opening", row.id)
        for row in newest(session, models.CommitmentOpening, revision=revision)
        if row.month <= month
    }
    return frozenset(parts | headers | said | rates | openings)
