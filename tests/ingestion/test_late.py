"""What comes after a month was closed never changes it: the difference goes to an open month."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.errors import ImportRefused
from finops.ingestion.commit import Mode
from finops.ingestion.late import first_open
from finops.ingestion.report import Status
from finops.measures import ask
from finops.measures import Query
from finops.records.closings import Event
from tests.ingestion.lateness import close
from tests.ingestion.lateness import deliver
from tests.ingestion.lateness import figures
from tests.ingestion.lateness import of
from tests.ingestion.lateness import step
from tests.ingestion.lateness import summed

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

APRIL = [of(4, "10"), of(4, "20", day=2), of(4, "30", day=3, ResourceId="i-2")]
LATER = [of(4, "10"), of(4, "21.5", day=2), of(4, "30", day=3, ResourceId="i-2")]


@pytest.fixture
def closed(fresh: Workspace) -> Workspace:
    """A workspace whose April is closed."""
    deliver(fresh, APRIL)
    close(fresh, "2026-04")
    return fresh


def test_a_restated_delivery_is_booked_in_the_next_month_and_the_closed_one_stays(
    closed: Workspace,
) -> None:
    before = closed.snapshot()
    report = deliver(closed, LATER)

    assert report.status is Status.COMMITTED
    assert (
        report.message == "April 2026 is closed; 2 adjustments of 1.5 USD are booked in May 2026."
    )
    (told,) = report.restates
    assert (told.month, told.booked_in, told.rows) == ("2026-04", "2026-05", 2)
    assert report.to_document()["restates"] == [
        {
            "month": "2026-04",
            "booked_in": "2026-05",
            "issuer": "Amazon Web Services, Inc.",
            "rows": 2,
            "amounts": {"USD": Decimal("1.5")},
        }
    ]
    after = closed.snapshot()
    assert before
    assert after
    assert set(before.parts) < set(after.parts)
    assert figures(closed, billed_in="2026-04") == summed(APRIL)
    assert figures(closed, "2026-04") == summed(LATER)


def test_adjustments_keep_the_day_on_which_they_were_incurred(closed: Workspace) -> None:
    deliver(closed, LATER)
    query = Query(measures=("EffectiveCost",), by=("x_BillingMonth",), grain="day")
    may = [row for row in ask(closed.dataset(), query).rows if row[1] == "2026-05"]
    assert may == [("2026-04-02", "2026-05", Decimal("1.5"))]


def test_the_same_restatement_again_is_unchanged(closed: Workspace) -> None:
    first = deliver(closed, LATER)
    for mode in (Mode.COMPLETE, Mode.REPLACE, Mode.ADD):
        again = deliver(closed, LATER, mode)
        assert (again.status, again.snapshot) == (Status.UNCHANGED, first.snapshot)
        assert again.message == f"bill.csv is already imported as {first.import_id}."


def test_rows_in_another_order_of_tags_say_nothing_new(closed: Workspace) -> None:
    other = [row | {"Tags": '{ "team": "search" }'} for row in APRIL]
    report = deliver(closed, other)
    assert report.status is Status.UNCHANGED
    assert "not on the books already" in report.message


def test_a_delivery_that_was_restated_does_not_come_back_by_itself(closed: Workspace) -> None:
    deliver(closed, LATER)
    assert deliver(closed, APRIL).status is Status.UNCHANGED
    assert deliver(closed, APRIL, Mode.REPLACE).status is Status.COMMITTED
    assert figures(closed, "2026-04") == summed(APRIL)


def test_a_second_restatement_adds_only_what_differs_from_the_first(closed: Workspace) -> None:
    deliver(closed, LATER)
    third = [*LATER, of(4, "7", day=3, ResourceId="i-3")]
    (told,) = deliver(closed, third).restates
    assert told.rows == 1
    assert told.amounts == (("USD", Decimal(7)),)
    assert figures(closed, "2026-04") == summed(third)


def test_once_the_open_month_is_closed_too_the_next_one_takes_the_rest(closed: Workspace) -> None:
    deliver(closed, LATER)
    may = figures(closed, billed_in="2026-05")
    close(closed, "2026-05")
    (told,) = deliver(closed, APRIL, Mode.REPLACE).restates
    assert told.booked_in == "2026-06"
    assert figures(closed, billed_in="2026-05") == may
    assert figures(closed, "2026-04") == summed(APRIL)


def test_the_open_month_s_own_delivery_leaves_adjustments_alone(closed: Workspace) -> None:
    deliver(closed, LATER)
    for cost in ("5", "6"):
        deliver(closed, [of(5, cost)])
    assert figures(closed, "2026-04") == summed(LATER)
    assert figures(closed, "2026-05") == summed([of(5, "6")])


def test_a_month_that_is_opened_again_takes_its_delivery_and_its_adjustments_go(
    closed: Workspace,
) -> None:
    deliver(closed, LATER)
    step(closed, "2026-04", Event.REOPENED)
    third = [of(4, "1"), of(4, "2", day=2), of(4, "3", day=3)]
    assert deliver(closed, third).restates == ()
    assert figures(closed, "2026-04") == figures(closed, billed_in="2026-04") == summed(third)


def test_adjustments_in_a_month_that_stays_closed_are_gone_on_from(closed: Workspace) -> None:
    deliver(closed, LATER)
    may = figures(closed, billed_in="2026-05")
    close(closed, "2026-05")
    step(closed, "2026-04", Event.REOPENED)
    third = [of(4, "1"), of(4, "2", day=2), of(4, "3", day=3)]
    (told,) = deliver(closed, third).restates
    assert told.booked_in == "2026-04"
    assert figures(closed, billed_in="2026-05") == may
    assert figures(closed, "2026-04") == summed(third)


def test_what_would_vanish_from_closed_figures_and_adjustments_is_refused(
    closed: Workspace,
) -> None:
    third = [*APRIL, of(4, "5", day=9, SubAccountId="new")]
    deliver(closed, third)
    with pytest.raises(ImportRefused, match=r"2026-04-09.*sub-account new would vanish, .* 5 USD"):
        deliver(closed, LATER)
    assert deliver(closed, LATER, Mode.REPLACE).status is Status.COMMITTED
    other = [of(4, "10"), of(4, "21.5", day=2), of(4, "31", day=3)]
    assert deliver(closed, other).status is Status.COMMITTED


def test_what_is_added_to_a_closed_month_is_booked_whole(closed: Workspace) -> None:
    more = [of(4, "10"), of(4, "4", day=5)]
    (told,) = deliver(closed, more, Mode.ADD).restates
    assert told.rows == 2
    assert figures(closed, "2026-04") == summed([*APRIL, *more])


def test_an_account_that_comes_after_the_close_is_booked_in_the_open_month(
    closed: Workspace,
) -> None:
    late = [of(4, "8", BillingAccountId="9999")]
    (told,) = deliver(closed, late).restates
    assert (told.booked_in, told.rows) == ("2026-05", 1)
    assert figures(closed, "2026-04") == summed([*APRIL, *late])


def test_a_month_closed_for_one_issuer_is_open_for_another(fresh: Workspace) -> None:
    other = [row | {"InvoiceIssuerName": "Other"} for row in APRIL]
    deliver(fresh, [*APRIL, *other])
    close(fresh, "2026-04", provider="Other")
    again = [row | {"InvoiceIssuerName": "Other"} for row in LATER]
    (told,) = deliver(fresh, [*LATER, *again]).restates
    assert told.issuer == "Other"
    assert figures(fresh, "2026-04") == summed([*LATER, *again])
    assert figures(fresh, billed_in="2026-04") == summed([*LATER, *other])


def test_a_provider_whose_month_begins_at_another_hour_is_booked_in_the_right_month(
    fresh: Workspace,
) -> None:
    """Ten hours before midnight UTC, as where the day begins early; seven after, as in the west."""
    for start, end, month in (
        ("2026-01-31T14:00:00Z", "2026-02-28T14:00:00Z", "2026-02"),
        ("2026-02-01T07:00:00Z", "2026-03-01T07:00:00Z", "2026-02"),
    ):
        when = {"BillingPeriodStart": start, "BillingPeriodEnd": end, "InvoiceIssuerName": start}
        rows = [row | when for row in APRIL]
        deliver(fresh, rows)
        close(fresh, month, provider=start)
        later = [row | when for row in LATER]
        (told,) = deliver(fresh, later).restates
        assert told.booked_in == "2026-03"
        deliver(fresh, rows, Mode.REPLACE)
        deliver(fresh, later, Mode.REPLACE)
        assert figures(fresh, "2026-02").items() >= summed(later).items()
        (query,) = ask(
            fresh.dataset(),
            Query(measures=("charges",), where=(("x_BillingMonth", "2026-03"),), by=("x_Source",)),
        ).rows[-1:]
        assert query[1] == 6


def test_the_first_open_month_is_found_across_a_year_s_end() -> None:
    closed = frozenset({("", "2025-12"), ("A", "2026-01")})
    assert first_open("A", "2025-12", closed) == "2026-02"
    assert first_open("B", "2025-12", closed) == "2026-01"
    assert first_open("B", "2026-03", closed) == "2026-03"
