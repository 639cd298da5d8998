from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.core.measure import Axis
from finops.core.scope import Scope
from finops.dataset import sql
from finops.measures import MEASURES
from finops.measures.catalogue import find
from finops.measures.statement import costs
from finops.measures.statement import distinct
from finops.measures.statement import Plan
from finops.measures.statement import sums

if TYPE_CHECKING:
    from finops.dataset import Dataset


def plan(*measures: str, by: tuple[str, ...] = (), grain: str | None = None) -> Plan:
    """A plan on the charge axis."""
    return Plan(
        measures=tuple(map(find, measures)),
        by=tuple((name, name) for name in by),
        grain=grain,
        axis=Axis.CHARGE,
        currency="USD",
    )


@pytest.mark.parametrize(
    ("by", "relation"),
    [
        ((), "rollup"),
        (("ServiceName", "x_Team"), "rollup"),
        (("x_ChargeDay",), "rollup"),
        (("ResourceId",), "lines"),
        (("tag:env",), "lines"),
        (("ServiceName", "extra:x_Y"), "lines"),
    ],
)
def test_the_rollup_is_asked_where_it_keeps_the_dimensions_apart(
    bare: Dataset, by: tuple[str, ...], relation: str
) -> None:
    question = sums(bare, plan("BilledCost", by=by))
    assert question.args["from_"].this.name == relation


def test_a_scope_that_only_charges_know_asks_the_charges(bare: Dataset) -> None:
    narrowed = bare.within(Scope(filters=(("ResourceId", frozenset({"i-a4"})),)))
    assert sums(narrowed, plan("BilledCost")).args["from_"].this.name == "lines"


def test_an_answer_has_time_then_dimensions_then_measures() -> None:
    asked = plan("BilledCost", "Resources", by=("ServiceName",), grain="month")
    assert asked.columns == ("month", "ServiceName", "BilledCost", "Resources")
    assert [m.name for m in asked.sums] == ["BilledCost"]
    assert [m.name for m in asked.distinct] == ["Resources"]


def test_a_measure_tells_which_costs_it_reads() -> None:
    read = {measure.name: costs(measure) for measure in MEASURES}
    assert read["BilledCost"] == read["Tax"] == read["Credits"] == ("BilledCost",)
    assert read["CommitmentUsed"] == ("EffectiveCost",)
    assert read["UsageListCost"] == ("ListCost",)
    assert read["Charges"] == read["Resources"] == read["ConsumedQuantity"] == ()


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_every_statement_is_in_the_expression_language(bare: Dataset, measure: object) -> None:
    asked = plan(measure.name, by=("ServiceName", "tag:x"), grain="day")  # type: ignore[attr-defined]
    sql.check(sums(bare, asked))
    if asked.distinct:
        sql.check(distinct(asked))
        sql.check(distinct(asked, total=True))
