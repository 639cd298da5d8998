"""Which FOCUS dataset and version a file is, told by its columns and never by its claim."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.errors import ImportRefused
from finops.focus import columns
from finops.focus.columns import Column
from finops.focus.columns import Level
from finops.focus.columns import Type
from finops.focus.raw import Kind

if TYPE_CHECKING:
    from collections.abc import Collection

_C, _R, _M = Level.CONDITIONAL, Level.RECOMMENDED, Level.MANDATORY


class Detected(NamedTuple):
    """The dataset that a header belongs to, and the version of the specification."""

    kind: Kind
    version: str


def _texts(since: str, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, Type.STRING, _C, since) for name in names)


def _times(since: str, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, Type.TIME, _C, since) for name in names)


def _numbers(since: str, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, Type.DECIMAL, _C, since) for name in names)


CONTRACT_COMMITMENT = (
    Column("ContractCommitmentId", Type.STRING, _M, "1.3", nullable=False),
    Column("ContractId", Type.STRING, _M, "1.3"),
    Column("BillingCurrency", Type.STRING, _M, "1.3", nullable=False),
    Column("ContractCommitmentPeriodStart", Type.TIME, _M, "1.3"),
    Column("ContractCommitmentPeriodEnd", Type.TIME, _M, "1.3"),
    *_numbers("1.3", "ContractCommitmentCost", "ContractCommitmentQuantity"),
    *_texts(
        "1.3",
        "ContractCommitmentCategory",
        "ContractCommitmentDescription",
        "ContractCommitmentType",
        "ContractCommitmentUnit",
    ),
    *_times("1.3", "ContractPeriodStart", "ContractPeriodEnd"),
    *_texts(
        "1.4",
        "ContractCommitmentApplicability",
        "ContractCommitmentBenefitCategory",
        "ContractCommitmentDurationType",
        "ContractCommitmentFulfillmentInterval",
        "ContractCommitmentLifecycleStatus",
        "ContractCommitmentModel",
        "ContractCommitmentOfferCategory",
        "ContractCommitmentPaymentInterval",
        "ContractCommitmentPaymentModel",
        "InvoiceIssuerName",
        "PricingCurrency",
        "ServiceProviderName",
    ),
    *_numbers(
        "1.4",
        "ContractCommitmentDiscountPercentage",
        "ContractCommitmentPaymentUpfrontPercentage",
        "PricingCurrencyContractCommitmentCost",
    ),
    *_times("1.4", "ContractCommitmentCreated", "ContractCommitmentLastUpdated"),
)

INVOICE_DETAIL = (
    Column("InvoiceDetailId", Type.STRING, _M, "1.4", nullable=False),
    Column("InvoiceId", Type.STRING, _M, "1.4"),
    Column("InvoiceIssuerName", Type.STRING, _M, "1.4", nullable=False),
    Column("BilledCost", Type.DECIMAL, _M, "1.4", nullable=False),
    Column("BillingCurrency", Type.STRING, _M, "1.4", nullable=False),
    Column("BillingPeriodStart", Type.TIME, _M, "1.4", nullable=False),
    Column("BillingPeriodEnd", Type.TIME, _M, "1.4", nullable=False),
    *_texts(
        "1.4",
        "BillingAccountId",
        "ChargeCategory",
        "InvoiceDetailDescription",
        "InvoiceDetailGrain",
        "InvoiceIssueStatus",
        "PaymentCurrency",
        "PaymentCurrencyInvoiceDetailId",
        "PaymentTerms",
        "PurchaseOrderNumber",
        "ReferenceInvoiceId",
    ),
    *_numbers("1.4", "PaymentCurrencyBilledCost"),
    *_times(
        "1.4",
        "InvoiceDetailCreated",
        "InvoiceDetailLastUpdated",
        "InvoiceIssueDate",
        "PaymentDueDate",
    ),
)

BILLING_PERIOD = (
    Column("BillingPeriodStart", Type.TIME, _M, "1.4", nullable=False),
    Column("BillingPeriodEnd", Type.TIME, _M, "1.4", nullable=False),
    Column("BillingPeriodStatus", Type.STRING, _M, "1.4", nullable=False),
    Column("InvoiceIssuerName", Type.STRING, _M, "1.4", nullable=False),
    *_times("1.4", "BillingPeriodCreated", "BillingPeriodLastUpdated"),
)

COLUMNS: dict[Kind, tuple[Column, ...]] = {
    Kind.COST_AND_USAGE: columns.COST_AND_USAGE,
    Kind.CONTRACT_COMMITMENT: CONTRACT_COMMITMENT,
    Kind.INVOICE_DETAIL: INVOICE_DETAIL,
    Kind.BILLING_PERIOD: BILLING_PERIOD,
}

NAMES = tuple(dict.fromkeys(column.id for of in COLUMNS.values() for column in of))
"""Every column name of every dataset."""

_MARKS = (
    (Kind.CONTRACT_COMMITMENT, "ContractCommitmentId"),
    (Kind.BILLING_PERIOD, "BillingPeriodStatus"),
)


def mandatory(detected: Detected) -> tuple[str, ...]:
    """The columns that a file of that dataset and version must have."""
    if detected.kind is Kind.COST_AND_USAGE:
        return columns.mandatory(detected.version)
    return tuple(c.id for c in COLUMNS[detected.kind] if c.level is _M)


def detect(header: Collection[str]) -> Detected:
    """Tell dataset and version from the names in a header.

    Raises:
        ImportRefused: the header belongs to no FOCUS dataset.
    """
    names = {columns.OLDER_NAMES.get(name, name) for name in header}
    if "BilledCost" not in names or "InvoiceDetailId" in names:
        for kind, mark in _MARKS:
            if mark in names:
                return Detected(kind, _newest(names, COLUMNS[kind]))
        if "InvoiceDetailId" in names and "ChargePeriodStart" not in names:
            return Detected(Kind.INVOICE_DETAIL, "1.4")
    known = names & set(columns.BY_ID)
    if len(known) < _FEWEST:
        message = f"this is no FOCUS file: {len(known)} of its column names are FOCUS's"
        raise ImportRefused(message, remedy=_BRING)
    if not known & _CORE:
        message = f"this is no FOCUS file: it has none of {', '.join(sorted(_CORE))}"
        raise ImportRefused(message, remedy=_BRING)
    return Detected(Kind.COST_AND_USAGE, _cost_and_usage(set(header)))


_BRING = "bring a FOCUS 0.5 to 1.4 export with the column names on line 1"

_FEWEST = 5
"""A header with fewer FOCUS names than this is some other file."""

_CORE = frozenset(("BilledCost", "EffectiveCost", "BillingPeriodStart", "ChargePeriodStart"))
"""Exports of other shapes share names of accounts and resources with FOCUS, but none of these."""


def _cost_and_usage(header: set[str]) -> str:
    """The newest version whose columns are there; older names were given up after 1.0-preview."""
    newest = _newest(header, columns.COST_AND_USAGE)
    removed = newest == "1.3" and not header & {"ProviderName", "PublisherName"}
    return "1.4" if removed else newest


def _newest(names: set[str], of: tuple[Column, ...]) -> str:
    found = [columns.VERSIONS.index(column.since) for column in of if column.id in names]
    return columns.VERSIONS[max(found, default=0)]
