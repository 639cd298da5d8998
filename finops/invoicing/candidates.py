"""Candidates: amounts that stand in the books or the charges and may be a part of a difference.

A difference is never plugged: what is no such amount explains nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.invoicing.charged import billed
from finops.invoicing.differences import Difference
from finops.invoicing.differences import LINE
from finops.invoicing.differences import Reason
from finops.invoicing.invoices import CREDIT
from finops.invoicing.invoices import TAX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finops.invoicing.charged import Slice
    from finops.invoicing.differences import Case
    from finops.invoicing.invoices import Invoice

_ONLY_INVOICED = ((Reason.OTHER_ISSUER, "marketplace"), (Reason.SUPPORT, "support"))
"""What providers ask for without charges in their data, and the word by which a line is known."""


def candidates(case: Case) -> Iterator[Difference]:
    """Amounts that stand in the books or the charges and could be a part of the difference."""
    if case.untold:
        return
    invoice = case.invoice
    mine = _of(case)
    yield from _memos(case)
    for reason, what, keep in (
        (Reason.CORRECTION, (("ChargeClass", "Correction"),), lambda s: s.correction),
        (Reason.LATE, (), lambda s: s.late),
        (Reason.SUPPORT, (), lambda s: "support" in s.service.lower()),
    ):
        amount = billed(_asked(case), keep)
        if amount:
            yield Difference(reason=reason, amount=-amount, evidence=(*mine, *what))
    unnumbered = billed(case.around, lambda s: s.issuer == invoice.issuer and not s.invoice_id)
    if unnumbered:
        evidence = (("InvoiceIssuerName", invoice.issuer), ("InvoiceId", ""))
        yield Difference(reason=Reason.NO_INVOICE, amount=unnumbered, evidence=evidence)
    yield from case.adjusted
    yield from _others(case)
    yield from _only_invoiced(case)
    yield from _unknown_accounts(case)
    yield from case.exchange()


def tax(case: Case) -> Iterator[Difference]:
    """Tax on the invoice where the charges are there and have none at all."""
    if case.mine and abs(case.difference) > case.tolerance and _taxed_outside(case):
        yield Difference(reason=Reason.TAX, amount=case.invoice.tax, evidence=_of(case))


def said(case: Case) -> Iterator[Difference]:
    """What people explained, with their words."""
    for one in case.explained:
        told = f"{one.evidence} ({one.actor}, {one.at[:10]})"
        yield Difference(reason=one.reason, amount=one.amount, evidence=_of(case), said=told)


def twice(case: Case) -> Iterator[Difference]:
    """Half of corrections that are alike and even in number: what is too much if they came twice.

    Only ever a whole explanation, never a part of one: there may be many of them, and of many
    amounts some add up to anything.
    """
    alike = [one for one in case.mine if one.correction and one.billed and one.charges % 2 == 0]
    for one in alike:
        evidence = (*_of(case), ("ChargeClass", "Correction"), ("ServiceName", one.service))
        half = EXACT.divide(EXACT.minus(one.billed), 2)
        yield Difference(reason=Reason.CORRECTION, amount=half, evidence=evidence)


def _taxed_outside(case: Case) -> bool:
    taxed = any(one.category == TAX for one in case.mine)
    return bool(case.invoice.tax and case.mine and not taxed)


def _asked(case: Case) -> tuple[Slice, ...]:
    """The charges of those categories that the invoice has lines for.

    Where the provider's lines leave a whole category out, a line is missing: that is not the doing
    of a correction or of late usage, even if it were all there is in the category.
    """
    return tuple(one for one in case.mine if case.invoice.asks(one.category))


def _of(case: Case) -> tuple[tuple[str, str], ...]:
    invoice = case.invoice
    return (("InvoiceIssuerName", invoice.issuer), ("InvoiceId", invoice.invoice_id))


def _memos(case: Case) -> Iterator[Difference]:
    """Credit memos that speak of this invoice, this invoice being one, and credits without rows."""
    invoice = case.invoice
    for other in case.invoices:
        of_it = other.reference in invoice.numbers
        if other.reference and of_it and _theirs(other) == _theirs(invoice):
            evidence = (("InvoiceIssuerName", other.issuer), ("InvoiceId", other.invoice_id))
            yield Difference(reason=Reason.CREDIT_MEMO, amount=-other.payable, evidence=evidence)
    if invoice.reference and not case.mine:
        evidence = (("InvoiceIssuerName", invoice.issuer), ("InvoiceId", invoice.reference))
        yield Difference(reason=Reason.CREDIT_MEMO, amount=invoice.payable, evidence=evidence)
    credits_on = total(line.amount for line in invoice.lines if line.category == CREDIT)
    if credits_on and not any(one.category == CREDIT for one in case.mine):
        yield Difference(reason=Reason.CREDIT_MEMO, amount=credits_on, evidence=_of(case))


def _theirs(invoice: Invoice) -> tuple[str, str]:
    return invoice.issuer, invoice.currency


def _others(case: Case) -> Iterator[Difference]:
    """Charges that another issuer bills to the same account, without an invoice of its own."""
    invoiced = {one.issuer for one in case.invoices if one.month == case.invoice.month}
    accounts = {one.account for one in case.mine} | {case.invoice.account}
    for issuer in sorted({one.issuer for one in case.around} - invoiced):
        amount = billed(case.around, lambda s, of=issuer: s.issuer == of and s.account in accounts)  # type: ignore[misc]
        if amount:
            evidence = (("InvoiceIssuerName", issuer),)
            yield Difference(reason=Reason.OTHER_ISSUER, amount=amount, evidence=evidence)


def _unknown_accounts(case: Case) -> Iterator[Difference]:
    """Lines for accounts of which the charges know nothing."""
    known = {one.account for one in case.around}
    lines = case.invoice.lines
    if _taxed_outside(case):
        lines = tuple(line for line in lines if line.category != TAX)
    for account in sorted({line.account for line in lines} - known - {""}):
        amount = total(line.amount for line in lines if line.account == account)
        evidence = (("BillingAccountId", account),)
        yield Difference(reason=Reason.MISSING_ACCOUNT, amount=amount, evidence=evidence)


def _only_invoiced(case: Case) -> Iterator[Difference]:
    """Support and the marketplace as lines of the invoice, of which the charges know nothing."""
    for reason, word in _ONLY_INVOICED:
        if any(word in one.service.lower() for one in case.mine):
            continue
        for text in sorted({line.description for line in case.invoice.lines}):
            amount = total(
                line.amount
                for line in case.invoice.lines
                if line.description == text and line.category not in {TAX, CREDIT}
            )
            if amount and word in text.lower():
                yield Difference(reason=reason, amount=amount, evidence=(*_of(case), (LINE, text)))
