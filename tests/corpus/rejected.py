"""Files that are refused, each with the place and the words in which that is said."""

from __future__ import annotations

import gzip
from typing import NamedTuple

import zstandard

from tests.corpus import as_csv
from tests.corpus import as_parquet
from tests.corpus import charge
from tests.corpus import damaged
from tests.corpus import ONE
from tests.corpus import three
from tests.corpus import written
from tests.corpus import zipped

NUMBER = "expected a decimal number such as 1234.56"
POINT = f"{NUMBER}; write a point before the decimals, and nothing between thousands"
BARE = f"{NUMBER}; write nothing but the number"
TIME = "expected a time such as 2026-04-01T00:00:00Z"
QUOTES = "a quotation mark is opened and not closed, or text follows it; quote the whole field"
NO_FOCUS = (
    "this is no FOCUS file: 0 of its column names are FOCUS's; "
    "bring a FOCUS 0.5 to 1.4 export with the column names on line 1"
)
SOMEWHERE = -1
"""The line depends on how much the decompressor holds back."""


class Rejected(NamedTuple):
    """A file, and the first fault that is told of it.

    `left` is the billed cost that remains when the rows at fault are left out, and `out` what
    those cost ("" where it cannot be read); `left` is empty where no row can be kept.
    """

    name: str
    content: bytes
    reason: str
    line: int = 0
    column: str = ""
    value: str = ""
    left: str = ""
    out: str = ""
    file: str = "bill.csv"


def cell(reason: str, *, out: str = "", shown: str | None = None, **said: str) -> Rejected:
    """A file in which one value of the second charge, on line 3, is at fault."""
    ((column, value),) = said.items()
    return Rejected(
        name=f"{column} {value!r}",
        content=as_csv(three(**said)),
        reason=reason,
        line=3,
        column=column,
        value=value if shown is None else shown,
        left="40",
        out=out,
    )


TEXT = written(three())
HEADER, FIRST, SECOND, THIRD = TEXT.splitlines(keepends=True)
LONG = as_csv([charge(str(number)) for number in range(20_000)])
OPEN = SECOND.replace("an hour", '"an hour')
BROKEN = SECOND.replace("an hour of", '"an" hour')
SHORT = SECOND.rsplit(",", 3)[0] + "\n"
WIDE = SECOND.strip() + ",more\n"
LATIN = written(three(ServiceName="Größe")).encode("latin-1")
CUT_IN_TWO = written(three(ServiceName="Größe")).encode().replace("ö".encode(), b"\xc3")
TWO_LINES = [charge(ChargeDescription="two\nlines"), charge("x"), charge("30.00")]
UTF_8 = "not UTF-8 text; save the file as UTF-8"


def second(line: str) -> bytes:
    """The file with another second row."""
    return (HEADER + FIRST + line + THIRD).encode()


def comma(cost: str) -> dict[str, str]:
    """A charge as a spreadsheet in most of Europe writes it."""
    return {name: text.replace(".", ",") for name, text in charge(cost).items()}


def line(  # noqa: PLR0913 -- a place has many parts
    name: str,
    content: bytes,
    reason: str,
    number: int = 3,
    *,
    column: str = "",
    value: str = "",
    left: str = "40",
    out: str = "",
) -> Rejected:
    """A file in which one line is at fault; of a whole line the beginning is shown."""
    shown = value if column else value.rstrip("\n")[:80]
    return Rejected(name, content, reason, number, column, shown, left, out)


AMOUNTS = (
    cell(POINT, BilledCost="20,50"),
    cell(POINT, BilledCost="1,234.56"),
    cell(POINT, BilledCost="1.234,56"),
    cell(BARE, BilledCost="1'234.56"),
    cell(BARE, BilledCost="1 234.56"),
    cell(BARE, BilledCost="1_234.56"),
    cell(BARE, BilledCost="$20.50"),
    cell(BARE, BilledCost="20.50 USD"),
    cell(BARE, BilledCost="€20.50"),
    cell(BARE, BilledCost="(20.50)"),
    cell(BARE, BilledCost="20.50-"),
    cell(BARE, BilledCost="0x10"),
    cell(BARE, BilledCost="\u00a020.50"),
    cell(f"{NUMBER}; this is not an amount", BilledCost="NaN"),
    cell(f"{NUMBER}; this is not an amount", BilledCost="Infinity"),
    cell(f"{NUMBER}; this is not an amount", BilledCost="-inf"),
    cell(f"{NUMBER}; at most 20 digits fit before the point", BilledCost="1e400"),
    cell(f"{NUMBER}; at most 20 digits fit before the point", BilledCost="1" * 21),
    cell(NUMBER, BilledCost="N/A"),
    cell(NUMBER, BilledCost="true"),
    cell(NUMBER, BilledCost="  "),
    cell("expected a value", BilledCost=""),
    cell("expected a value", BilledCost="NULL", shown=""),
    cell("expected a value", EffectiveCost="null", shown="", out="20.5"),
    cell(BARE, ListCost="20.50 EUR", out="20.5"),
    cell(POINT, PricingQuantity="1,5", out="20.5"),
)

OTHER_VALUES = (
    cell(TIME, ChargePeriodEnd="2026-04-01T30:00:00Z", out="20.5"),
    cell(TIME, ChargePeriodStart="2026-02-30T00:00:00Z", out="20.5"),
    cell(TIME, ChargePeriodStart="4/1/2026", out="20.5"),
    cell(TIME, BillingPeriodStart="April 2026", out="20.5"),
    cell(
        "expected an end after ChargePeriodStart",
        ChargePeriodEnd=ONE["ChargePeriodStart"],
        out="20.5",
    ),
    cell(
        "expected an end after ChargePeriodStart",
        ChargePeriodEnd="2026-03-01T00:00:00Z",
        out="20.5",
    ),
    cell(
        "expected an end after BillingPeriodStart",
        BillingPeriodEnd="2026-03-01T00:00:00Z",
        out="20.5",
    ),
    cell("expected a year from 2000 to 2099", ChargePeriodStart="0026-04-01T00:00:00Z", out="20.5"),
    cell("expected a year from 2000 to 2099", ChargePeriodEnd="infinity", out="20.5"),
    cell("expected a year from 2000 to 2099", BillingPeriodEnd="9999-12-31T00:00:00Z", out="20.5"),
    cell(
        "expected one of Usage, Purchase, Tax, Credit, Adjustment",
        ChargeCategory="Refund",
        out="20.5",
    ),
    cell(
        "expected one of Usage, Purchase, Tax, Credit, Adjustment",
        ChargeCategory=" Usage",
        out="20.5",
    ),
    cell("expected one of One-Time, Recurring, Usage-Based", ChargeFrequency="Monthly", out="20.5"),
    cell("expected a currency code such as USD", BillingCurrency="usd"),
    cell("expected a currency code such as USD", BillingCurrency="$"),
    cell("expected a value", BillingCurrency=""),
    cell("expected a value", BillingAccountId="", out="20.5"),
    cell("a NUL character is in the text", ServiceName="EC\0002", out="20.5"),
    cell("a NUL character is in the text", Tags='{"team":"\0"}', out="20.5"),
)

LINES = (
    line("too few fields", second(SHORT), "22 fields where the header has 25", value=SHORT),
    line("too many fields", second(WIDE), "26 fields where the header has 25", value=WIDE),
    line(
        "blanks",
        second("  \n" + SECOND),
        "1 field where the header has 25",
        value="  ",
        left="60.5",
    ),
    line(
        "totals",
        (TEXT + "Total,60.50\n").encode(),
        "2 fields where the header has 25",
        5,
        value="Total,60.50",
        left="60.5",
    ),
    line(
        "the header again",
        second(HEADER),
        "the column names again, in the midst of the rows; take the line out",
        value=HEADER,
    ),
    line("an open quotation mark", second(OPEN), QUOTES, value=OPEN),
    line("text after a quotation mark", second(BROKEN), QUOTES, value=BROKEN),
    line(
        "a field of 3 MB",
        as_csv(three(ChargeDescription="x" * 3_000_000)),
        "the line is longer than 2,097,152 bytes",
        value=SECOND.replace("an hour of compute", "x" * 80),
    ),
    line("Latin-1", LATIN, UTF_8, column="ServiceName", value="Gr\ufffd\ufffde", out="20.5"),
    line(
        "UTF-8 cut in two", CUT_IN_TWO, UTF_8, column="ServiceName", value="Gr\ufffdße", out="20.5"
    ),
    line(
        "line breaks in fields before", as_csv(TWO_LINES), NUMBER, 4, value="x", column="BilledCost"
    ),
    line(
        "blank lines before",
        second("\n\n" + SECOND.replace("20.50", "x")),
        NUMBER,
        5,
        value="x",
        column="BilledCost",
    ),
    line(
        "lines that end in CR LF",
        written(three(BilledCost="x"), end="\r\n").encode(),
        NUMBER,
        value="x",
        column="BilledCost",
    ),
    line(
        "lines that end in CR",
        written(three(BilledCost="x"), end="\r").encode(),
        NUMBER,
        value="x",
        column="BilledCost",
    ),
    line(
        "a byte order mark before",
        b"\xef\xbb\xbf" + as_csv(three(BilledCost="x")),
        NUMBER,
        value="x",
        column="BilledCost",
    ),
    line(
        "gzip", gzip.compress(as_csv(three(BilledCost="x"))), NUMBER, value="x", column="BilledCost"
    ),
    line(
        "zstd",
        zstandard.compress(as_csv(three(BilledCost="x"))),
        NUMBER,
        value="x",
        column="BilledCost",
    ),
    line(
        "Parquet tells the row",
        as_parquet(three(BilledCost="x")),
        NUMBER,
        2,
        value="x",
        column="BilledCost",
    ),
    line(
        "semicolons with decimal commas",
        written([comma("10.00"), comma("20.50")], delimiter=";").encode(),
        POINT,
        2,
        value="10,00",
        column="BilledCost",
        left="",
    ),
    line(
        "NUL in a column of its own",
        as_csv([row | {"x_Foo": "a\0b"} for row in three()]),
        "a NUL character is in the text",
        2,
        value="a\0b",
        column="x_Foo",
        left="",
    ),
)

HEADERS = (
    Rejected(
        "a column missing",
        written(three(), names=[name for name in ONE if name != "BilledCost"]).encode(),
        "FOCUS 1.2 must have this column; export it too",
        1,
        "BilledCost",
    ),
    Rejected(
        "a column twice",
        TEXT.replace("PublisherName", "ProviderName").encode(),
        "named twice; name each column once",
        1,
        "ProviderName",
    ),
    Rejected(
        "a column twice, in other case",
        TEXT.replace("PublisherName", "providername").encode(),
        "named twice; name each column once",
        1,
        "ProviderName",
    ),
    Rejected(
        "a column without a name",
        TEXT.replace("InvoiceId", "").encode(),
        "column 15 has no name; name it, or take it out",
        1,
    ),
    Rejected("a title above the header", b"Costs of April\n" + TEXT.encode(), NO_FOCUS, 1),
    Rejected(
        "a header of 3 MB",
        (HEADER.strip() + "y" * 3_000_000).encode(),
        "longer than 100,000 characters, where the column names should be",
        1,
    ),
    Rejected(
        "a header in Latin-1",
        TEXT.replace("SubAccountId", "Größe").encode("latin-1"),
        "byte 346 of the line is not UTF-8 text; save the file as UTF-8",
        1,
    ),
    Rejected("a header alone", HEADER.encode(), "the file has a header and no rows"),
    Rejected(
        "a header without a line end", HEADER.strip().encode(), "the file has a header and no rows"
    ),
    Rejected("nothing", b"", "the file is empty; export it again"),
    Rejected("nothing, compressed", gzip.compress(b""), "the file is empty; export it again"),
    Rejected(
        "white space", b"  \n\n \n", "empty, where the column names should be; export it again", 1
    ),
)

CUT = "the compressed data is cut off or damaged after this line; fetch the file again"
UNSOUND = "the gzip data is cut off or damaged; fetch the file again"
SWELLS = (
    "it swells to more than 200 times its size when it is decompressed; "
    "raise max_ratio in finops.toml if you trust the file"
)
SUMMED = zstandard.ZstdCompressor(write_checksum=True)
PACKED = gzip.compress(TEXT.encode())

FILES = (
    Rejected("gzip cut off", gzip.compress(LONG)[:-20], CUT, 19_999),
    Rejected("gzip without its check sum", PACKED[:-8], CUT, 4),
    Rejected("gzip with a turned bit", damaged(gzip.compress(LONG), 9_000), UNSOUND),
    Rejected("gzip with another check sum", damaged(PACKED, -6), UNSOUND),
    Rejected("zstd cut off", zstandard.compress(LONG)[:-20], UNSOUND.replace("gzip", "zstd")),
    Rejected("zstd with a turned bit", damaged(SUMMED.compress(LONG), -2), CUT, SOMEWHERE),
    Rejected("a gzip bomb of blanks", gzip.compress(TEXT.encode() + b" " * 20_000_000), SWELLS),
    Rejected(
        "a gzip bomb of rows", gzip.compress(TEXT.encode() + SECOND.encode() * 200_000), SWELLS
    ),
    Rejected(
        "a zstd bomb of rows", zstandard.compress(TEXT.encode() + SECOND.encode() * 200_000), SWELLS
    ),
    Rejected("compressed twice", gzip.compress(PACKED), "it is packed twice; unpack it once"),
    Rejected(
        "Parquet cut off",
        as_parquet(three())[:-100],
        "the Parquet file is cut off or damaged; fetch it again",
    ),
    Rejected(
        "Parquet with a turned bit",
        damaged(as_parquet([charge(str(n)) for n in range(3_000)]), 600),
        "the data is damaged; fetch the file again",
        file="bill.parquet",
    ),
    Rejected("UTF-16", TEXT.encode("utf-16"), "the text is UTF-16; save it as UTF-8"),
    Rejected(
        "UTF-16 without a mark",
        TEXT.encode("utf-16-le"),
        "this is UTF-16 or no text at all; save it as UTF-8 csv",
    ),
    Rejected(
        "an xlsx",
        zipped("[Content_Types].xml"),
        "this is a zip or an xlsx, not a csv; unpack it, or save it as csv",
    ),
    Rejected("a web page", b"<!DOCTYPE html><html><body>Access denied</body></html>", NO_FOCUS, 1),
    Rejected("an error in JSON", b'{"error": "denied"}', NO_FOCUS, 1),
    Rejected(
        "a PDF",
        b"%PDF-1.4 \xe2\xe3\xcf\xd3\n",
        "byte 10 of the line is not UTF-8 text; save the file as UTF-8",
        1,
    ),
    Rejected(
        "an amount too large to add",
        as_csv([charge("9" * 20), charge("9" * 20)]),
        "the amounts add up to more than 20 digits before the point",
    ),
)

REJECTED = (*AMOUNTS, *OTHER_VALUES, *LINES, *HEADERS, *FILES)
