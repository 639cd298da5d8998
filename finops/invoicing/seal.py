"""Seal: all that a closed month was, as one text, and the SHA-256 that stands for it.

Whoever has the digest can hold any copy of the month to it: totals by every dimension, the
deliveries it was made of, who it belonged to and at which rates, how its invoices tied, who closed
it, where the audit stood, and the seal before it.
"""

from __future__ import annotations

from hashlib import file_digest
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import shortest
from finops.core.period import BillingPeriod
from finops.dataset import derive
from finops.focus.raw import Kind
from finops.invoicing.books import books_of
from finops.invoicing.reconciliation import reconcile
from finops.invoicing.totals import totals
from finops.records import audit
from finops.records.canonical import canonical_json
from finops.records.canonical import digest_of
from finops.records.closings import steps

if TYPE_CHECKING:
    from pathlib import Path

    from sqlmodel import Session

    from finops.access.workspace import Workspace
    from finops.dataset import Dataset
    from finops.dataset import Part
    from finops.invoicing.reconciliation import Match
    from finops.records.closings import Closing

FORMAT = "tieout-seal-1"


class Sealed(NamedTuple):
    """A seal and the canonical JSON that it is the digest of."""

    seal: str
    body: str


class Links(NamedTuple):
    """What ties a seal to the records: the audit, the seal before it, the one it replaces."""

    audit: audit.Head
    previous: str
    replaces: str


def seal(workspace: Workspace, closing: Closing) -> Sealed:
    """Seal the snapshot that a close froze; the same, however often and whenever it is done."""
    dataset = workspace.dataset(as_of=str(closing.snapshot))
    with workspace.store.reading() as session:
        links = _links(session, closing)
    figures = _figures(workspace, dataset, closing)
    body = {
        "format": FORMAT,
        "company": dataset.organization.name,
        "month": closing.month,
        "provider": closing.provider,
        "snapshot": dataset.snapshot.id,
        "figures": digest_of(figures),
        **figures,
        "requested_by": closing.requested_by,
        "approved_by": closing.approved_by,
        "approved_at": closing.at,
        "reason": closing.reason,
        "audit": links.audit,
        "previous": links.previous,
        "replaces": links.replaces,
    }
    return Sealed(digest_of(body), canonical_json(body))


def _figures(workspace: Workspace, dataset: Dataset, closing: Closing) -> dict[str, object]:
    """What does not turn on who closed the month, or when."""
    month, provider = closing.month, closing.provider
    books = books_of(workspace, dataset.snapshot)
    report = reconcile(dataset, books, BillingPeriod.parse(month))
    parts = [
        part
        for part in dataset.snapshot.parts
        if part.month == month and provider in {"", part.issuer}
    ]
    return {
        "totals": {
            name: [list(line) for line in found]
            for name, found in totals(dataset, month, provider).items()
        },
        "sources": [_source(workspace.root, part) for part in parts],
        "organization": derive.version(derive.terms(dataset.organization, dataset.rules, month)),
        "rates": sorted(rate for rate in dataset.rates if month in {rate.period, rate.day[:7]}),
        "invoices": [_invoice(one) for one in report.invoices if provider in {"", one.issuer}],
        "commitments": [one for one in report.commitments if one.of(provider)],
    }


def _source(root: Path, part: Part) -> dict[str, object]:
    """One delivered file: what it is, how many rows and how much, and its two digests."""
    with (root / part.path).open("rb") as file:
        sha256 = file_digest(file, "sha256").hexdigest()
    return {
        "dataset": Kind(part.kind).value,
        "issuer": part.issuer,
        "account": part.account,
        "month": part.month,
        "import": part.import_id,
        "rows": part.rows,
        "digest": part.digest,
        "sha256": sha256,
        "sums": {
            sums.currency: {name: f"{shortest(amount):f}" for name, amount in sums.amounts}
            for sums in part.sums
        },
    }


def _invoice(one: Match) -> dict[str, object]:
    return {
        "issuer": one.issuer,
        "invoice": one.invoice_id,
        "currency": one.currency,
        "invoiced": shortest(one.invoiced),
        "billed": shortest(one.billed),
        "explained": [
            {"reason": part.reason, "amount": shortest(part.amount), "said": part.said}
            for part in one.explained
        ],
        "status": one.status,
    }


def _links(session: Session, closing: Closing) -> Links:
    """As they were when the close was approved, so that a resumed close makes the same seal."""
    with_seals = [row for row in steps(session, before=closing.revision) if row.body]
    mine = [row for row in with_seals if (row.provider, row.month) == closing[:2]]
    return Links(
        audit=audit.at(session, closing.revision),
        previous=with_seals[-1].seal if with_seals else "",
        replaces=mine[-1].seal if mine else "",
    )
