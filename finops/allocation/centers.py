"""Centers: what each cost center bears of a month, direct and shared; the same cents as by team."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from finops.allocation.allocated import allocate
from finops.allocation.allocated import borne
from finops.allocation.allocated import cell
from finops.allocation.allocated import TEAM
from finops.allocation.shared import NOBODY
from finops.core.amount import EXACT
from finops.core.amount import total
from finops.core.pool import CATEGORY
from finops.core.pool import COMMITMENT
from finops.core.pool import held
from finops.core.pool import TO_POOL
from finops.measures import ask

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.allocation.allocated import Allocation
    from finops.allocation.shared import Cell
    from finops.allocation.shared import Share
    from finops.allocation.shared import Sharing
    from finops.core.pool import Pool
    from finops.dataset import Dataset
    from finops.ingestion.metrics import Metric
    from finops.measures import Query

CENTER = "x_CostCenter"


def allocate_centers(
    dataset: Dataset, pools: Iterable[Pool], metrics: Iterable[Metric], asked: Query
) -> Allocation:
    """One cost of a period by cost center, in one currency: its `teams` are cost centers.

    A charge is its own cost center's; a share of a pool is borne by the cost center that its team
    answers to in that month, so that all of it is what `allocate` tells by team.

    Raises:
        UsageError: it names no period, or the charges are in several currencies, each as billed.
        RateMissing: a conversion is needed and there is no rate.
    """
    found = allocate(dataset, pools, metrics, asked)
    month = f"{found.days.start:%Y-%m}"
    here = held(pools, month)
    by = dict.fromkeys((TEAM, CENTER, CATEGORY, COMMITMENT, *(c for p in here for c in p.columns)))
    answer = ask(dataset, replace(asked, by=tuple(by)))
    cells = [cell(row, found.measure, CENTER) for row in answer.records()]
    teams = dataset.organization.at(month).teams
    homes = {team.id: team.cost_center or NOBODY for team in teams}
    shares = tuple(_moved(one, cells, here, homes) for one in found.pools)
    return replace(found, pools=shares, teams=borne(cells, shares))


def _moved(
    one: Sharing, cells: Sequence[Cell], pools: Sequence[Pool], homes: Mapping[str, str]
) -> Sharing:
    """A pool as cost centers have it: what it took of each, and what each bears."""
    taken: dict[str, list[Decimal]] = {}
    for each in cells:
        if next((p.id for p in pools if p.takes(each.values)), None) == one.pool.id:
            taken.setdefault(each.team, []).append(each.amount)
    contra = ((name, EXACT.minus(total(parts))) for name, parts in sorted(taken.items()))
    return replace(
        one,
        contra=tuple((name, amount) for name, amount in contra if amount),
        shares=tuple(_share(share, homes) for share in one.shares),
    )


def _share(share: Share, homes: Mapping[str, str]) -> Share:
    if share.to.startswith(TO_POOL):
        return share
    return share._replace(to=homes.get(share.to, NOBODY))
