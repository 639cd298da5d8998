"""Remap: charges find their owners anew, in every month that is not closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.dataset import derive
from finops.ingestion.commit import latest
from finops.ingestion.commit import publish
from finops.records.closings import closed_months
from finops.records.closings import is_closed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sqlmodel import Session

    from finops.access.command import Transaction
    from finops.core.mapping import RuleSet
    from finops.core.organization import Organization
    from finops.dataset import Part


def open_parts(session: Session, parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts whose month is not closed: only those are ever told otherwise than they were."""
    closed = closed_months(session)
    return tuple(part for part in parts if not is_closed(closed, part.issuer, part.month))


def remap(
    transaction: Transaction, *, root: Path, organization: Organization, rules: RuleSet
) -> str:
    """Publish the same charges under an organization and rules; no snapshot before any import.

    Charges are not rewritten, only what is derived from them, and that only in the months in which
    something else holds now. Returns the id of the snapshot, or an empty text.
    """
    base = latest(transaction.session)
    if base is None:
        return ""
    told = open_parts(transaction.session, base.parts)
    made = derive.derive(told, root, organization, rules=rules)
    kept = {part.path for part in told}
    parts = (*(part for part in base.parts if part.path not in kept), *made)
    return publish(transaction, base, parts=parts, version=base.charges_version).id
