"""Each rule has a row that breaks it and a row that holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.dataset.engine_duckdb import workbench
from finops.focus import columns
from finops.focus import datasets
from finops.focus.columns import Type
from finops.focus.raw import Kind
from finops.focus.validate import Rule
from finops.focus.validate import RULES
from finops.focus.validate import rules_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finops.dataset.engine_duckdb import Engine

Row = dict[str, str | None]

HOLDS: Row = {
    "BilledCost": "10",
    "EffectiveCost": "10",
    "ListCost": "12",
    "ContractedCost": "11",
    "BillingAccountId": "1",
    "BillingCurrency": "USD",
    "BillingPeriodStart": "2026-04-01T00:00:00Z",
    "BillingPeriodEnd": "2026-05-01T00:00:00Z",
    "ChargePeriodStart": "2026-04-03T00:00:00Z",
    "ChargePeriodEnd": "2026-04-04T00:00:00Z",
    "ChargeCategory": "Usage",
    "InvoiceIssuerName": "AWS",
    "ServiceName": "EC2",
    "PricingQuantity": "1",
    "ConsumedQuantity": "1",
    "CommitmentDiscountStatus": "Used",
}

NULL: list[tuple[str, Row]] = [
    (f"{name}-MUST-NOT-be-null", {name: None})
    for name in (
        "BilledCost",
        "EffectiveCost",
        "ListCost",
        "ContractedCost",
        "BillingAccountId",
        "BillingCurrency",
        "BillingPeriodStart",
        "BillingPeriodEnd",
        "ChargePeriodStart",
        "ChargePeriodEnd",
        "ChargeCategory",
        "InvoiceIssuerName",
        "ServiceName",
    )
]
NOT_ALLOWED: list[tuple[str, Row]] = [
    (f"{column.id}-allowed-values", {column.id: "anything"})
    for column in columns.COST_AND_USAGE
    if column.allowed
]
BREAKS: list[tuple[str, Row]] = [
    *NULL,
    *NOT_ALLOWED,
    ("CurrencyCodeFormat", {"BillingCurrency": "US"}),
    ("CurrencyCodeFormat", {"BillingCurrency": "usd"}),
    ("CurrencyCodeFormat", {"BillingCurrency": "USDX"}),
    ("BillingPeriodEnd-exclusive", {"BillingPeriodEnd": "2026-04-01T00:00:00Z"}),
    ("ChargePeriodEnd-exclusive", {"ChargePeriodEnd": "2026-04-02T00:00:00Z"}),
    ("BillingPeriodStart-year", {"BillingPeriodStart": "1999-12-31T23:59:59Z"}),
    ("BillingPeriodEnd-year", {"BillingPeriodEnd": "infinity"}),
    ("ChargePeriodStart-year", {"ChargePeriodStart": "-infinity"}),
    ("ChargePeriodEnd-year", {"ChargePeriodEnd": "2100-01-01T00:00:00Z"}),
    ("BillingPeriod-month", {"BillingPeriodStart": "2026-04-15T00:00:00Z"}),
    ("CommitmentDiscountStatus-usage", {"ChargeCategory": "Purchase"}),
    ("ConsumedQuantity-unused", {"CommitmentDiscountStatus": "Unused"}),
    ("ListCost-missing-price", {"ListCost": "0"}),
    ("ContractedCost-above-list", {"ContractedCost": "12.01"}),
]
STILL_HOLDS: list[tuple[str, Row]] = [
    ("BillingPeriod-month", {"BillingPeriodStart": "2026-03-31T15:00:00Z"}),
    ("BillingPeriod-month", {"BillingPeriodStart": "2026-04-01T08:00:00Z"}),
    ("ChargePeriodEnd-year", {"ChargePeriodEnd": "2099-12-31T23:59:59Z"}),
    ("ListCost-missing-price", {"ListCost": "0", "BilledCost": "0"}),
    ("ContractedCost-above-list", {"ListCost": "0", "BilledCost": "0"}),
    ("ConsumedQuantity-unused", {"CommitmentDiscountStatus": "Unused", "ConsumedQuantity": None}),
    ("CommitmentDiscountStatus-usage", {"ChargeCategory": "Tax", "CommitmentDiscountStatus": None}),
    ("ChargeClass-allowed-values", {"ChargeClass": None}),
    ("PricingCategory-allowed-values", {"PricingCategory": None}),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with workbench(tmp_path_factory.mktemp("rules")) as opened:
        yield opened


def broken(engine: Engine, row: Row) -> set[str]:
    """The names of the rules that a row breaks."""
    present = set(row)
    told = [(rule, p) for rule in RULES if (p := rule.broken(present))]
    values = ", ".join(
        f"CAST({'NULL' if value is None else repr(value)} AS {kind}) AS {name}"
        for name, value in row.items()
        for kind in [str(columns.BY_ID[name].type).replace(Type.JSON, "VARCHAR")]
    )
    checks = ", ".join(f"coalesce({predicate}, false)" for _, predicate in told)
    (found,) = engine.rows(f"SELECT {checks} FROM (SELECT {values})")
    return {rule.name for (rule, _), wrong in zip(told, found, strict=True) if wrong}


def test_a_sound_row_breaks_no_rule(engine: Engine) -> None:
    assert broken(engine, {**HOLDS}) == set()


@pytest.mark.parametrize(("rule", "fault"), BREAKS)
def test_a_rule_is_broken_by_its_fault(rule: str, fault: Row, engine: Engine) -> None:
    assert rule in broken(engine, HOLDS | fault)


@pytest.mark.parametrize(("rule", "fault"), STILL_HOLDS)
def test_a_rule_lets_pass_what_only_looks_like_its_fault(
    rule: str, fault: Row, engine: Engine
) -> None:
    assert rule not in broken(engine, HOLDS | fault)


def test_each_rule_is_tried() -> None:
    assert {rule.name for rule in RULES} == {name for name, _ in BREAKS}


def test_rules_have_names_of_their_own_and_say_what_they_expected() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.expected and rule.column in columns.BY_ID for rule in RULES)


def without(rule: Rule) -> set[str]:
    return set(HOLDS) - {rule.column}


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_rule_says_nothing_of_a_column_that_is_absent(rule: Rule) -> None:
    assert rule.broken(without(rule)) is None


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.COST_AND_USAGE])
def test_the_other_datasets_are_held_to_what_identifies_a_row(kind: Kind) -> None:
    held = {rule.column for rule in rules_of(kind) if rule.name.endswith("-MUST-NOT-be-null")}
    assert held == {column.id for column in datasets.COLUMNS[kind] if not column.nullable}
    assert all(rule.rejects for rule in rules_of(kind))
    assert rules_of(Kind.COST_AND_USAGE) == RULES
