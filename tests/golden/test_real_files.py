"""The real bills equal totals that others computed, to the last digit, at every door."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.core.measure import Axis
from finops.core.period import BillingPeriod
from finops.errors import RateMissing
from finops.exchange import rates
from finops.focus.columns import MONEY
from finops.focus.raw import Kind
from finops.measures import ask
from finops.measures import Query
from tests.corpus.workspaces import AT
from tests.corpus.workspaces import bring
from tests.corpus.workspaces import brought

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

SAMPLE = "focus10-sample/focus_sample.csv"
FDT = "fdt-aws-seed1302"
BY_12 = f"{FDT}/focus_1_2_cost_and_usage_aws.csv"
BY_13 = f"{FDT}/focus_1_3_cost_and_usage_aws.csv"
BY_14 = f"{FDT}/focus14/synthetic_focus_1_4_cost_and_usage.csv"
BILLS = {SAMPLE: "1.0", BY_12: "1.2", BY_13: "1.3", BY_14: "1.4"}

BY = {
    "by_billing_account": "BillingAccountId",
    "by_sub_account": "SubAccountId",
    "by_service": "ServiceName",
    "by_service_category": "ServiceCategory",
    "by_invoice": "InvoiceId",
    "by_invoice_issuer": "InvoiceIssuerName",
    "by_provider": "ServiceProviderName",
    "by_charge_category": "ChargeCategory",
    "by_charge_class": "ChargeClass",
    "by_commitment_status": "CommitmentDiscountStatus",
    "by_region": "RegionId",
    "by_billing_currency": "BillingCurrency",
}


def golden(shared: Path, bill: str) -> dict[str, Any]:
    """What others found in a bill."""
    name = "focus10-sample" if bill == SAMPLE else FDT
    found = json.loads((shared / "golden" / f"{name}.json").read_text())
    bills: list[dict[str, Any]] = found.get("cost_and_usage", [found])
    return next(one for one in bills if one["file"] == bill)


def sums(workspace: Workspace, *measures: str, by: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
    """Rows of an answer on the published snapshot."""
    query = Query(measures=measures, by=by, axis=Axis.BILLING)
    return list(ask(workspace.dataset(), query).rows)


@pytest.mark.parametrize(("bill", "version"), BILLS.items(), ids=BILLS.values())
def test_a_bill_equals_its_golden_totals(
    bill: str, version: str, shared: Path, fresh: Workspace
) -> None:
    known = golden(shared, bill)
    report = brought(fresh, shared / bill)
    assert (report.focus_version, report.rows) == (version, known["rows"])
    money = {name: Decimal(known["money"][name]["sum"]) for name in MONEY}
    assert [dict(one.amounts) for one in report.sums] == [money]
    assert dict(zip(MONEY, sums(fresh, *MONEY)[0], strict=True)) == money
    unknown = {name: known["money"][name]["null"] for name in MONEY}
    receipt = ask(fresh.dataset(), Query(measures=MONEY, axis=Axis.BILLING)).receipt
    assert dict(receipt.unknown) == {name: count for name, count in unknown.items() if count}


@pytest.mark.parametrize("bill", BILLS, ids=BILLS.values())
def test_each_breakdown_of_a_bill_equals_its_golden_totals(
    bill: str, shared: Path, fresh: Workspace
) -> None:
    known = golden(shared, bill)
    brought(fresh, shared / bill)
    compared = 0
    for key, dimension in BY.items():
        if not isinstance(known.get(key), dict):
            continue
        expected = {
            None if value == "(null)" else value: (Decimal(group["sum"]), group["rows"])
            for value, group in known[key].items()
        }
        found = sums(fresh, "BilledCost", "Charges", by=(dimension,))
        assert {row[0]: (row[-2], row[-1]) for row in found} == expected, dimension
        compared += 1
    assert compared >= 10


@pytest.mark.parametrize("version", ["1.3", "1.4"])
def test_the_other_datasets_come_with_the_bill(
    version: str, shared: Path, fresh: Workspace
) -> None:
    source = shared / FDT / ("focus14" if version == "1.4" else "focus_1_3_*.csv")
    reports = {report.dataset: report for report in bring(fresh, source)}
    assert {report.status for report in reports.values()} == {"committed"}
    assert {report.focus_version for report in reports.values()} == {version}
    snapshot = fresh.snapshot()
    assert snapshot
    assert sum(part.rows for part in snapshot.of(Kind.CONTRACT_COMMITMENT)) == 75
    if version == "1.4":
        assert reports[Kind.BILLING_PERIOD].rows == 1
        known = json.loads((shared / "golden" / f"{FDT}.json").read_text())["invoice_detail"]
        detail = reports[Kind.INVOICE_DETAIL]
        assert (detail.rows, dict(detail.sums[0].amounts)["BilledCost"]) == (
            known["rows"],
            Decimal(known["total"]),
        )
        by_invoice = sums(fresh, "BilledCost", by=("InvoiceId",))
        assert {row[0]: row[-1] for row in by_invoice} == {
            invoice: Decimal(cost) for invoice, cost in known["by_invoice"].items()
        }


def test_the_scenarios_of_the_specification_are_refused_with_what_is_wrong(
    shared: Path, fresh: Workspace
) -> None:
    scenarios = sorted((shared / "focus-spec-scenarios").rglob("*.csv"))
    assert len(scenarios) == 11
    impossible = []
    for path in scenarios:
        (report,) = bring(fresh, path)
        assert report.status == "rejected"
        missing = [f.column for f in report.rejected_rows if f.reason.startswith("FOCUS 1.1 must")]
        assert {"BillingAccountId", "BillingCurrency", "ServiceName"} <= set(missing)
        assert report.message.startswith(f"{path.name} line 1, BillingAccountId: ")
        impossible += [
            (path.stem[-10:], f.line, f.column, f.value)
            for f in report.rejected_rows
            if f.column not in missing
        ]
    assert impossible == [
        ("scenario_2", 4, "ChargePeriodEnd", "2023-02-01T30:00:00Z"),
        ("scenario_3", 5, "ChargePeriodEnd", "2023-02-01T30:00:00Z"),
    ]
    assert fresh.snapshot() is None


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("focus-converters/aws-cur-legacy/sample-anonymous-aws-export-dataset.csv", "no FOCUS"),
        ("focus-converters/azure-ea/sample-anonymous-ea-export-dataset.csv", "it has none of"),
        ("finops-toolkit/azure-export-tests/EA_ActualCost_Small.csv", "it has none of"),
        ("finops-toolkit/azure-export-tests/EA_NoRows.csv", "it has none of"),
        ("finops-toolkit/open-data/Services.csv", "it has none of"),
        ("keboola-cur/s3/cur_2_0/sample_billing_data_v2.csv", "no FOCUS"),
        ("mini/mini_invoices.csv", "no FOCUS"),
        ("golden/focus10-sample.json", "no FOCUS"),
    ],
)
def test_files_of_other_kinds_are_refused_by_what_they_are_not(
    file: str, said: str, shared: Path, fresh: Workspace
) -> None:
    (report,) = bring(fresh, shared / file)
    (finding,) = report.rejected_rows
    assert (report.status, finding.line) == ("rejected", 1)
    assert said in finding.reason
    assert "bring a FOCUS 0.5 to 1.4 export" in report.message


APRIL = BillingPeriod.parse("2026-04")


def cost_of_teams(workspace: Workspace, axis: Axis) -> dict[object, Decimal]:
    """Effective cost by team in April, in dollars."""
    query = Query(
        measures=("EffectiveCost",), by=("x_Team",), period=APRIL, axis=axis, currency="USD"
    )
    return {row[0]: Decimal(str(row[-1])) for row in ask(workspace.dataset(), query).rows}


def with_rates(workspace: Workspace, shared: Path) -> Workspace:
    """The hand-checked month with its rate of exchange."""
    told = rates.read(shared / "mini" / "mini_fx.csv")
    rates.add_rates(
        workspace.store, actor=local_actor(), at=AT, origin="test", rates=told, file="mini_fx.csv"
    )
    brought(workspace, shared / "mini" / "mini_focus_2026-04.csv")
    return workspace


def test_the_hand_checked_month_holds_on_both_axes(shared: Path, fresh: Workspace) -> None:
    workspace = with_rates(fresh, shared)
    known = json.loads((shared / "mini" / "mini_expected.json").read_text())
    billing = cost_of_teams(workspace, Axis.BILLING)
    teams = known["by_team_reporting_USD"]
    assert {team: billing[team] for team in teams} == {t: Decimal(v) for t, v in teams.items()}
    assert cost_of_teams(workspace, Axis.CHARGE)["search"] == 980
    total = Query(measures=("EffectiveCost",), axis=Axis.BILLING, currency="USD")
    assert ask(workspace.dataset(), total).total == {"EffectiveCost": Decimal("2520.60")}
    by_currency = sums(workspace, "EffectiveCost", by=("BillingCurrency",))
    expected = known["effective"]
    assert dict(by_currency) == {name: Decimal(expected[name]) for name in ("USD", "EUR")}


@pytest.mark.parametrize("axis", list(Axis))
def test_currencies_are_never_added_without_a_rate(
    axis: Axis, shared: Path, fresh: Workspace
) -> None:
    brought(fresh, shared / "mini" / "mini_focus_2026-04.csv")
    query = Query(measures=("EffectiveCost",), axis=axis, currency="USD")
    with pytest.raises(RateMissing, match="EUR to USD"):
        ask(fresh.dataset(), query)
    kept = ask(fresh.dataset(), Query(measures=("EffectiveCost",), axis=axis, currency="billing"))
    assert kept.total == {"EffectiveCost": None}
