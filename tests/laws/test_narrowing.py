"""Laws of looking: narrowing twice is narrowing by both, and each way to a sum gives the same."""

from __future__ import annotations

import random
from datetime import date
from datetime import timedelta
from typing import Any
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from finops.core.measure import Axis
from finops.core.scope import Scope
from finops.core.scope import Viewer
from finops.focus.columns import MONEY
from finops.measures import ask
from finops.measures import Query
from tests.corpus import charge
from tests.corpus.workspaces import brought
from tests.corpus.workspaces import copied
from tests.lanes import examples
from tests.laws import bills
from tests.laws.bills import MONTHS
from tests.laws.bills import saved

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.dataset import Dataset
    from tests.corpus import Charge

many = settings(max_examples=examples(60), deadline=None, database=None)

IN_ROLLUP = {
    "BillingAccountId": bills.ACCOUNTS,
    "SubAccountId": ("2222", "3333", None),
    "ServiceName": (*bills.SERVICES[:2], None),
    "ChargeCategory": bills.CATEGORIES,
    "x_Team": ("search", "ml", "UNALLOCATED"),
}
ON_LINES = {"ResourceId": ("i-1", "i-2", None), "tag:env": ("prod", None)}
ALL = IN_ROLLUP | ON_LINES
EVERY_RESOURCE = Scope(filters=(("ResourceId", frozenset(ON_LINES["ResourceId"])),))
"""Narrows nothing away, and can only be asked of the charges themselves."""


def bill() -> Iterator[Charge]:
    """Three hundred charges, the same in each run."""
    chance = random.Random(20260503)
    for _ in range(300):
        month, day = chance.choice([3, 4]), chance.randint(1, 27)
        yield charge(
            f"{chance.randint(-(10**12), 10**12)}e-{chance.randint(0, 18)}",
            EffectiveCost=f"{chance.random():.17f}",
            ListCost=chance.choice(["", "1.5"]),
            **MONTHS[month],
            ChargePeriodStart=f"2026-{month:02}-{day:02}T05:00:00Z",
            ChargePeriodEnd=f"2026-{month:02}-{day + 1:02}T00:00:00Z",
            BillingAccountId=chance.choice(bills.ACCOUNTS),
            SubAccountId=chance.choice(bills.SUB_ACCOUNTS),
            ServiceName=chance.choice(bills.SERVICES),
            ChargeCategory=chance.choice(bills.CATEGORIES),
            ResourceId=chance.choice(bills.RESOURCES),
            Tags=chance.choice(bills.TAGS),
        )


@pytest.fixture(scope="module")
def dataset(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dataset]:
    workspace = copied(template, tmp_path_factory.mktemp("laws") / "workspace")
    brought(workspace, saved(workspace, bill()))
    yield workspace.dataset()
    workspace.close()


def conditions(of: dict[str, tuple[str | None, ...]]) -> st.SearchStrategy[Scope]:
    """A scope by dimensions, perhaps with days or months, perhaps as a viewer's limit."""
    one = st.sampled_from(sorted(of)).flatmap(
        lambda name: st.tuples(st.just(name), st.frozensets(st.sampled_from(of[name])))
    )
    filters = st.lists(one, max_size=2).map(tuple)
    days: st.SearchStrategy[dict[str, Any]] = st.one_of(
        st.just({}),
        st.tuples(st.integers(0, 50), st.integers(1, 30)).map(
            lambda d: {
                "start": date(2026, 3, 1) + timedelta(d[0]),
                "end": date(2026, 3, 1) + timedelta(d[0] + d[1]),
                "axis": Axis.CHARGE,
            }
        ),
        st.just({"start": date(2026, 3, 1), "end": date(2026, 4, 1), "axis": Axis.BILLING}),
    )
    limits = st.lists(one, max_size=1).map(
        lambda found: Viewer(
            "eve", tuple((name, frozenset(v for v in values if v)) for name, values in found)
        )
    )
    return st.builds(
        lambda filters, days, viewer: Scope(viewer=viewer, filters=filters, **days),
        filters,
        days,
        limits,
    )


def told(dataset: Dataset, *by: str) -> tuple[object, ...]:
    """The four costs and the number of charges, by dimensions, with totals and what is unknown."""
    query = Query(measures=(*MONEY, "Charges"), by=by, axis=Axis.BILLING)
    answer = ask(dataset, query)
    return answer.rows, answer.total, answer.receipt.charges, answer.receipt.unknown


@many
@given(first=conditions(ALL), second=conditions(ALL))
def test_narrowing_twice_is_narrowing_by_both(
    dataset: Dataset, first: Scope, second: Scope
) -> None:
    one_way = told(dataset.within(first).within(second), "ServiceName")
    assert one_way == told(dataset.within(second).within(first), "ServiceName")
    assert one_way == told(dataset.within(first).within(second).within(first), "ServiceName")


@many
@given(first=conditions(ALL), second=conditions(ALL))
def test_narrowing_never_adds_a_charge(dataset: Dataset, first: Scope, second: Scope) -> None:
    wide, narrow = dataset.within(first), dataset.within(first).within(second)
    assert ask(narrow, COUNT).receipt.charges <= ask(wide, COUNT).receipt.charges


COUNT = Query(measures=("Charges",))


@many
@given(scope=conditions(IN_ROLLUP), by=st.lists(st.sampled_from(sorted(IN_ROLLUP)), unique=True))
def test_the_rollup_and_the_charges_give_the_same_sums(
    dataset: Dataset, scope: Scope, by: list[str]
) -> None:
    rolled, line_by_line = dataset.within(scope), dataset.within(scope).within(EVERY_RESOURCE)
    assert not rolled.narrowed_by_lines_only
    assert line_by_line.narrowed_by_lines_only
    assert told(rolled, *by) == told(line_by_line, *by)


@many
@given(scope=conditions(ALL), dimension=st.sampled_from(sorted(ALL)))
def test_the_parts_of_a_breakdown_are_the_whole(
    dataset: Dataset, scope: Scope, dimension: str
) -> None:
    """Σ over each value of a dimension, and over where it has none, is the sum without it."""
    narrowed = dataset.within(scope)
    parts = [
        narrowed.within(Scope(filters=((dimension, frozenset({value})),)))
        for value in ALL[dimension]
    ]
    counts = [ask(part, COUNT).receipt.charges for part in parts]
    assert sum(counts) == ask(narrowed, COUNT).receipt.charges
    cost = Query(measures=("EffectiveCost",))
    sums = [ask(part, cost).total["EffectiveCost"] or 0 for part in parts]
    assert sum(sums) == (ask(narrowed, cost).total["EffectiveCost"] or 0)
