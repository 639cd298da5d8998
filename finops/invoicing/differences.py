"""Differences: what lies between an invoice and its charges, in amounts that evidence names.

A difference is never plugged. Each candidate is an amount that stands somewhere in the books or the
charges; the smallest set of candidates that makes up the difference, within the rounding of the
invoice's lines, explains it. Of several equally small sets one that fits exactly goes before one
that fits by rounding, then the order of Reason decides; the others are told with it. If there is
none, what is left is unexplained.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.core.amount import total
from finops.invoicing.charged import billed
from finops.invoicing.invoices import CREDIT
from finops.invoicing.invoices import TAX

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from decimal import Decimal

    from finops.invoicing.books import Explained
    from finops.invoicing.charged import Slice
    from finops.invoicing.invoices import Invoice

MOST_TOGETHER = 3
"""More than this many candidates that happen to add up prove nothing."""


class Reason(StrEnum):
    """The buckets a difference may fall in (domain.md 2.1)."""

    TAX = "tax outside the data"
    CREDIT_MEMO = "credit memo"
    CORRECTION = "correction"
    OTHER_ISSUER = "marketplace or other issuer"
    SUPPORT = "support"
    FX = "FX"
    ROUNDING = "rounding"
    LATE = "late usage"
    NO_INVOICE = "charge without invoice"
    MISSING_ACCOUNT = "missing account"


LINE = "InvoiceDetailDescription"
"""Evidence that stands on the invoice alone: what its line says."""

RATE = "rate of exchange"
"""Evidence of FX: the rate that the charges are told at, then the rate that makes them fit."""

_ORDER = tuple(map(str, Reason))
_ONLY_INVOICED = ((Reason.OTHER_ISSUER, "marketplace"), (Reason.SUPPORT, "support"))
"""What providers ask for without charges in their data, and the word by which a line is known."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A named part of a difference, signed as invoiced - billed, with where its evidence stands.

    `evidence` are the dimensions and values that lead to its rows; `said` is what a person said;
    `instead` are other names that fit the amount as well.
    """

    reason: str
    amount: Decimal
    evidence: tuple[tuple[str, str], ...] = ()
    said: str = ""
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Findings:
    """All of a difference: what is named, and what is not."""

    named: tuple[Difference, ...]
    unexplained: Decimal


@dataclass(frozen=True, kw_only=True)
class Case:
    """An invoice, its charges, and what else was billed or invoiced around it.

    `charged_in` is the currency of its charges where that is another; `exchange` gives what another
    rate would make of them, asked only where there is a difference. `note` says what was done.
    `adjusted` are adjustments of closed months that no invoice of the month names.
    """

    invoice: Invoice
    mine: tuple[Slice, ...]
    around: tuple[Slice, ...]
    invoices: tuple[Invoice, ...]
    explained: tuple[Explained, ...]
    charged_in: str = ""
    note: str = ""
    exchange: Callable[[], Iterable[Difference]] = tuple
    adjusted: tuple[Difference, ...] = ()

    @property
    def untold(self) -> bool:
        """Whether it has charges that cannot be told in its currency."""
        return bool(self.charged_in and not self.mine)

    @property
    def difference(self) -> Decimal:
        """Invoiced less billed."""
        return EXACT.subtract(self.invoice.payable, billed(self.mine))

    @property
    def tolerance(self) -> Decimal:
        """Half a minor unit for each line of the invoice (R1)."""
        return minor_unit(self.invoice.currency) / 2 * self.invoice.rounded


def explain(case: Case) -> Findings:
    """Name the parts of a difference: tax first, what people said, then what evidence shows."""
    named = [*_tax(case), *_said(case)]
    rest = EXACT.subtract(case.difference, total(one.amount for one in named))
    if abs(rest) > case.tolerance:
        found = _smallest(case, rest)
        named += found
        rest = EXACT.subtract(rest, total(one.amount for one in found))
    if rest and abs(rest) <= case.tolerance:
        named.append(Difference(reason=Reason.ROUNDING, amount=rest))
        rest -= rest
    return Findings(named=tuple(named), unexplained=rest)


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


def _asked(case: Case) -> tuple[Slice, ...]:
    """The charges of those categories that the invoice has lines for.

    Where the provider's lines leave a whole category out, a line is missing: that is not the doing
    of a correction or of late usage, even if it were all there is in the category.
    """
    return tuple(one for one in case.mine if case.invoice.asks(one.category))


def _of(case: Case) -> tuple[tuple[str, str], ...]:
    invoice = case.invoice
    return (("InvoiceIssuerName", invoice.issuer), ("InvoiceId", invoice.invoice_id))


def _tax(case: Case) -> Iterator[Difference]:
    """Tax on the invoice where the charges are there and have none at all."""
    if case.mine and abs(case.difference) > case.tolerance and _taxed_outside(case):
        yield Difference(reason=Reason.TAX, amount=case.invoice.tax, evidence=_of(case))


def _taxed_outside(case: Case) -> bool:
    taxed = any(one.category == TAX for one in case.mine)
    return bool(case.invoice.tax and case.mine and not taxed)


def _said(case: Case) -> Iterator[Difference]:
    for one in case.explained:
        told = f"{one.evidence} ({one.actor}, {one.at[:10]})"
        yield Difference(reason=one.reason, amount=one.amount, evidence=_of(case), said=told)


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


def _twice(case: Case) -> Iterator[Difference]:
    """Half of corrections that are alike and even in number: what is too much if they came twice.

    Only ever a whole explanation, never a part of one: there may be many of them, and of many
    amounts some add up to anything.
    """
    alike = [one for one in case.mine if one.correction and one.billed and one.charges % 2 == 0]
    for one in alike:
        evidence = (*_of(case), ("ChargeClass", "Correction"), ("ServiceName", one.service))
        half = EXACT.divide(EXACT.minus(one.billed), 2)
        yield Difference(reason=Reason.CORRECTION, amount=half, evidence=evidence)


def _smallest(case: Case, rest: Decimal) -> tuple[Difference, ...]:
    """The fewest candidates that make up what is left; none where no few of them do."""
    found = tuple(candidates(case))
    sets = [combinations(found, size) for size in range(1, MOST_TOGETHER + 1)]
    sets.insert(1, combinations(tuple(_twice(case)), 1))
    for group in sets:
        fitting = []
        for chosen in group:
            left = abs(EXACT.subtract(rest, total(one.amount for one in chosen)))
            if left <= case.tolerance:
                fitting.append((bool(left), sorted(map(_rank, chosen)), chosen))
        if fitting:
            best, *others = (chosen for _, _, chosen in sorted(fitting, key=lambda one: one[:2]))
            instead = tuple(" and ".join(map(_called, one)) for one in others)
            return tuple(replace(one, instead=instead) for one in best)
    return ()


def _rank(one: Difference) -> int:
    # What a closed month's adjustments say is in no list: it stands in the charges themselves.
    return _ORDER.index(one.reason) if one.reason in _ORDER else -1


def _called(one: Difference) -> str:
    """A candidate as it is named among others: its reason, and the last of its evidence."""
    return f"{one.reason} ({one.evidence[-1][1] or 'no number'})" if one.evidence else one.reason
