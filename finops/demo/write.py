"""Writing the demo company's bills as a provider would deliver them: FOCUS 1.2 in Parquet."""

from __future__ import annotations

import hashlib
from typing import NamedTuple
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from finops.demo.money import decimals
from finops.demo.money import PRICE_SCALE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from finops.demo.book import Book
    from finops.demo.company import Provider
    from finops.demo.seasons import Month

FOCUS = (
    "AvailabilityZone",
    "BilledCost",
    "BillingAccountId",
    "BillingAccountName",
    "BillingAccountType",
    "BillingCurrency",
    "BillingPeriodEnd",
    "BillingPeriodStart",
    "CapacityReservationId",
    "CapacityReservationStatus",
    "ChargeCategory",
    "ChargeClass",
    "ChargeDescription",
    "ChargeFrequency",
    "ChargePeriodEnd",
    "ChargePeriodStart",
    "CommitmentDiscountCategory",
    "CommitmentDiscountId",
    "CommitmentDiscountName",
    "CommitmentDiscountQuantity",
    "CommitmentDiscountStatus",
    "CommitmentDiscountType",
    "CommitmentDiscountUnit",
    "ConsumedQuantity",
    "ConsumedUnit",
    "ContractedCost",
    "ContractedUnitPrice",
    "EffectiveCost",
    "InvoiceId",
    "InvoiceIssuerName",
    "ListCost",
    "ListUnitPrice",
    "PricingCategory",
    "PricingCurrency",
    "PricingCurrencyContractedUnitPrice",
    "PricingCurrencyEffectiveCost",
    "PricingCurrencyListUnitPrice",
    "PricingQuantity",
    "PricingUnit",
    "ProviderName",
    "PublisherName",
    "RegionId",
    "RegionName",
    "ResourceId",
    "ResourceName",
    "ResourceType",
    "ServiceCategory",
    "ServiceName",
    "ServiceSubcategory",
    "SkuId",
    "SkuMeter",
    "SkuPriceDetails",
    "SkuPriceId",
    "SubAccountId",
    "SubAccountName",
    "SubAccountType",
    "Tags",
)
"""The 57 columns of FOCUS 1.2."""

_MONEY = {
    "BilledCost": "billed",
    "ContractedCost": "contracted",
    "EffectiveCost": "effective",
    "ListCost": "listed",
}
_QUANTITIES = {
    "PricingQuantity": ("quantity", "PricingUnit"),
    "ConsumedQuantity": ("quantity", "ConsumedUnit"),
    "CommitmentDiscountQuantity": ("committed", "CommitmentDiscountId"),
}
_PRICES = {"ListUnitPrice": "listed", "ContractedUnitPrice": "contracted"}
_NO_NUMBERS = (
    "PricingCurrencyContractedUnitPrice",
    "PricingCurrencyEffectiveCost",
    "PricingCurrencyListUnitPrice",
)
_TIME = pa.timestamp("us", tz="UTC")
_DAY = 86_400_000_000


def write_charges(
    path: Path, rows: NDArray[np.void], book: Book, provider: Provider, month: Month
) -> None:
    """Write one file of one billing period."""
    columns = {
        **_texts(rows, book),
        **_numbers(rows, book),
        **_times(rows, month),
        "InvoiceId": _invoices(rows, book, provider, month),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    table = pa.table({name: columns[name] for name in FOCUS})
    parquet.write_table(table, path, compression="zstd", store_schema=False)


class Places(NamedTuple):
    """Which places of a list the rows point to: each once, and which of them a row has."""

    used: list[int]
    rows: NDArray[np.int64]

    @classmethod
    def of(cls, places: NDArray[np.int64]) -> Places:
        """The places of a column of rows; a negative one is none."""
        used, rows = np.unique(places, return_inverse=True)
        return cls(used.tolist(), rows.ravel())


def _words(values: Sequence[str | None], places: Places) -> pa.Array:
    """Text by place, each text once; a negative place and None are null."""
    found = [None if place < 0 else values[place] for place in places.used]
    names = sorted({text for text in found if text is not None})
    known = {text: place for place, text in enumerate(names)}
    codes = np.array([-1 if text is None else known[text] for text in found], np.int32)
    codes = codes[places.rows]
    indices = pa.array(codes, mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(names, pa.string()))


def _texts(rows: NDArray[np.void], book: Book) -> dict[str, pa.Array]:
    template, resource = Places.of(rows["template"]), Places.of(rows["resource"])
    found = {name: _words(book.column(name).tolist(), template) for name in FOCUS}
    resources = book.resources.values
    found["ResourceId"] = _words([one.id for one in resources], resource)
    found["ResourceName"] = _words([one.name for one in resources], resource)
    found["AvailabilityZone"] = _words([one.zone for one in resources], resource)
    found["Tags"] = _words([tags.text for tags in book.tags.values], Places.of(rows["tags"]))
    return found


def _numbers(rows: NDArray[np.void], book: Book) -> dict[str, pa.Array]:
    always, never = np.ones(len(rows), np.bool_), np.zeros(len(rows), np.bool_)
    found = {name: decimals(rows[column], always) for name, column in _MONEY.items()}
    for name, (column, needs) in _QUANTITIES.items():
        known = (book.column(needs) != None).astype(bool)  # noqa: E711 - element by element
        found[name] = decimals(rows[column], known[rows["template"]])
    for name, column in _PRICES.items():
        prices = [getattr(one, column) for one in book.templates.values]
        known = np.array([price is not None for price in prices])[rows["template"]]
        numbers = np.array([price or 0 for price in prices], np.int64)[rows["template"]]
        found[name] = decimals(numbers, known, PRICE_SCALE)
    return found | {name: decimals(rows["billed"], never) for name in _NO_NUMBERS}


def _times(rows: NDArray[np.void], month: Month) -> dict[str, pa.Array]:
    days = {
        "BillingPeriodStart": np.full(len(rows), month.start, np.int64),
        "BillingPeriodEnd": np.full(len(rows), month.end, np.int64),
        "ChargePeriodStart": rows["start"],
        "ChargePeriodEnd": rows["end"],
    }
    return {name: pa.array(values * _DAY).cast(_TIME) for name, values in days.items()}


def _invoices(rows: NDArray[np.void], book: Book, provider: Provider, month: Month) -> pa.Array:
    """One invoice for each issuer, billing account and month."""
    issuers = book.column("InvoiceIssuerName").tolist()
    return _words(
        [invoice_id(issuer, provider, month) for issuer in issuers], Places.of(rows["template"])
    )


def invoice_id(issuer: str, provider: Provider, month: Month) -> str:
    """The number that the issuer gave its invoice for a month."""
    words = f"{issuer}|{provider.billing_account['id']}|{month.period}"
    number = int(hashlib.sha256(words.encode()).hexdigest()[:12], 16)
    if provider.invoice == "letter":
        return f"G{number % 10**9:09}"
    return f"{number % (9 * 10**9) + 10**9}"
