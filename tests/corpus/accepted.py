"""Files that look odd and are right: each is taken, with the billed cost that it has."""

from __future__ import annotations

import gzip
import io
from decimal import Decimal
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from tests.corpus import as_csv
from tests.corpus import as_parquet
from tests.corpus import Charge
from tests.corpus import three
from tests.corpus import written

UNREADABLE_TAGS = "not key and value pairs; kept as delivered, no tag is read from it"


class Accepted(NamedTuple):
    """A file, its billed cost, what of it is beyond the 18th decimal, and what is remarked."""

    name: str
    content: bytes
    cost: str = "60.5"
    beyond: str = "0"
    remark: str = ""
    file: str = "bill.csv"


def cell(cost: str = "60.5", *, beyond: str = "0", remark: str = "", **said: str) -> Accepted:
    """A file in which one value of the second charge is unusual."""
    ((column, value),) = said.items()
    return Accepted(f"{column} {value!r}", as_csv(three(**said)), cost, beyond, remark)


def typed(kind: pa.DataType, rows: list[Charge]) -> bytes:
    """A Parquet file whose costs are numbers, as providers write them."""
    columns: dict[str, object] = {name: [row[name] or None for row in rows] for name in rows[0]}
    for name in ("BilledCost", "EffectiveCost", "ListCost", "ContractedCost"):
        values = [Decimal(row[name]) for row in rows]
        given = [float(v) for v in values] if pa.types.is_floating(kind) else values
        columns[name] = pa.array(given, kind)
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue()


TEXT = written(three())
HEADER, FIRST, SECOND, THIRD = TEXT.splitlines(keepends=True)

PARTED = (HEADER + "".join(line.strip() + ",\n" for line in (FIRST, SECOND, THIRD))).encode()
TWO = (HEADER + FIRST).encode(), (SECOND + THIRD).encode()
PARQUET = "bill.parquet"

ACCEPTED = (
    Accepted("a plain file", TEXT.encode()),
    Accepted("semicolons with points", written(three(), delimiter=";").encode()),
    Accepted("tabs", written(three(), delimiter="\t").encode()),
    Accepted("pipes", written(three(), delimiter="|").encode()),
    Accepted("a byte order mark", b"\xef\xbb\xbf" + TEXT.encode()),
    Accepted("CR LF", written(three(), end="\r\n").encode()),
    Accepted("CR alone", written(three(), end="\r").encode()),
    Accepted("line ends of two kinds", (HEADER + FIRST.strip() + "\r\n" + SECOND + THIRD).encode()),
    Accepted("no line end at the end", TEXT.rstrip("\n").encode()),
    Accepted(
        "blank lines between rows", (HEADER + FIRST + "\n\n" + SECOND + THIRD + "\n").encode()
    ),
    Accepted(
        "spaces around column names", (HEADER.replace(",", " , ") + FIRST + SECOND + THIRD).encode()
    ),
    Accepted("column names in capitals", (HEADER.upper() + FIRST + SECOND + THIRD).encode()),
    Accepted("column names in small letters", (HEADER.lower() + FIRST + SECOND + THIRD).encode()),
    Accepted("a delimiter at each line's end", PARTED),
    Accepted("a field of almost 2 MB", as_csv(three(ChargeDescription="x" * 1_900_000))),
    Accepted("a line break in a field", as_csv(three(ChargeDescription="two\nlines"))),
    Accepted("a quotation mark within a field", TEXT.replace("an hour", 'a 5" hour').encode()),
    Accepted("gzip named csv", gzip.compress(TEXT.encode())),
    Accepted("csv named gzip", TEXT.encode(), file="bill.csv.gz"),
    Accepted("csv named Parquet", TEXT.encode(), file=PARQUET),
    Accepted("Parquet named csv", as_parquet(three())),
    Accepted("Parquet", as_parquet(three()), file=PARQUET),
    Accepted("gzip in two members", b"".join(map(gzip.compress, TWO))),
    Accepted("gzip with zeros after it", gzip.compress(TEXT.encode()) + b"\0" * 100),
    Accepted("zstd", zstandard.compress(TEXT.encode()), file="bill.csv.zst"),
    Accepted("zstd in two frames", b"".join(map(zstandard.compress, TWO))),
    Accepted("a file's name with a bracket", TEXT.encode(), file="bill [1] (a'b).csv"),
    Accepted(
        "binary fractions stand for their shortest text",
        typed(pa.float64(), three(BilledCost="20.52022672899")),
        "60.52022672899",
        file=PARQUET,
    ),
    Accepted(
        "decimals of Parquet",
        typed(pa.decimal128(38, 12), three(BilledCost="20.520226728991")),
        "60.520226728991",
        file=PARQUET,
    ),
    Accepted(
        "longer decimals of Parquet",
        typed(pa.decimal128(38, 20), three(BilledCost="0.00000000000000000149")),
        "40.000000000000000001",
        "0.49E-18",
        file=PARQUET,
    ),
    Accepted("NULL in Parquet", as_parquet(three(SubAccountId="NULL")), file=PARQUET),
    cell("40", BilledCost="-0.0"),
    cell("19.5", BilledCost="-20.50"),
    cell("60.5", BilledCost="+20.5"),
    cell("60.5", BilledCost=" 20.50 "),
    cell("40.5", BilledCost=".5"),
    cell("45", BilledCost="5."),
    cell("190", BilledCost="1.5E2"),
    cell("40.0015", BilledCost="1.5e-3"),
    cell("40", beyond="1E-20", BilledCost="1E-20"),
    cell(
        "40.123456789012345679", beyond="-0.4999999E-18", BilledCost="0.1234567890123456785000001"
    ),
    cell("12345678901234567930", BilledCost="12345678901234567890"),
    cell(remark="expected a value", ListCost="NULL"),
    cell(SubAccountId="null"),
    cell(ChargeFrequency="usage-based"),
    cell(ChargeCategory="USAGE"),
    cell(BillingAccountId="0011"),
    cell(ChargePeriodStart="2026-04-01"),
    cell(ChargePeriodStart="2026-04-01 00:00:00"),
    cell(ChargePeriodStart="2026-04-01T02:00:00+02:00"),
    cell(remark=UNREADABLE_TAGS, Tags='{"team":"a","team":"b"}'),
    cell(remark=UNREADABLE_TAGS, Tags="[]"),
    cell(remark=UNREADABLE_TAGS, Tags='"team": "search"'),
    cell(Tags="{}"),
    cell(Tags='{"team": true, "count": 1, "empty": null}'),
)
