"""Currencies: an invoice in another currency than its charges, and what the rate makes differ.

Nothing is plugged: charges are told at their month's rate, and a difference is FX only where
another rate that is known of that pair makes it fit; both rates stand in the evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.dataset.sql import parse
from finops.exchange.conversion import at_rate
from finops.exchange.conversion import between
from finops.exchange.conversion import of_month
from finops.exchange.conversion import told
from finops.exchange.rule import CHOICES
from finops.invoicing.charged import billed
from finops.invoicing.differences import Difference
from finops.invoicing.differences import RATE
from finops.invoicing.differences import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from finops.core.exchange_rate import ExchangeRate
    from finops.dataset import Dataset
    from finops.invoicing.charged import Slice
    from finops.invoicing.differences import Case
    from finops.invoicing.invoices import Invoice

    Key = tuple[str, str, str]
    Rows = dict[Key, list[Slice]]

_PRICED = "PricingCurrencyEffectiveCost"
_ROWS = """
SELECT coalesce(InvoiceIssuerName, coalesce(ServiceProviderName, '')), coalesce(InvoiceId, ''),
       coalesce(BillingAccountId, ''), BillingCurrency, PricingCurrency,
       sum(PricingCurrencyEffectiveCost), sum(BilledCost)
FROM lines
WHERE x_BillingMonth = '{month}' AND PricingCurrency <> BillingCurrency
  AND BilledCost = EffectiveCost AND BilledCost <> 0 AND PricingCurrencyEffectiveCost <> 0
GROUP BY 1, 2, 3, 4, 5
"""


class Priced(NamedTuple):
    """Charges that are priced in another currency than they are billed in, and both amounts."""

    issuer: str
    invoice_id: str
    account: str
    currency: str
    pricing: str
    priced: Decimal
    billed: Decimal


@dataclass(frozen=True)
class Exchange:
    """The rates of a month, and its charges, for invoices where a rate may matter."""

    dataset: Dataset
    month: str
    slices: tuple[Slice, ...]

    def seen(self, case: Case, rows: Rows) -> Case:
        """The case with what rates may say of it; charges in another currency leave `rows`."""
        if case.mine:
            return replace(case, exchange=lambda: self._repriced(case))
        key = _abroad(case, rows, self.slices)
        if key is None:
            return case
        currency, invoice = key[2], case.invoice
        pair = between(self.dataset.rates, currency, invoice.currency)
        rate = of_month(pair, currency, month=self.month)
        if rate is None:
            missing = f"there is no rate from {currency} to {invoice.currency} for {self.month}"
            note = f"Its charges are in {currency}, and {missing}."
            return replace(case, charged_in=currency, note=note)
        parts = _taken(rows, key, invoice)
        mine = tuple(_told(one, invoice.currency, rate) for one in parts)
        return replace(
            case,
            mine=mine,
            around=(*case.around, *mine),
            charged_in=currency,
            note=f"Its charges are in {currency}, told at {told(rate)}.",
            exchange=lambda: _moved(invoice, parts, pair, rate),
        )

    def _repriced(self, case: Case) -> Iterator[Difference]:
        """What another rate makes of charges that are priced in another currency than billed."""
        invoice = case.invoice
        places = {(one.issuer, one.invoice_id, one.account, one.currency) for one in case.mine}
        mine = [one for one in self._priced if one[:4] in places]
        for pricing in sorted({one.pricing for one in mine}):
            amount = total(one.priced for one in mine if one.pricing == pricing)
            asked = total(one.billed for one in mine if one.pricing == pricing)
            if not amount:
                continue
            pair = between(self.dataset.rates, pricing, invoice.currency)
            implied = f"{EXACT.divide(asked, amount):.6f} (as the rows imply)"
            base = f"{pricing} to {invoice.currency} {self.month}: {implied}"
            for rate in _known(invoice, pair, pricing):
                moved = EXACT.subtract(at_rate(amount, rate, currency=pricing), asked)
                if moved:
                    yield _difference(invoice, moved, (base, told(rate)))

    @cached_property
    def _priced(self) -> tuple[Priced, ...]:
        """Read only where an invoice differs, and only if such amounts were delivered at all."""
        parts = self.dataset.snapshot.charges
        if not any(_PRICED in part.columns for part in parts if part.month == self.month):
            return ()
        rows = self.dataset.select(parse(_ROWS.format(month=self.month))).rows
        return tuple(Priced(*row) for row in rows)


def _abroad(case: Case, rows: Rows, slices: tuple[Slice, ...]) -> Key | None:
    """Where the charges of an invoice are that has none in its own currency; by number or account.

    None where that is not clear: two currencies, or two invoices that may ask for them.
    """
    invoice = case.invoice
    mine = [key for key in rows if key[0] == invoice.issuer and key[2] != invoice.currency]
    named = [key for key in mine if key[1] and key[1] == invoice.invoice_id]
    if named:
        return named[0] if len(named) == 1 else None
    here = [one for one in slices if one.issuer == invoice.issuer]
    if invoice.reference or any(one.invoice_id for one in here):
        return None
    if any(one.currency == invoice.currency for one in _of(invoice, here)):
        return None
    rivals = [
        one
        for one in case.invoices
        if (one.issuer, one.month) == (invoice.issuer, invoice.month)
        and not one.reference
        and one.account in {"", invoice.account}
    ]
    fitting = [key for key in mine if not key[1] and _of(invoice, rows[key])]
    return fitting[0] if len(rivals) == 1 and len(fitting) == 1 else None


def _of(invoice: Invoice, parts: list[Slice]) -> list[Slice]:
    """Those of the invoice's account, where it names one; those with its number anyway."""
    return [
        one
        for one in parts
        if one.invoice_id == invoice.invoice_id or invoice.account in {"", one.account}
    ]


def _taken(rows: Rows, key: Key, invoice: Invoice) -> list[Slice]:
    """The charges of an invoice, which are then no longer among those that wait for theirs."""
    parts = _of(invoice, rows[key])
    left = [one for one in rows.pop(key) if one not in parts]
    if left:
        rows[key] = left
    return parts


def _told(one: Slice, currency: str, rate: ExchangeRate) -> Slice:
    """Charges told in another currency, unrounded."""
    billed_, effective = (
        at_rate(cost, rate, currency=one.currency) for cost in (one.billed, one.effective)
    )
    return replace(one, currency=currency, billed=billed_, effective=effective)


def _moved(
    invoice: Invoice, parts: list[Slice], pair: tuple[ExchangeRate, ...], rate: ExchangeRate
) -> Iterator[Difference]:
    """What another rate of the pair makes of the charges than that of their month."""
    currency, amount = parts[0].currency, billed(parts)
    base = at_rate(amount, rate, currency=currency)
    for other in _known(invoice, pair, currency):
        moved = EXACT.subtract(at_rate(amount, other, currency=currency), base)
        if moved:
            yield _difference(invoice, moved, (told(rate), told(other)))


def _known(
    invoice: Invoice, pair: tuple[ExchangeRate, ...], currency: str
) -> Iterator[ExchangeRate]:
    """Every rate an issuer may have used: of the invoice's day, and each kind of the month."""
    days = [one for one in pair if invoice.issued and one.day == invoice.issued]
    months = [of_month(pair, currency, month=invoice.month, kind=kind) for kind in CHOICES]
    yield from {one.rate: one for one in (*days, *months) if one}.values()


def _difference(invoice: Invoice, amount: Decimal, rates: tuple[str, str]) -> Difference:
    mine = (("InvoiceIssuerName", invoice.issuer), ("InvoiceId", invoice.invoice_id))
    evidence = (*mine, *((RATE, one) for one in rates))
    return Difference(reason=Reason.FX, amount=amount, evidence=evidence)
