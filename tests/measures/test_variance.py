"""The variance of imported bills: what is read, what is set apart, what stands behind a step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.core.amount import shortest
from finops.core.amount import total
from finops.core.exchange_rate import ExchangeRate
from finops.core.measure import Axis
from finops.core.period import BillingPeriod
from finops.errors import UsageError
from finops.exchange.rates import add_rates
from finops.exchange.rule import rate_rule
from finops.ingestion import ingest
from finops.measures import ask
from finops.measures import Query
from finops.measures.bridge import Driver
from finops.measures.causes import Cause
from finops.measures.variance import explain
from finops.measures.variance import resources
from finops.measures.window import Window
from tests.faults import bill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.dataset import Dataset
    from finops.measures.variance import Variance

D = Decimal
AT = datetime(2026, 6, 2, tzinfo=UTC)
MAY = Query(measures=("EffectiveCost",), period=BillingPeriod(2026, 5), currency="USD")


def of(month: int, cost: str, quantity: str = "1", **other: str) -> dict[str, str]:
    """A charge of a month."""
    months = {
        "BillingPeriodStart": f"2026-{month:02}-01T00:00:00Z",
        "BillingPeriodEnd": f"2026-{month + 1:02}-01T00:00:00Z",
        "ChargePeriodStart": f"2026-{month:02}-01T00:00:00Z",
        "ChargePeriodEnd": f"2026-{month:02}-02T00:00:00Z",
    }
    return bill.costing(cost, PricingQuantity=quantity, **months | other)


APRIL_CHARGES = [
    of(4, "30", "30", ResourceId="r-1"),
    of(4, "30", "30", ResourceId="r-2"),
    of(4, "5", "5", SkuId="old", SkuPriceId="old.1"),
    of(4, "10", "5", BillingCurrency="EUR", InvoiceId="E-4", ServiceName="Disk"),
    of(4, "7", "", PricingUnit="", ServiceName="Flat"),
]
MAY_CHARGES = [
    of(5, "31", "31", ResourceId="r-1"),
    of(5, "45", "31", ResourceId="r-3"),
    of(5, "6", "6", SkuId="new", SkuPriceId="new.1"),
    of(5, "10", "5", BillingCurrency="EUR", InvoiceId="E-5", ServiceName="Disk"),
    of(5, "8", "", PricingUnit="", ServiceName="Flat"),
    of(5, "3", ChargeCategory="Tax", ServiceName="Tax"),
    of(5, "-4", ChargeCategory="Credit", ServiceName="Credit"),
    of(5, "-2", ChargeClass="Correction"),
    of(5, "-1", "-1"),
    of(5, "0.5", CommitmentDiscountStatus="Unused", CommitmentDiscountId="c"),
    of(5, "9", ChargeCategory="Purchase", ChargeFrequency="Recurring"),
    of(5, "0.1", ChargeCategory="Adjustment", ChargeFrequency="One-Time"),
]


@pytest.fixture(scope="module")
def two_months(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dataset]:
    """April and May, one euro at 1.10 and then at 1.20."""
    folder = tmp_path_factory.mktemp("variance")
    workspace = make_workspace(folder / "workspace")
    for name, charges in (("april", APRIL_CHARGES), ("may", MAY_CHARGES)):
        file = bill.write(folder / f"{name}.csv", charges)
        ingest.run(workspace, [str(file)], actor=local_actor(), at=AT)
    told = (("2026-04", "1.1"), ("2026-05", "1.2"))
    rates = tuple(ExchangeRate("EUR", "USD", "average", m, "", D(rate)) for m, rate in told)
    add_rates(workspace.store, actor=local_actor(), at=AT, origin="", rates=rates, file="r.csv")
    yield workspace.dataset()
    workspace.close()


def steps(found: Variance) -> dict[str, Decimal]:
    return {str(step.cause): step.amount for step in found.steps}


def test_each_cause_has_its_step_and_nothing_counts_twice(two_months: Dataset) -> None:
    found = explain(two_months, MAY)
    assert (found.start, found.end) == (D(83), D("107.6"))
    hours = {"days": D("2.366667"), "volume": D("-0.182051"), "mix": D("-0.184615")}
    told = steps(found)
    assert {name: round(told.pop(name), 6) for name in hours} == hours
    assert {name: shortest(round(amount, 20)) for name, amount in told.items()} == {
        "negotiated/list price": D(14),
        "new": D(6),
        "retired": D(-5),
        "unused commitment": D("0.5"),
        "purchases": D(9),
        "cost without quantity": D(1),
        "refunds": D(-1),
        "credits": D(-4),
        "tax": D(3),
        "adjustments": D("0.1"),
        "corrections": D(-2),
        "FX": D(1),
    }
    assert total(step.amount for step in found.steps) == found.change


def test_start_and_end_are_what_a_query_gives(two_months: Dataset) -> None:
    for measure in ("EffectiveCost", "BilledCost", "UsageListCost", "Credits", "ContractedCost"):
        found = explain(
            two_months, Query(measures=(measure,), period=BillingPeriod(2026, 5), currency="USD")
        )
        for amount, month in ((found.start, 4), (found.end, 5)):
            period = BillingPeriod(2026, month)
            query = Query(measures=(measure,), period=period, currency="USD")
            assert amount == ask(two_months, query).total[measure], measure
        assert total(step.amount for step in found.steps) == found.change


def test_a_condition_narrows_what_is_explained(two_months: Dataset) -> None:
    disks = Query(
        measures=("EffectiveCost",),
        where=(("ServiceName", "Disk"),),
        period=BillingPeriod(2026, 5),
        currency="USD",
    )
    found = explain(two_months, disks)
    assert (found.start, found.end) == (D(11), D(12))
    assert round(steps(found)["FX"], 6) == D(1)
    assert round(found.change - steps(found)["FX"], 6) == 0


def test_in_constant_currency_or_one_currency_there_is_no_step_of_exchange(
    two_months: Dataset,
) -> None:
    period = BillingPeriod(2026, 5)
    held = Query(
        measures=("EffectiveCost",),
        period=period,
        currency="USD",
        rule=rate_rule("", "2026-04"),
    )
    assert "FX" not in steps(explain(two_months, held))
    own = Query(
        measures=("EffectiveCost",),
        period=period,
        currency="billing",
        where=(("BillingCurrency", "EUR"),),
    )
    assert explain(two_months, own).currency == "EUR"
    assert steps(explain(two_months, own)).keys() <= {"days", "volume"}


def test_the_resources_behind_a_step_are_told_with_both_amounts(two_months: Dataset) -> None:
    found = explain(two_months, MAY)
    (part,) = found.behind(Cause.PRICE)
    assert (part.key.service, part.key.sku, part.amount) == ("VM", "s", D(14))
    rows = resources(two_months, MAY, found, part.key)
    assert {row.id: (row.before, row.after) for row in rows} == {
        "r-3": (D(0), D(45)),
        "r-2": (D(30), D(0)),
        "r-1": (D(30), D(31)),
    }
    assert rows[0].id == "r-3"
    (flat,) = found.behind(Cause.NO_QUANTITY)
    assert flat.key.unit is None
    assert len(resources(two_months, MAY, found, flat.key)) == 1


def test_the_period_before_may_be_named_and_is_else_the_one_just_before(
    two_months: Dataset,
) -> None:
    assert explain(two_months, MAY).before == Window(date(2026, 4, 1), date(2026, 5, 1))
    days = Query(
        measures=("EffectiveCost",), start=date(2026, 5, 1), end=date(2026, 5, 8), currency="USD"
    )
    assert explain(two_months, days).before == Window(date(2026, 4, 24), date(2026, 5, 1))
    same = Window(date(2026, 5, 1), date(2026, 6, 1))
    assert explain(two_months, MAY, before=same).steps == ()


def test_what_is_not_known_is_noted(tmp_path: Path) -> None:
    """A unit that flips, and a negotiated cost that is not told."""
    charges = [
        of(4, "5", "5"),
        of(5, "5", "0.005", PricingUnit="kHours"),
        of(4, "5", "5", SkuId="u", SkuPriceId="u.1", ContractedCost=""),
        of(5, "6", "5", SkuId="u", SkuPriceId="u.1"),
        of(5, "2", SkuId="e", SkuPriceId="e.1", BillingCurrency="EUR", InvoiceId="E"),
    ]
    workspace = make_workspace(tmp_path / "workspace")
    file = bill.write(tmp_path / "bill.csv", charges)
    options = ingest.Options(accept_rejects=True)
    ingest.run(workspace, [str(file)], actor=local_actor(), at=AT, options=options)
    rates = (ExchangeRate("EUR", "USD", "average", "2026-05", "", D("1.2")),)
    add_rates(workspace.store, actor=local_actor(), at=AT, origin="", rates=rates, file="r.csv")
    found = explain(workspace.dataset(), MAY)
    workspace.close()
    told = " ".join(found.notes)
    assert "FX is not told apart. There is no rate from EUR to USD for 2026-04." in told
    assert "1 charges of usage have no negotiated cost" in told
    assert "1 prices have another unit than before" in told
    assert steps(found)["negotiated/list price"] == D(1)
    assert steps(found)["retired"] == D(-5)
    assert steps(found)["new"] == D("7.4")


def test_a_variance_is_of_one_measure_of_money_in_one_currency_over_a_period(
    two_months: Dataset,
) -> None:
    period = BillingPeriod(2026, 5)
    money = ("EffectiveCost",)
    for query, said in (
        (Query(measures=money), "needs a period"),
        (Query(measures=("Charges",), period=period), "one measure of money"),
        (
            Query(measures=(*money, "BilledCost"), period=period, axis=Axis.CHARGE),
            "one measure of money",
        ),
        (Query(measures=money, period=period, currency="billing"), "do not add"),
    ):
        with pytest.raises(UsageError, match=said):
            explain(two_months, query)
    with pytest.raises(UsageError, match="orders is not above zero"):
        explain(two_months, MAY, driver=Driver("orders", D(0), D(5)))


def test_each_value_of_a_dimension_is_explained_by_itself(two_months: Dataset) -> None:
    found = explain(two_months, replace(MAY, by=("ServiceName",)))
    assert found.steps == explain(two_months, MAY).steps
    assert found.parts[0].values == ("Credit",)
    for part in found.parts:
        assert total(step.amount for step in part.steps) == part.end - part.start
    assert total(part.end for part in found.parts) == found.end
    (flat,) = (part for part in found.parts if part.values == ("Flat",))
    assert flat.steps == ((Cause.NO_QUANTITY, D(1)),)
    assert explain(two_months, MAY).parts == ()
