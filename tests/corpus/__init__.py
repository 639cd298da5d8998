"""Files as they come in: three small charges, written down in every way a bill can be broken.

The charges of `three()` are 10.00, 20.50 and 30.00 USD, on lines 2, 3 and 4 of the file.
"""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

Charge = dict[str, str]

ONE: Charge = {
    "BilledCost": "10.00",
    "BillingAccountId": "1111",
    "BillingAccountName": "payer",
    "BillingCurrency": "USD",
    "BillingPeriodEnd": "2026-05-01T00:00:00Z",
    "BillingPeriodStart": "2026-04-01T00:00:00Z",
    "ChargeCategory": "Usage",
    "ChargeClass": "",
    "ChargeDescription": "an hour of compute",
    "ChargeFrequency": "Usage-Based",
    "ChargePeriodEnd": "2026-04-02T00:00:00Z",
    "ChargePeriodStart": "2026-04-01T00:00:00Z",
    "ContractedCost": "10.00",
    "EffectiveCost": "10.00",
    "InvoiceId": "INV-1",
    "InvoiceIssuerName": "Amazon Web Services, Inc.",
    "ListCost": "10.00",
    "PricingQuantity": "1",
    "PricingUnit": "Hours",
    "ProviderName": "AWS",
    "PublisherName": "AWS",
    "ServiceCategory": "Compute",
    "ServiceName": "Amazon EC2",
    "SubAccountId": "2222",
    "Tags": '{"team": "search"}',
}
"""A charge with what FOCUS 1.2 demands of every provider."""


def charge(cost: str = "10.00", **said: str) -> Charge:
    """One charge; all four costs are `cost` unless said otherwise."""
    four = dict.fromkeys(("BilledCost", "EffectiveCost", "ListCost", "ContractedCost"), cost)
    return ONE | four | said


def three(**second: str) -> list[Charge]:
    """Three charges, the second of them as told."""
    return [charge(), charge("20.50") | second, charge("30.00")]


def written(
    rows: Iterable[Charge],
    *,
    delimiter: str = ",",
    end: str = "\n",
    names: Sequence[str] = (),
    header: Sequence[str] = (),
) -> str:
    """Charges as csv; `names` chooses the columns, `header` says what they are called."""
    told = list(rows)
    chosen = list(names or (told[0] if told else ONE))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerow(header or chosen)
    writer.writerows([row.get(name, "") for name in chosen] for row in told)
    return text.getvalue()


def as_csv(rows: Iterable[Charge]) -> bytes:
    """Charges as an ordinary csv file."""
    return written(rows).encode()


def as_parquet(rows: Iterable[Charge]) -> bytes:
    """Charges as a Parquet file of text columns."""
    told = list(rows)
    table = pa.table({name: [row.get(name) or None for row in told] for name in told[0]})
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()


def damaged(content: bytes, at: int) -> bytes:
    """The same bytes with one bit turned."""
    broken = bytearray(content)
    broken[at] ^= 0x10
    return bytes(broken)


def zipped(name: str) -> bytes:
    """A zip file, as an xlsx is one."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr(name, "<x/>")
    return sink.getvalue()
