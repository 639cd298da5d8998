"""The rules a charge is held to, each a small function that names the FOCUS rule it stands for.

A rule is told which columns a file has and answers with the predicate of a charge that breaks it,
in the one expression language over the model's columns, or None where it does not apply. Rules
that `reject` keep a row out; the others are shown on the Data page, for real bills break them
daily and their money is still owed.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from typing import NamedTuple

from finops.focus import columns
from finops.focus import datasets
from finops.focus.columns import Type
from finops.focus.normalize import text
from finops.focus.raw import Kind

Predicate = Callable[[Collection[str]], "str | None"]


class Rule(NamedTuple):
    """A rule with its FOCUS name, the column it is about, and what was expected."""

    name: str
    column: str
    expected: str
    broken: Predicate
    rejects: bool = True


def never_null(column: str) -> Predicate:
    """Hold a column to `<column> MUST NOT be null`."""
    return lambda present: f"{column} IS NULL" if column in present else None


def in_allowed_values(column: str) -> Predicate:
    """Hold a column to `<column> MUST be one of the allowed values`."""
    values = ", ".join(text(value) for value in columns.BY_ID[column].allowed)
    return lambda present: (
        f"{column} IS NOT NULL AND {column} NOT IN ({values})" if column in present else None
    )


def ends_after_it_starts(period: str) -> Predicate:
    """Hold a period to its start being inclusive and its end exclusive."""
    start, end = f"{period}Start", f"{period}End"
    return lambda present: f"{end} <= {start}" if {start, end} <= set(present) else None


def starts_a_month(present: Collection[str]) -> str | None:
    """Hold BillingPeriodStart to a calendar month, give or take a provider's time zone."""
    start = "BillingPeriodStart"
    day = f"extract('day' FROM {start} + INTERVAL 14 HOUR)"
    return f"{day} NOT IN (1, 2)" if start in present else None


def is_a_currency(present: Collection[str]) -> str | None:
    """Hold BillingCurrency to ISO 4217's three capitals (FOCUS CurrencyCodeFormat)."""
    name = "BillingCurrency"
    return f"NOT regexp_full_match({name}, '[A-Z]{{3}}')" if name in present else None


def plausible_year(column: str) -> Predicate:
    """Keep out times that only a slip of the pen can mean, and times that never come."""
    first, end = (f"CAST('{year}-01-01T00:00:00Z' AS {Type.TIME})" for year in (2000, 2100))
    broken = f"{column} < {first} OR {column} >= {end}"
    return lambda present: broken if column in present else None


def status_on_usage_only(present: Collection[str]) -> str | None:
    """CommitmentDiscountStatus MUST be null when ChargeCategory is not Usage."""
    if not {"CommitmentDiscountStatus", "ChargeCategory"} <= set(present):
        return None
    return "CommitmentDiscountStatus IS NOT NULL AND ChargeCategory <> 'Usage'"


def unused_consumes_nothing(present: Collection[str]) -> str | None:
    """ConsumedQuantity MUST be null when CommitmentDiscountStatus is Unused."""
    if not {"CommitmentDiscountStatus", "ConsumedQuantity"} <= set(present):
        return None
    return "CommitmentDiscountStatus = 'Unused' AND ConsumedQuantity IS NOT NULL"


def list_not_below_contracted(present: Collection[str]) -> str | None:
    """A negotiated price above the list price is possible, and almost always a fault."""
    if not {"ListCost", "ContractedCost"} <= set(present):
        return None
    return "ChargeCategory = 'Usage' AND ListCost > 0 AND ContractedCost > ListCost"


def priced_at_zero(present: Collection[str]) -> str | None:
    """A list cost of 0 with a quantity is a missing price, not a free service (Azure)."""
    if not {"ListCost", "PricingQuantity", "BilledCost"} <= set(present):
        return None
    return "ListCost = 0 AND PricingQuantity > 0 AND BilledCost > 0"


_NEEDED = (
    "BilledCost",
    "EffectiveCost",
    "BillingAccountId",
    "BillingCurrency",
    "BillingPeriodStart",
    "BillingPeriodEnd",
    "ChargePeriodStart",
    "ChargePeriodEnd",
    "ChargeCategory",
)
"""Without these a charge belongs to nobody, to no time, or is no amount."""

_BILLS_BREAK = ("ListCost", "ContractedCost", "InvoiceIssuerName", "ServiceName")
"""Never null by the specification, and null in real bills: shown, never guessed."""

RULES: tuple[Rule, ...] = (
    *(Rule(f"{c}-MUST-NOT-be-null", c, "a value", never_null(c)) for c in _NEEDED),
    Rule("CurrencyCodeFormat", "BillingCurrency", "a currency code such as USD", is_a_currency),
    *(
        Rule(
            f"{c.id}-allowed-values",
            c.id,
            "one of " + ", ".join(c.allowed),
            in_allowed_values(c.id),
        )
        for c in columns.COST_AND_USAGE
        if c.allowed
    ),
    Rule(
        "BillingPeriodEnd-exclusive",
        "BillingPeriodEnd",
        "an end after BillingPeriodStart",
        ends_after_it_starts("BillingPeriod"),
    ),
    Rule(
        "ChargePeriodEnd-exclusive",
        "ChargePeriodEnd",
        "an end after ChargePeriodStart",
        ends_after_it_starts("ChargePeriod"),
    ),
    *(
        Rule(f"{c}-year", c, "a year from 2000 to 2099", plausible_year(c))
        for c in (
            "BillingPeriodStart",
            "BillingPeriodEnd",
            "ChargePeriodStart",
            "ChargePeriodEnd",
        )
    ),
    *(
        Rule(f"{c}-MUST-NOT-be-null", c, "a value", never_null(c), rejects=False)
        for c in _BILLS_BREAK
    ),
    Rule(
        "BillingPeriod-month",
        "BillingPeriodStart",
        "the first day of a month",
        starts_a_month,
        rejects=False,
    ),
    Rule(
        "CommitmentDiscountStatus-usage",
        "CommitmentDiscountStatus",
        "null outside Usage",
        status_on_usage_only,
        rejects=False,
    ),
    Rule(
        "ConsumedQuantity-unused",
        "ConsumedQuantity",
        "null on an unused commitment",
        unused_consumes_nothing,
        rejects=False,
    ),
    Rule("ListCost-missing-price", "ListCost", "a list price", priced_at_zero, rejects=False),
    Rule(
        "ContractedCost-above-list",
        "ContractedCost",
        "at most ListCost",
        list_not_below_contracted,
        rejects=False,
    ),
)


def rules_of(kind: Kind) -> tuple[Rule, ...]:
    """The rules that a dataset's rows are held to.

    Outside Cost and Usage these are only that what identifies a row is there, and that a billing
    period is one.
    """
    if kind is Kind.COST_AND_USAGE:
        return RULES
    needed = [c.id for c in datasets.COLUMNS[kind] if not c.nullable]
    start = "BillingPeriodStart"
    return (
        *(Rule(f"{c}-MUST-NOT-be-null", c, "a value", never_null(c)) for c in needed),
        Rule(f"{start}-year", start, "a year from 2000 to 2099", plausible_year(start)),
    )
