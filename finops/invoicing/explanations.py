"""Explanations: a person names what a part of an invoice's difference is, on the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.core.amount import minor_unit
from finops.core.amount import number_of
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.errors import UsageError
from finops.ingestion.commit import republish
from finops.invoicing.books import books_of
from finops.invoicing.reconciliation import reconcile
from finops.invoicing.reconciliation import Status
from finops.records.closings import closed_months
from finops.records.closings import refuse_closed
from finops.records.models import Explanation

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from finops.access.actor import Actor
    from finops.access.command import Transaction
    from finops.access.workspace import Workspace
    from finops.invoicing.reconciliation import Match


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What is said: of which invoice, how much (invoiced less billed), what, and the evidence.

    Issuer and currency are needed only where two invoices of a month have one number.
    """

    invoice_id: str
    month: str
    reason: str
    amount: Decimal
    evidence: str
    issuer: str = ""
    currency: str = ""


@dataclass(frozen=True)
class Kept:
    """The name under which an explanation is kept, and the snapshot that has it."""

    key: str
    snapshot: str


@command("invoices.explain", permission=Permission.WRITE_INVOICES)
def keep(transaction: Transaction, *, issuer: str, currency: str, claim: Claim) -> Kept:
    """Keep an explanation; the same reason for the same invoice again takes its place.

    Raises:
        Conflict: the month is closed.
    """
    what = f"Invoice {claim.invoice_id} of {issuer} cannot be explained otherwise"
    refuse_closed(closed_months(transaction.session), what=what, month=claim.month, issuer=issuer)
    key = _key(claim.reason)
    transaction.session.add(
        Explanation(
            revision=transaction.revision,
            issuer=issuer,
            invoice_id=claim.invoice_id,
            month=claim.month,
            key=key,
            reason=claim.reason.strip(),
            amount=str(claim.amount),
            currency=currency,
            evidence=claim.evidence.strip(),
            actor=transaction.actor.name,
            at=transaction.at.isoformat(),
        )
    )
    snapshot = republish(transaction)
    told = {"amount": str(claim.amount), "reason": claim.reason, "evidence": claim.evidence}
    transaction.record(subject=f"{issuer} {claim.invoice_id}", after=told)
    return Kept(key, snapshot)


def say(
    workspace: Workspace,
    claim: Claim,
    *,
    actor: Actor,
    at: datetime,
    origin: str = "cli",
    key: str | None = None,
) -> Kept:
    """Keep an explanation of an invoice of a month, once it is sure which invoice that is.

    With a `key` that was used for the same, nothing is done again.

    Raises:
        UsageError: there is no such invoice, reason or evidence is missing, or the amount is more
            than what nobody can name of it yet.
    """
    if not (claim.reason.strip() and claim.evidence.strip()):
        message = "An explanation needs a reason and its evidence."
        raise UsageError(message)
    match, month = _match(workspace, claim)
    _room(workspace, match, claim, month)
    told = Claim(**{**claim.__dict__, "month": month})
    return keep(
        workspace.store,
        actor=actor,
        at=at,
        origin=origin,
        key=key,
        body=[match.issuer, told.invoice_id, month, told.reason, str(told.amount), told.evidence],
        issuer=match.issuer,
        currency=match.currency,
        claim=told,
    )


def amount_of(text: str) -> Decimal:
    """Read an amount that somebody typed.

    Raises:
        UsageError: it is no number.
    """
    return number_of(text, what="amount", remedy="Write it as -12.34.")


def _match(workspace: Workspace, claim: Claim) -> tuple[Match, str]:
    dataset = workspace.dataset()
    month = claim.month or max(part.month for part in dataset.snapshot.charges)
    books = books_of(workspace, dataset.snapshot)
    report = reconcile(dataset, books, BillingPeriod.parse(month))
    fitting = [match for match in report.invoices if _is_of(match, claim)]
    if len(fitting) == 1:
        return fitting[0], month
    if fitting:
        message = f"There are {len(fitting)} invoices {claim.invoice_id!r} in {month}."
        issuers = ", ".join(f"{match.issuer} in {match.currency}" for match in fitting)
        raise UsageError(message, remedy=f"Say whose: {issuers}.")
    message = f"There is no invoice {claim.invoice_id!r} in {month}."
    known = ", ".join(match.invoice_id for match in report.invoices if match.invoice_id)
    raise UsageError(message, remedy=f"Invoices of that month: {known or 'none'}.")


def _is_of(match: Match, claim: Claim) -> bool:
    """Whether it is that invoice; charges without one cannot be explained as a part of it."""
    return (
        match.status is not Status.NO_INVOICE
        and match.invoice_id == claim.invoice_id
        and claim.issuer in {"", match.issuer}
        and claim.currency in {"", match.currency}
    )


def _room(workspace: Workspace, match: Match, claim: Claim, month: str) -> None:
    """Refuse more than is unexplained; what the same reason said before makes room again."""
    dataset = workspace.dataset()
    place = (match.issuer, match.invoice_id, month, match.currency, _key(claim.reason))
    earlier = (
        one.amount
        for one in books_of(workspace, dataset.snapshot).explained
        if (one.issuer, one.invoice_id, one.month, one.currency, _key(one.reason)) == place
    )
    room = total((match.open, *earlier))
    half = minor_unit(match.currency) / 2
    if claim.amount and (claim.amount * room <= 0 or abs(claim.amount) > abs(room) + half):
        message = f"{claim.amount:,f} is more than is unexplained of {claim.invoice_id}: {room:,f}."
        raise UsageError(message, remedy="Explain at most that, with its sign.")


def _key(reason: str) -> str:
    return reason.strip().lower()
