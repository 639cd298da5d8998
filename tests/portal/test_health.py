"""Whether the data is complete and fresh."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.ingestion.report import ImportReport
from finops.ingestion.report import Status
from finops.portal import desk
from finops.portal import health
from finops.portal.health import Freshness
from tests.pages import bills

if TYPE_CHECKING:
    from finops.dataset import Dataset

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


def fresh(issuer: str, last: date = LAST, missing: tuple[date, ...] = ()) -> Freshness:
    return Freshness(issuer, FIRST, last, missing, charges=1, imported="1")


def test_how_far_charges_reach_is_read_from_the_charges(dataset: Dataset) -> None:
    (found,) = health.freshness(dataset)
    assert (found.issuer, found.first, found.last) == (
        "Example Cloud",
        date(2026, 9, 1),
        date(2026, 11, 12),
    )
    assert found.missing == ()
    assert found.charges == 217
    assert health.issuers(desk.snapshot())[found.imported] == "Example Cloud"


def test_a_day_without_a_charge_between_others_is_missing() -> None:
    days = [FIRST, FIRST + timedelta(days=1), FIRST + timedelta(days=3)]
    assert health.missing(days) == (date(2026, 10, 3),)


def test_a_month_charged_by_the_month_misses_no_day() -> None:
    assert health.missing([date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)]) == ()


def test_who_is_late_and_what_is_missing_is_said_by_name() -> None:
    sources = (fresh("A"), fresh("B", date(2026, 10, 20)), fresh("C", missing=(FIRST,)))
    told = health.sentence(sources, (), bills.TODAY)
    assert told.startswith("**Charges are in to 31 Oct 2026** (18 days ago) from A, B and C")
    assert "**behind: B (20 Oct 2026)**" in told
    assert "**days missing: C (1 Oct 2026)**" in told


def test_a_scope_without_a_charge_says_so() -> None:
    assert health.sentence((), (), bills.TODAY).startswith("**There is no charge in this scope.**")


def test_what_was_left_out_is_said_with_its_amount() -> None:
    report = ImportReport(
        import_id="1", source="a.csv", format="focus-csv", focus_version="1.2", dataset="",
        status=Status.COMMITTED, left_out_rows=2, left_out=(("USD", Decimal("3.5")),),
    )  # fmt: skip
    assert "2 rows were left out (3.50\u00a0USD billed" in health.left_out((report,))
    assert health.left_out(()) == "No row was left out."
