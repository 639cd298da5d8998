"""Asking: axes, periods, grains, conditions, currencies, and snapshots that stay as they were."""

from __future__ import annotations

from datetime import date
from datetime import datetime
from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.core.exchange_rate import ExchangeRate
from finops.core.measure import Axis
from finops.core.organization import Organization
from finops.core.period import BillingPeriod
from finops.errors import RateMissing
from finops.errors import UsageError
from finops.exchange.rates import add_rates
from finops.exchange.rule import rate_rule
from finops.ingestion import ingest
from finops.ingestion.organization import publish_organization
from finops.measures import ask
from finops.measures import Query
from tests.faults import bill

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.dataset import Dataset

APRIL = BillingPeriod(2026, 4)
EFFECTIVE = ("EffectiveCost",)


def test_search_costs_951_by_bill_and_980_as_incurred(mini: Dataset) -> None:
    """The correction of March is on April's bill."""
    by_bill, incurred = (
        ask(mini, Query(measures=EFFECTIVE, by=("x_Team",), period=APRIL, axis=axis)).rows
        for axis in (Axis.BILLING, Axis.CHARGE)
    )
    assert ("search", Decimal("951.5")) in by_bill
    assert ("search", 980) in incurred
    assert ("data", 759) in by_bill


def test_each_measure_has_its_axis_and_two_need_a_choice(mini: Dataset) -> None:
    assert ask(mini, Query(measures=("BilledCost",))).axis is Axis.BILLING
    assert ask(mini, Query(measures=("EffectiveCost", "Charges"))).axis is Axis.CHARGE
    assert ask(mini, Query(measures=("BilledCost", "Charges"))).axis is Axis.BILLING
    with pytest.raises(UsageError, match="two time axes"):
        ask(mini, Query(measures=("BilledCost", "EffectiveCost")))
    both = ask(mini, Query(measures=("BilledCost", "EffectiveCost"), axis=Axis.CHARGE))
    assert both.total == {"BilledCost": Decimal("6205.6"), "EffectiveCost": Decimal("2520.6")}


def test_a_measure_asked_twice_is_told_once(mini: Dataset) -> None:
    answer = ask(mini, Query(measures=("BilledCost", "billedcost")))
    assert answer.columns == ("BilledCost",)
    assert answer.rows == ((Decimal("6205.6"),),)


def test_without_a_rate_nothing_is_converted_unless_nothing_has_to_be(bare: Dataset) -> None:
    with pytest.raises(RateMissing, match="from EUR to USD for 2026-04"):
        ask(bare, Query(measures=EFFECTIVE))
    with pytest.raises(RateMissing):
        ask(bare, Query(measures=EFFECTIVE, currency="eur"))
    by = ask(bare, Query(measures=EFFECTIVE, by=("billingcurrency",)))
    assert by.rows == (("EUR", 768), ("USD", Decimal("1675.8")))
    assert ask(bare, Query(measures=EFFECTIVE, where=(("BillingCurrency", "USD"),))).total == {
        "EffectiveCost": Decimal("1675.8")
    }
    assert ask(bare, Query(measures=EFFECTIVE, where=(("x_Team", "search"),))).total == {
        "EffectiveCost": Decimal("951.5")
    }


def test_a_rate_rule_says_which_rates_convert_and_the_receipt_names_it(mini: Dataset) -> None:
    """MINI-1: EUR 768 x 1.10 + USD 1675.80; the sum of the two numbers is nonsense."""
    average = ask(mini, Query(measures=EFFECTIVE, period=APRIL, axis=Axis.BILLING))
    assert average.total == {"EffectiveCost": Decimal("2520.6")}
    assert average.receipt.rate_rule == "each month's usual rate"
    held = ask(mini, Query(measures=EFFECTIVE, rule=rate_rule("average", "2026-04")))
    assert held.total == {"EffectiveCost": Decimal("2520.6")}
    assert held.receipt.rates == ("EUR to USD 2026-04: 1.1 (average)",)
    assert held.receipt.rate_rule.startswith("constant currency: the average rate of 2026-04")
    for rule in (rate_rule("month-end"), rate_rule("contract"), rate_rule("", "2026-03")):
        with pytest.raises(RateMissing):
            ask(mini, Query(measures=EFFECTIVE, rule=rule))
        dollars = Query(measures=EFFECTIVE, where=(("BillingCurrency", "USD"),), rule=rule)
        assert ask(mini, dollars).receipt.rate_rule == ""


def test_a_rate_is_also_used_the_other_way_round(mini: Dataset) -> None:
    dollars = ask(mini, Query(measures=("Credits",), currency="EUR"))
    assert str(dollars.total["Credits"]).startswith("-45.454545454545")


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ((("ChargeCategory", "Tax"),), 2),
        ((("ChargeCategory", "Tax"), ("ChargeCategory", "Credit")), 3),
        ((("ChargeCategory", "Tax"), ("x_Team", "search")), 0),
        ((("RegionId", ""),), 6),
        ((("RegionId", ""), ("RegionId", "westeurope")), 10),
        ((("tag:team", ""),), 10),
        ((("x_Team", "UNALLOCATED"),), 10),
        ((("ResourceId", "i-a4"),), 2),
        ((("x_ChargeDay", "2026-03-01"),), 2),
        ((("ServiceName", "nosuch"),), 0),
        ((("ServiceName", "' OR 1=1 --"),), 0),
    ],
)
def test_a_condition_keeps_what_it_names_and_an_empty_one_what_has_none(
    mini: Dataset, where: tuple[tuple[str, str], ...], expected: int
) -> None:
    assert ask(mini, Query(measures=("Charges",), where=where)).total == {"Charges": expected}


@pytest.mark.parametrize(
    ("start", "end", "axis", "expected"),
    [
        (date(2026, 4, 1), date(2026, 5, 1), Axis.CHARGE, "2554.8"),
        (date(2026, 3, 1), date(2026, 4, 1), Axis.CHARGE, "-34.2"),
        (date(2026, 3, 1), date(2026, 4, 1), Axis.BILLING, "0"),
        (date(2026, 4, 1), date(2026, 5, 1), Axis.BILLING, "2520.6"),
        (date(2026, 4, 2), None, Axis.CHARGE, "0"),
        (None, date(2026, 4, 1), Axis.CHARGE, "-34.2"),
    ],
)
def test_a_period_ends_before_its_last_day(
    mini: Dataset, start: date | None, end: date | None, axis: Axis, expected: str
) -> None:
    answer = ask(mini, Query(measures=EFFECTIVE, start=start, end=end, axis=axis))
    assert answer.total == {"EffectiveCost": Decimal(expected)}


@pytest.mark.parametrize(
    "wrong",
    [
        Query(measures=()),
        Query(measures=("Nosuch",)),
        Query(measures=EFFECTIVE, grain="week"),
        Query(measures=EFFECTIVE, by=("",)),
        Query(measures=EFFECTIVE, by=("Tags",)),
        Query(measures=EFFECTIVE, start=date(2026, 4, 1), end=date(2026, 4, 1)),
        Query(measures=EFFECTIVE, start=date(2026, 4, 1), period=APRIL),
        Query(measures=EFFECTIVE, where=(("BilledCost", "abc"),)),
        Query(measures=("BilledCost",), start=date(2026, 4, 2)),
        Query(measures=("BilledCost",), grain="day"),
        Query(measures=("Resources",), grain="fiscal"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_can(mini: Dataset, wrong: Query) -> None:
    with pytest.raises(UsageError):
        ask(mini, wrong)


def test_unallocated_is_always_a_row_of_an_own_dimension(mini: Dataset) -> None:
    tagged = (("x_Team", "search"),)
    by_team = Query(measures=EFFECTIVE, by=("team",), where=tagged)
    assert ask(mini, by_team).rows == (("UNALLOCATED", 0), ("search", Decimal("951.5")))
    nothing = Query(measures=EFFECTIVE, by=("team",), where=(("ServiceName", "nosuch"),))
    assert ask(mini, nothing).rows == (("UNALLOCATED", 0),)
    by_currency = Query(measures=EFFECTIVE, by=("team",), where=tagged, currency="billing")
    assert ask(mini, by_currency).rows == (
        ("UNALLOCATED", "USD", 0),
        ("search", "USD", Decimal("951.5")),
    )
    by_month = Query(measures=EFFECTIVE, by=("team",), where=tagged, grain="month")
    assert ask(mini, by_month).rows == (
        ("2026-03", "UNALLOCATED", 0),
        ("2026-03", "search", Decimal("-28.5")),
        ("2026-04", "UNALLOCATED", 0),
        ("2026-04", "search", 980),
    )
    assert ask(mini, Query(measures=EFFECTIVE, by=("tag:team",), where=tagged)).rows == (
        ("search", Decimal("951.5")),
    )


def test_time_is_told_by_day_and_month(mini: Dataset) -> None:
    by_day = ask(mini, Query(measures=EFFECTIVE, grain="day"))
    assert by_day.rows == (("2026-03-01", Decimal("-34.2")), ("2026-04-01", Decimal("2554.8")))
    by_month = ask(mini, Query(measures=("BilledCost",), grain="month"))
    assert by_month.rows == (("2026-04", Decimal("6205.6")),)
    resources = ask(mini, Query(measures=("Resources",), grain="month"))
    assert resources.rows == (("2026-03", 1), ("2026-04", 10))
    assert resources.total == {"Resources": 10}


def day(number: int) -> datetime:
    return datetime(2026, 8, number, tzinfo=UTC)


def bring(workspace: Workspace, file: Path, at: datetime) -> None:
    report = ingest.run(workspace, [str(file)], actor=local_actor(), at=at)[0]
    assert report.status == "committed", report.message


def publish(workspace: Workspace, at: datetime, **organization: object) -> None:
    publish_organization(
        workspace.store,
        actor=local_actor(),
        at=at,
        origin="",
        root=workspace.root,
        organization=Organization.from_mapping(organization),
    )


def rate(workspace: Workspace, at: datetime, value: str) -> None:
    one = ExchangeRate("USD", "EUR", "average", "2026-04", "", Decimal(value))
    add_rates(
        workspace.store, actor=local_actor(), at=at, origin="", rates=(one,), file="rates.csv"
    )


def test_an_old_snapshot_reads_as_it_did_whatever_came_since(tmp_path: Path) -> None:
    """A restated bill, another rate and another organization come; the old answers stay."""
    workspace = make_workspace(tmp_path / "workspace")
    by_team = Query(measures=("BilledCost",), by=("x_Team",), currency="EUR")
    rate(workspace, day(1), "0.5")
    bring(workspace, bill.bill(tmp_path / "a.csv", charges=3), day(1))
    answers = {"1": ask(workspace.dataset(), by_team)}
    bring(workspace, bill.bill(tmp_path / "b.csv", charges=3, cost="2.1"), day(2))
    answers["2"] = ask(workspace.dataset(), by_team)
    rate(workspace, day(3), "0.25")
    answers["3"] = ask(workspace.dataset(), by_team)
    publish(workspace, day(4), dimensions={"x_Team": {"tags": ["nosuch"]}})
    answers["4"] = ask(workspace.dataset(), by_team)
    workspace.close()

    again = make_workspace(tmp_path / "workspace")
    assert {n: ask(again.dataset(as_of=n), by_team) for n in answers} == answers
    assert {n: ask(again.dataset(as_of=f"2026-08-0{n}"), by_team) for n in answers} == answers
    for answer in answers.values():
        assert ask(again.dataset(as_of=answer.snapshot), by_team) == answer
    assert [answer.total["BilledCost"] for answer in answers.values()] == [
        Decimal("3.15"),
        Decimal("4.65"),
        Decimal("2.325"),
        Decimal("2.325"),
    ]
    assert answers["3"].rows[1:] == (
        ("t0", Decimal("0.525")),
        ("t1", Decimal("0.775")),
        ("t2", Decimal("1.025")),
    )
    assert answers["4"].rows == (("UNALLOCATED", Decimal("2.325")),)
    assert ask(again.dataset(as_of="2026-12-31"), by_team) == answers["4"]
    for unknown in ("9", "2026-07-31", "nosuch", ""):
        with pytest.raises(UsageError, match="No snapshot"):
            again.dataset(as_of=unknown)
    again.close()


def test_fiscal_time_follows_the_organizations_calendar(tmp_path: Path) -> None:
    """A year that starts in July is called by the year in which it ends."""
    workspace = make_workspace(tmp_path / "workspace")
    publish(workspace, day(1), name="Acme", fiscal_calendar={"start_month": 7})
    files = [
        bill.bill(tmp_path / f"{month}.csv", charges=1, cost=str(month), month=month)
        for month in (6, 7, 10)
    ]
    for file in files:
        bring(workspace, file, day(2))
    dataset = workspace.dataset()
    told = {
        grain: ask(dataset, Query(measures=("BilledCost",), grain=grain)).rows
        for grain in ("fiscal_year", "fiscal-quarter", "fiscal")
    }
    workspace.close()
    assert told["fiscal_year"] == (("FY26", 6), ("FY27", 17))
    assert told["fiscal-quarter"] == (("FY26 Q4", 6), ("FY27 Q1", 7), ("FY27 Q2", 10))
    assert [row[1] for row in told["fiscal"]] == [6, 7, 10]
    assert len({row[0] for row in told["fiscal"]}) == 3


def test_a_cost_that_no_charge_has_is_not_known_and_not_nothing(tmp_path: Path) -> None:
    """An absent value is told apart from 0: one charge has no list cost, then none has."""
    workspace = make_workspace(tmp_path / "workspace")
    known, unknown = bill.costing("5", ListCost="7"), bill.costing("6", ListCost="")
    for charges, total, count in (([known, unknown], 7, 1), ([unknown], None, 1)):
        file = bill.write(tmp_path / f"{len(charges)}.csv", charges)
        bring(workspace, file, day(1))
        answer = ask(workspace.dataset(), Query(measures=("ListCost",)))
        assert answer.total == {"ListCost": total}
        assert answer.receipt.unknown == (("ListCost", count),)
    workspace.close()
