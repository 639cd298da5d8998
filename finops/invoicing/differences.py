"""Differences: what lies between an invoice and its charges, in amounts that evidence names.

Which amounts may be a part of one: `finops.invoicing.candidates`; which of them explain it:
`finops.invoicing.named`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.invoicing.charged import billed

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from decimal import Decimal

    from finops.invoicing.books import Explained
    from finops.invoicing.charged import Slice
    from finops.invoicing.invoices import Invoice


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
