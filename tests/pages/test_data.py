"""The data page, as the practitioner uses it before the meeting."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.access import clock
from finops.access.actor import local_actor
from finops.access.workspace import open_workspace
from finops.core.exchange_rate import ExchangeRate
from finops.exchange.rates import add_rates
from tests.pages import bills

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Visit

DATA = "operate/data.py"


def test_it_opens_with_whether_the_data_is_complete(visit: Visit, three_months: Path) -> None:
    first = visit(three_months, DATA).markdown[0].value
    assert "Charges are in to 12 Nov 2026" in first
    assert "2 rows were left out" in first


def test_every_import_and_every_rejected_row_is_there(visit: Visit, three_months: Path) -> None:
    at = visit(three_months, DATA)
    imports = next(frame.value for frame in at.dataframe if "Import" in frame.value)
    rejected = next(frame.value for frame in at.dataframe if "Reason" in frame.value)
    assert list(imports["Status"]) == ["committed", "rejected", "committed", "committed"]
    assert list(rejected["Line"]) == [6, 9]


def test_a_file_can_be_brought_in_while_there_is_nothing(visit: Visit, nothing: Path) -> None:
    at = visit(nothing, DATA)
    assert [head.value for head in at.subheader] == ["Bring in a file", "Imports", "Rejected rows"]
    assert at.button(key="upload-import").disabled


def test_a_day_without_its_rate_is_named_with_what_holds_instead(
    visit: Visit, tmp_path: Path
) -> None:
    made = bills.abroad(tmp_path)
    assert not any("no rate" in one.value for one in visit(made, DATA).markdown)
    days = [f"2026-10-{day:02}" for day in (6, 7, 8, 12, 13)]
    rates = tuple(ExchangeRate("EUR", "USD", "daily", "", day, Decimal("1.2")) for day in days)
    workspace = open_workspace(made)
    add_rates(
        workspace.store, actor=local_actor(), at=clock.now(), origin="", rates=rates, file="d.csv"
    )
    workspace.close()
    (told,) = [one.value for one in visit(made, DATA).markdown if "no rate" in one.value]
    plain = told.replace("\\", "")
    assert plain.startswith("**There is no rate from EUR to USD on 9 Oct 2026.** The rate of its")
