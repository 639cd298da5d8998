"""Ranked: teams, and never people, by what they saved of their own spend and of a unit's cost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.ingestion.metric_gaps import series
from finops.ingestion.metrics import metrics_of
from finops.measures import ask
from finops.measures import Query
from finops.savings.credit import by_team
from finops.savings.credit import TEAM
from finops.unit_economics.portfolio import standings
from finops.unit_economics.sources import sources

if TYPE_CHECKING:
    from finops.access.workspace import Workspace
    from finops.dataset import Dataset
    from finops.savings.report import Report

_OWN = "x_Team"


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """A team's credit, and its own spend of the months that it was saved in.

    `unit` is by how much a unit of its product cost less in the last of these months than in the
    one before, as a share; None where it has no product that is counted.
    """

    team: str
    credited: Decimal
    avoided: Decimal
    spend: Decimal
    product: str = ""
    unit: Decimal | None = None

    @property
    def share(self) -> Decimal | None:
        """What was verified of its own spend; None where it spent nothing."""
        return EXACT.divide(self.credited, self.spend) if self.spend > 0 else None


def ranked(workspace: Workspace, dataset: Dataset, found: Report) -> tuple[Ranked, ...]:
    """The credited teams, the largest share of their own spend first."""
    months = sorted({one.month for one in found.lines if one.account == TEAM})
    if not months:
        return ()
    spend = _spend(dataset, months)
    units = _units(workspace, dataset, BillingPeriod.parse(months[-1]))
    products = {one.id: one.product or "" for one in dataset.organization.teams}
    told = [
        Ranked(
            team=name,
            credited=one.credited,
            avoided=one.avoided,
            spend=spend.get(name, Decimal(0)),
            product=products.get(name, ""),
            unit=units.get(products.get(name, "")),
        )
        for name, one in by_team(found.lines).items()
    ]
    return tuple(sorted(told, key=lambda one: (-(one.share or 0), -(one.unit or 0), one.team)))


def _spend(dataset: Dataset, months: list[str]) -> dict[str, Decimal]:
    """What each team itself cost in some months."""
    found: dict[str, Decimal] = {}
    for month in months:
        query = Query(measures=("EffectiveCost",), by=(_OWN,), period=BillingPeriod.parse(month))
        for name, amount in ask(dataset, query).rows:
            if isinstance(amount, Decimal):
                found[str(name)] = total((found.get(str(name), Decimal(0)), amount))
    return found


def _units(workspace: Workspace, dataset: Dataset, month: BillingPeriod) -> dict[str, Decimal]:
    """By how much a unit of each product cost less in a month than before, as a share."""
    counted = series(metrics_of(workspace, dataset.snapshot))
    found: dict[str, Decimal] = {}
    for one in standings(sources(workspace, dataset, counted, ask=ask), month):
        now, before = one.now.average, one.before.average
        if now is not None and before:
            less = EXACT.divide(EXACT.subtract(before, now), before)
            found.setdefault(one.now.product, less)
    return found
