"""Law of one number, viewed two ways: whatever the rules and splits, both trees are the charges.

Rules are read from the top, as `tests/dataset/test_ruled.py` proves that the engine does; charges,
their mapping and the engine's table are made in memory.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from finops.allocation.allocated import allocate
from finops.allocation.trees import two_trees
from finops.core.amount import total
from finops.core.document import Node
from finops.core.exchange_rate import ExchangeRate
from finops.core.measure import Axis
from finops.core.organization import Organization
from finops.core.period import BillingPeriod
from finops.core.pool import read_pools
from finops.dataset import Dataset
from finops.dataset import Snapshot
from finops.dataset.engine_duckdb import workbench
from finops.dataset.views import charge_columns
from finops.focus import columns
from finops.focus.normalize import quoted
from finops.measures import Query
from tests.dataset import test_ruled as reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finops.core.mapping import RuleSet
    from finops.dataset.engine_duckdb import Engine

JUNE = BillingPeriod(2026, 6)
ORGANIZATION = Organization.from_mapping(
    reading.ORGANIZATION | {"name": "Law", "reporting_currency": "USD"}
)
OWN = ORGANIZATION.own_dimensions
RATE = {"USD": Decimal(1), "EUR": Decimal("1.25")}
NOBODY = "UNALLOCATED"
SNAPSHOT = Snapshot(number=1, revision=1, at="2026-07-01T00:00:00", charges_version=0)
RATES = (ExchangeRate("EUR", "USD", "average", str(JUNE), "", RATE["EUR"]),)
MEASURES = ("EffectiveCost", "BilledCost")
COUNTED = {"x_Charges": "BIGINT", "x_ChargeDay": "DATE"} | {
    f"x_{cost}Unknown": "BIGINT" for cost in columns.MONEY
}

amounts = st.decimals(min_value=-(10**6), max_value=10**6, places=6)
costs = st.fixed_dictionaries(
    {
        "BilledCost": amounts,
        "EffectiveCost": amounts,
        "BillingCurrency": st.sampled_from(["USD", "EUR"]),
        "ChargeCategory": st.sampled_from(["Usage", "Usage", "Credit", "Tax"]),
        "CommitmentDiscountStatus": st.sampled_from([None, None, "Unused"]),
    }
)
charges = st.lists(st.tuples(reading.charge, costs), max_size=6)
pools = st.lists(
    st.fixed_dictionaries(
        {
            "when": st.fixed_dictionaries({"x_Team": st.sampled_from("abc")})
            | st.fixed_dictionaries({"service": reading.words.filter(str.strip)}),
            "method": st.sampled_from(["even", "fixed", "proportional"]),
            "weights": st.just({"a": 1, "b": 2}),
            "targets": st.sampled_from([[], ["a", "c"], ["b"]]),
        }
    ),
    max_size=3,
)


class Memory:
    """An engine with one table that stands for the charges and for their sums."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        kinds = charge_columns() | dict.fromkeys(OWN, "VARCHAR") | COUNTED
        told = ", ".join(f"{quoted(name)} {kind}" for name, kind in kinds.items())
        engine.run(f"CREATE TABLE lines ({told})")
        engine.run("CREATE VIEW rollup AS FROM lines")

    def dataset(self, rows: list[dict[str, object]]) -> Dataset:
        """The charges as a dataset of the product."""
        self.engine.run("DELETE FROM lines")
        for row in rows:
            names = ", ".join(map(quoted, row))
            marks = ", ".join("?" * len(row))
            self.engine.rows(f"INSERT INTO lines ({names}) VALUES ({marks})", tuple(row.values()))
        return Dataset(
            snapshot=SNAPSHOT, organization=ORGANIZATION, rates=RATES, engine=self.engine
        )


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Memory]:
    with workbench(tmp_path_factory.mktemp("engine"), threads=1) as engine:
        yield Memory(engine)


def mapped(rules: RuleSet, charge: dict[str, Any]) -> dict[str, str]:
    """What a charge is mapped to, by reading the rules from the top."""
    found = {name: reading.decided(rules, charge, name)[0] or NOBODY for name in OWN[:2]}
    return found | {
        "x_CostCenter": NOBODY if found["x_Team"] == NOBODY else f"cc-{found['x_Team']}"
    }


def line(rules: RuleSet, charge: dict[str, Any], cost: dict[str, Any]) -> dict[str, object]:
    """A charge of June as the engine holds it."""
    plain = {name: charge[name] for name in reading.PLAIN}
    counted = {"x_Charges": 1, "x_ChargeDay": JUNE.start, "x_BillingMonth": str(JUNE)}
    none = {f"x_{name}Unknown": 0 for name in columns.MONEY}
    return plain | cost | counted | none | mapped(rules, charge)


@pytest.mark.thorough
@settings(max_examples=500, deadline=None, database=None)
@given(charges, reading.rule_bodies, pools, st.sampled_from(MEASURES), st.sampled_from(list(RATE)))
def test_both_trees_and_all_teams_are_what_the_charges_add_up_to(
    memory: Memory,
    told: list[tuple[dict[str, Any], dict[str, Any]]],
    bodies: list[dict[str, Any]],
    shared: list[dict[str, Any]],
    measure: str,
    currency: str,
) -> None:
    """Teams + UNALLOCATED = cost centers + UNALLOCATED = the measure over all charges."""
    rules = reading.rule_set(bodies)
    dataset = memory.dataset([line(rules, charge, cost) for charge, cost in told])
    whole = total(cost[measure] * RATE[cost["BillingCurrency"]] for _, cost in told)
    whole /= RATE[currency]
    asked = Query(measures=(measure,), period=JUNE, currency=currency, axis=Axis.CHARGE)
    both = two_trees(dataset, asked)
    assert both.agree
    assert both.charges == whole
    parts = [part | {"id": f"p{place}"} for place, part in enumerate(shared)]
    found = allocate(dataset, read_pools(Node(parts, "pools")), (), asked)
    assert found.difference == 0
    assert found.total == whole
    assert all(one.amount + total(a for _, a in one.contra) == 0 for one in found.pools)
    assert all(total(s.amount for s in one.shares) == one.whole for one in found.pools)
