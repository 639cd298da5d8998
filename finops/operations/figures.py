"""Figures: what the statements of a month are made of, beside the month before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from finops.allocation.agreed import agreed
from finops.allocation.allocated import allocate
from finops.allocation.centers import allocate_centers
from finops.invoicing import books_of
from finops.invoicing import reconcile
from finops.measures import Query
from finops.operations.owners import CENTER
from finops.operations.owners import TEAM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.access.workspace import Workspace
    from finops.allocation.allocated import Allocation
    from finops.core.period import BillingPeriod
    from finops.dataset import Dataset


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What the statements of a month are made of, by team or by cost center (`dimension`)."""

    now: Allocation
    before: Allocation
    state: str
    dimension: str


def figures_of(
    workspace: Workspace, dataset: Dataset, period: BillingPeriod, dimension: str = TEAM
) -> Figures:
    """The figures of a month and of the one before; they change with the snapshot alone.

    Raises:
        UsageError: the charges are in several currencies that do not add.
        RateMissing: a conversion is needed and there is no rate.
    """
    return figures_each(workspace, dataset, (period,), dimension)[0]


def figures_each(
    workspace: Workspace, dataset: Dataset, periods: Iterable[BillingPeriod], dimension: str = TEAM
) -> tuple[Figures, ...]:
    """The same of several months; one that is also the month before another is allocated once.

    Raises:
        UsageError: the charges are in several currencies that do not add.
        RateMissing: a conversion is needed and there is no rate.
    """
    periods = tuple(periods)
    months = dict.fromkeys(each for one in periods for each in (one, one.plus(-1)))
    found = {month: _allocated(workspace, dataset, month, dimension) for month in months}
    books = books_of(workspace, dataset.snapshot)
    return tuple(
        Figures(
            now=found[period],
            before=found[period.plus(-1)],
            state=reconcile(dataset, books, period).state,
            dimension=dimension,
        )
        for period in periods
    )


def _allocated(
    workspace: Workspace, dataset: Dataset, month: BillingPeriod, dimension: str
) -> Allocation:
    by = agreed(workspace, dataset.snapshot, str(month))
    asked = Query(measures=("EffectiveCost",), period=month)
    way = allocate_centers if dimension == CENTER else allocate
    return way(dataset, by.pools, by.metrics, asked)
