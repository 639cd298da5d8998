from __future__ import annotations

from datetime import datetime
from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import Actor
from finops.access.actor import local_actor
from finops.access.roles import Role
from finops.access.workspace import make_workspace
from finops.core.exchange_rate import ExchangeRate
from finops.errors import InputError
from finops.errors import NotAllowed
from finops.exchange.rates import add_rates
from finops.exchange.rates import RatesAdded
from finops.exchange.rates import read
from finops.records.models import Rate
from finops.records.revisions import newest

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, text: str) -> Path:
    file = folder / "rates.csv"
    file.write_bytes(text.encode())
    return file


def test_a_rate_is_of_a_month_or_of_a_day(tmp_path: Path) -> None:
    text = """\
        From,To,Kind,Period,Date,Rate
        EUR,USD,average,2026-04,,1.10
        EUR,USD,,2026-05,,1.12345678
        USD,JPY,Month End,2026-04,,151
        GBP,USD,,,2026-04-30,1.3
        EUR,USD,contract,2026-04,,01.05
        """.replace("        ", "")
    assert read(written(tmp_path, text)) == (
        ExchangeRate("EUR", "USD", "average", "2026-04", "", Decimal("1.10")),
        ExchangeRate("EUR", "USD", "average", "2026-05", "", Decimal("1.12345678")),
        ExchangeRate("USD", "JPY", "month-end", "2026-04", "", Decimal(151)),
        ExchangeRate("GBP", "USD", "daily", "", "2026-04-30", Decimal("1.3")),
        ExchangeRate("EUR", "USD", "contract", "2026-04", "", Decimal("1.05")),
    )


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_spaces_marks_and_line_ends_do_not_matter(tmp_path: Path, mark: str, line_end: str) -> None:
    lines = ("From, To , Kind, Period, Rate", ' "EUR", USD ,average, 2026-04 , 1.1 ', "")
    found = read(written(tmp_path, mark + line_end.join(lines)))
    assert found == (ExchangeRate("EUR", "USD", "average", "2026-04", "", Decimal("1.1")),)


def test_the_file_of_the_european_central_bank_is_read_as_it_is(tmp_path: Path) -> None:
    text = "Date,USD,JPY,CYP,\n2026-04-02,1.0853,163.66,N/A,\n2026-04-01,1.0800,,N/A,\n"
    assert read(written(tmp_path, text)) == (
        ExchangeRate("EUR", "USD", "daily", "", "2026-04-02", Decimal("1.0853")),
        ExchangeRate("EUR", "JPY", "daily", "", "2026-04-02", Decimal("163.66")),
        ExchangeRate("EUR", "USD", "daily", "", "2026-04-01", Decimal("1.0800")),
    )


GOOD = "EUR,USD,average,2026-04,1.1"


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("EURO,USD,average,2026-04,1.1", "From 'EURO'"),
        ("eur,USD,average,2026-04,1.1", "From 'eur'"),
        ("EUR,,average,2026-04,1.1", "To ''"),
        ("EUR,EUR,average,2026-04,1.1", "To 'EUR'"),
        ("EUR,USD,mean,2026-04,1.1", "Kind 'mean'"),
        ("EUR,USD,daily,2026-04,1.1", "Date ''"),
        ("EUR,USD,average,2026-13,1.1", "Period '2026-13'"),
        ("EUR,USD,average,2026-4,1.1", "Period '2026-4'"),
        ("EUR,USD,average,,1.1", "Period ''"),
        ("EUR,USD,average,2026-04,", "Rate ''"),
        ("EUR,USD,average,2026-04", "Rate ''"),
        ("EUR,USD,average,2026-04,0", "Rate '0'"),
        ("EUR,USD,average,2026-04,-1.1", "Rate '-1.1'"),
        ("EUR,USD,average,2026-04,NaN", "Rate 'NaN'"),
        ("EUR,USD,average,2026-04,Infinity", "Rate 'Infinity'"),
        ("EUR,USD,average,2026-04,1_1", "Rate '1_1'"),
        ("EUR,USD,average,2026-04,1e400", "Rate '1e400'"),
        ("EUR,USD,average,2026-04,1.123456789", "Rate '1.123456789'"),
        ('EUR,USD,average,2026-04,"1,1"', "Rate '1,1'"),
        ("EUR,USD,average,2026-04,1.1 USD", "Rate '1.1 USD'"),
        ("EUR,USD,average,2026-04,\u0661", "Rate '\u0661'"),
    ],
)
def test_a_line_that_is_no_rate_is_named_and_no_rate_is_taken(
    tmp_path: Path, line: str, place: str
) -> None:
    text = f"From,To,Kind,Period,Rate\n{GOOD}\n\n{line}\n{GOOD}\n"
    with pytest.raises(InputError) as error:
        read(written(tmp_path, text))
    assert str(error.value).startswith(f"rates.csv line 4, {place}: expected ")
    assert error.value.remedy == "No rate of this file was taken."


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("2026-02-30,1.1", "Date '2026-02-30'"),
        ("2026-4-1,1.1", "Date '2026-4-1'"),
        ("01/04/2026,1.1", "Date '01/04/2026'"),
        ("2026-04-01,x", "USD 'x'"),
        ("2026-04-01,0", "USD '0'"),
    ],
)
def test_a_line_of_the_wide_file_is_named_too(tmp_path: Path, line: str, place: str) -> None:
    with pytest.raises(InputError) as error:
        read(written(tmp_path, f"Date,USD\n2026-04-01,1.1\n{line}\n"))
    assert str(error.value).startswith(f"rates.csv line 3, {place}: expected ")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "From,To\nEUR,USD\n",
        "From;To;Kind;Period;Rate\nEUR;USD;average;2026-04;1.1\n",
        "Month,EUR\n2026-04,1\n",
        "From,To,Kind,Period,Rate\n",
        "Date,USD\n",
        "From,To,Kind,Period,Rate,Rate\nEUR,USD,average,2026-04,1.1,1.2\n",
        'From,To,Kind,Period,Rate\n"EUR,USD,average,2026-04,1.1\n',
        "From,To,Kind,Period,Rate\nEUR,USD,average,2026-04,1.1\x00\n",
    ],
)
def test_a_file_that_holds_no_rates_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"rates\.csv"):
        read(written(tmp_path, text))


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rates.csv").write_bytes("From,To\n".encode("utf-16"))
    for file in (tmp_path / "rates.csv", tmp_path / "nosuch.csv", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read(file)


def test_later_rates_hold_and_every_rate_keeps_its_file_and_moment(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    at = datetime(2026, 5, 2, tzinfo=UTC)
    done = None
    for value in ("1.1", "1.2"):
        rate = ExchangeRate("EUR", "USD", "average", "2026-04", "", Decimal(value))
        done = add_rates(
            workspace.store, actor=local_actor(), at=at, origin="", rates=(rate,), file="f.csv"
        )
    with workspace.store.reading() as session:
        held = newest(session, Rate)
    workspace.close()
    assert done == RatesAdded(1, "")
    assert [(row.rate, row.file, row.revision) for row in held] == [("1.2", "f.csv", 2)]


def test_rates_are_written_by_those_who_may(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    viewer = Actor("ann", frozenset({Role.VIEWER}))
    with pytest.raises(NotAllowed):
        add_rates(
            workspace.store,
            actor=viewer,
            at=datetime(2026, 5, 2, tzinfo=UTC),
            origin="",
            rates=(),
            file="f.csv",
        )
    workspace.close()
