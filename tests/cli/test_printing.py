from __future__ import annotations

import json
from datetime import date
from datetime import datetime
from datetime import UTC
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from finops.cli.printing import as_json
from finops.cli.printing import emit
from finops.cli.printing import money
from finops.cli.printing import one_line
from finops.cli.printing import table
from finops.cli.session import Session
from finops.core.measure import Axis
from finops.core.period import BillingPeriod

if TYPE_CHECKING:
    from rich.table import Table

numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20)


def drawn(what: Table) -> str:
    console = Console(markup=False, width=60, color_system=None)
    with console.capture() as capture:
        console.print(what)
    return capture.get()


@given(numbers)
def test_money_is_written_in_full_and_read_back_exactly(number: Decimal) -> None:
    text = money(number)
    assert "E" not in text.upper()
    assert Decimal(text) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1E+3", "1000"),
        (f"1.{'7' * 77}", f"1.{'7' * 77}"),
        ("1E-18", "0.000000000000000001"),
        ("-0.00", "0"),
        ("2520.60", "2520.6"),
    ],
)
def test_money_has_no_exponent_and_no_negative_zero(number: str, text: str) -> None:
    assert money(Decimal(number)) == text


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_not_printed_as_one(number: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        money(Decimal(number))


def test_a_document_is_plain_json_with_money_as_text() -> None:
    document = {
        "total": Decimal("1E+2"),
        "period": BillingPeriod(2026, 4),
        "day": date(2026, 4, 1),
        "at": datetime(2026, 4, 1, 12, tzinfo=UTC),
        "axis": Axis.BILLING,
        "file": Path("may.csv"),
        "seen": frozenset({"b", "a"}),
        "rows": [("search", Decimal("951.50"), 3, None, True)],
    }
    assert json.loads(as_json(document)) == {
        "total": "100",
        "period": "2026-04",
        "day": "2026-04-01",
        "at": "2026-04-01T12:00:00+00:00",
        "axis": "billing",
        "file": "may.csv",
        "seen": ["a", "b"],
        "rows": [["search", "951.5", 3, None, True]],
    }


def test_what_has_no_agreed_form_is_not_guessed() -> None:
    with pytest.raises(TypeError, match="complex has no form"):
        as_json({"x": 1j})


def test_json_is_one_document_and_text_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    document = {"total": Decimal("951.50")}
    emit(Session(workspace=Path(), as_json=True), document, lambda console: console.print("text"))
    assert json.loads(capsys.readouterr().out) == {"total": "951.5"}
    emit(Session(workspace=Path()), document, lambda console: console.print("[red]text[/red]"))
    assert capsys.readouterr().out == "[red]text[/red]\n"


def test_a_table_shows_money_in_full_and_to_the_right() -> None:
    shown = drawn(
        table(("Team", "Cost"), [("search", Decimal("1951.50")), ("x", Decimal(7))], title="Costs")
    )
    lines = [line.rstrip() for line in shown.splitlines() if line.strip()]
    assert lines[0] == "Costs"
    assert lines[-2:] == [" search   1,951.5", " x              7"]


def test_a_table_of_nothing_shows_its_columns() -> None:
    assert "Team" in drawn(table(("Team",), []))


def test_text_from_a_bill_cannot_steer_the_terminal() -> None:
    assert one_line("a\x1b[2Jb\r\nc\u202ed\x9b") == "a [2Jb c d"
    assert "\x1b" not in drawn(table(("Team",), [("\x1b]0;owned\x07[red]",)]))
