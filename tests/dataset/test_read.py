from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from finops.core.measure import Axis
from finops.core.scope import LOCAL
from finops.core.scope import Scope
from finops.core.scope import Viewer
from finops.dataset import sql
from finops.errors import UsageError

if TYPE_CHECKING:
    from finops.access.workspace import Workspace
    from finops.dataset import Dataset
    from tests.dataset.conftest import Seen

BILLED = "SELECT coalesce(sum(BilledCost), 0) FROM lines"
RESOURCES = {f"r-{number}" for number in range(1, 11)}
PREFIX = "/providers/microsoft.capacity/reservationorders/o-1/reservations/r-1"


def billed(dataset: Dataset, scope: Scope) -> object:
    return dataset.within(scope).select(sql.parse(BILLED)).rows[0][0]


def by(dimension: str, *values: str | None) -> Scope:
    return Scope(filters=((dimension, frozenset(values)),))


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(), 5793.8),
        (by("BillingCurrency", "EUR"), 4118),
        (by("BillingCurrency", "EUR", "USD"), 5793.8),
        (by("RegionId", None), 4599.2955),
        (by("RegionId", None, "westeurope"), 5067.3),
        (by("RegionId"), 0),
        (by("x_Team", "search"), 351.5),
        (by("tag:team", "search"), 351.5),
        (by("tag:Team ", "search"), 351.5),
        (by("tag:nosuch", "search"), 0),
        (by("ResourceId", PREFIX), 3650),
        (Scope(start=date(2026, 4, 1), axis=Axis.CHARGE), 5828),
        (Scope(end=date(2026, 4, 1), axis=Axis.CHARGE), -34.2),
        (Scope(start=date(2026, 4, 1), axis=Axis.BILLING), 5793.8),
        (Scope(end=date(2026, 4, 1), axis=Axis.BILLING), 0),
    ],
)
def test_a_scope_keeps_what_it_says(mini: Workspace, scope: Scope, expected: float) -> None:
    assert float(str(billed(mini.dataset(), scope))) == expected


def test_the_billing_axis_has_whole_months(mini: Workspace) -> None:
    with pytest.raises(UsageError, match="not the first of a month"):
        billed(mini.dataset(), Scope(start=date(2026, 4, 2), axis=Axis.BILLING))


def test_two_scopes_meet_in_what_both_keep(mini: Workspace) -> None:
    dataset = mini.dataset()
    one, other = by("x_Team", "search", "data"), by("BillingCurrency", "EUR")
    assert billed(dataset.within(one), other) == billed(dataset.within(other), one) == 450
    assert billed(dataset.within(one), by("x_Team", "ml")) == 0


@pytest.mark.parametrize(
    ("viewer", "dimension", "whole"),
    [
        (LOCAL, "x_Team", {"search", "data", "ml", "UNALLOCATED"}),
        (Viewer("bea", sees=(("x_Team", frozenset({"search"})),)), "x_Team", {"search"}),
        (Viewer("bea", sees=(("x_Team", frozenset({"search"})),)), "ServiceName", {"VM"}),
        (Viewer("bea", sees=(("x_Team", frozenset({"search"})),)), "ResourceId", RESOURCES),
        (Viewer("bea", sees=(("x_Team", frozenset({"nobody"})),)), "ServiceName", set()),
        (Viewer("bea", sees=(("ResourceId", frozenset({"r-1"})),)), "x_Team", set()),
        (Viewer("sue", hidden=(("ResourceId", frozenset({"r-1"})),)), "x_Team",
         {"data", "ml", "UNALLOCATED"}),
        (Viewer("sue", hidden=(("x_Team", frozenset({"data"})),)), "x_Team",
         {"search", "ml", "UNALLOCATED"}),
    ],
)  # fmt: skip
def test_only_that_is_seen_whole_of_which_no_charge_is_kept_back(
    seen: Seen, viewer: Viewer, dimension: str, whole: set[str]
) -> None:
    found = seen.whole.within(Scope(viewer=viewer)).seen_whole(dimension)
    assert found == whole


def test_an_answer_brings_names_and_the_statement_that_ran(mini: Workspace) -> None:
    table = mini.dataset().select(sql.parse("SELECT BilledCost AS cost FROM lines LIMIT 1"))
    assert table.columns == ("cost",)
    assert "within_scope_lines" in table.statement
