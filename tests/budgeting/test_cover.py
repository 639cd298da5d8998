"""Cover: a budget covers what is in its scope, once, however many budgets there are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from finops.budgeting import cover
from finops.core.fiscal_span import FiscalSpan
from finops.core.measure import Axis
from finops.core.organization import EMPTY
from finops.core.organization import Organization
from finops.ingestion.budgets import Budget
from finops.measures import Answer
from finops.measures import Receipt

if TYPE_CHECKING:
    from collections.abc import Sequence

TREE = Organization.from_mapping(
    {
        "cost_centers": [
            {"id": "CC-100", "name": "All"},
            {"id": "CC-110", "name": "Shop", "parent": "CC-100"},
        ]
    }
)
ROWS = (("search", "CC-110", 10), ("search", "CC-900", 20), ("ml", "CC-110", 30), ("ml", None, 40))


def budget(scope: str, start: date = date(2026, 4, 1), end: date = date(2027, 4, 1)) -> Budget:
    return Budget(
        span=FiscalSpan("FY27", start, end), scope=scope, amount=Decimal(1), currency="USD"
    )


def answer(rows: Sequence[tuple[object, ...]] = ROWS) -> Answer:
    told = tuple((*row[:-1], Decimal(str(row[-1]))) for row in rows)
    return Answer(
        snapshot="1",
        axis=Axis.CHARGE,
        currency="USD",
        columns=("x_Team", "x_CostCenter", "EffectiveCost"),
        rows=told,
        total={"EffectiveCost": None},
        receipt=Receipt.__new__(Receipt),
    )


def share(*scopes: str) -> Decimal | None:
    return cover.covered(answer(), [budget(scope) for scope in scopes], TREE)


def test_what_is_under_two_budgets_is_covered_once() -> None:
    assert share("x_Team=search") == Decimal("0.3")
    assert share("x_CostCenter=CC-110") == Decimal("0.4")
    assert share("x_Team=search", "x_CostCenter=CC-110") == Decimal("0.6")
    assert share("all", "x_Team=search") == 1
    assert share("x_Team=nobody") == 0


def test_a_cost_center_covers_those_below_it() -> None:
    assert share("x_CostCenter=CC-100") == Decimal("0.4")


def test_of_nothing_or_less_no_share_can_be_told() -> None:
    assert cover.covered(answer([("ml", None, -1)]), [budget("all")], EMPTY) is None
    assert cover.covered(answer([]), [budget("all")], EMPTY) is None


def test_the_cost_is_asked_by_what_the_scopes_name() -> None:
    found = [budget("x_Team=a"), budget("x_CostCenter=b"), budget("x_Team=c"), budget("all")]
    assert cover.dimensions(found) == ("x_CostCenter", "x_Team")


def test_a_budget_counts_where_its_days_meet_those_that_are_asked() -> None:
    mine = budget("all", date(2026, 4, 1), date(2026, 5, 1))
    assert cover.of_days([mine], date(2026, 4, 30), date(2026, 6, 1)) == (mine,)
    assert cover.of_days([mine], date(2026, 5, 1), date(2026, 6, 1)) == ()


@given(st.lists(st.sampled_from(["x_Team=search", "x_Team=ml", "x_CostCenter=CC-100", "all"])))
def test_more_budgets_never_cover_less(scopes: list[str]) -> None:
    less, more = share(*scopes[:-1]), share(*scopes)
    assert less is not None
    assert more is not None
    assert 0 <= less <= more <= 1
