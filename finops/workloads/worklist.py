"""Worklist: what is to be done, what it is worth, and what would have to be known for more."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import total
from finops.ingestion.inventory import inventory_of
from finops.workloads.coverage import Coverage
from finops.workloads.coverage import optimized
from finops.workloads.findings import findings
from finops.workloads.resources import estate
from finops.workloads.unlocks import unlocks

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from finops.access.workspace import Workspace
    from finops.dataset import Dataset
    from finops.workloads.findings import Finding
    from finops.workloads.resources import Resource
    from finops.workloads.resources import Window
    from finops.workloads.unlocks import Unlock


@dataclass(frozen=True, kw_only=True)
class Worklist:
    """The findings of the last 30 days, the largest first; amounts are of 30 days.

    `cost` is the effective cost of all resources that were looked at.
    """

    snapshot: str
    window: Window
    currency: str
    cost: Decimal
    resources: int
    findings: tuple[Finding, ...]
    unlocks: tuple[Unlock, ...]
    costs: tuple[tuple[str, Decimal], ...] = ()
    """The effective cost of each team's resources; together `cost`."""

    @property
    def gross(self) -> Decimal:
        """What all findings together would take off without commitments, where it is known."""
        return total(one.gross for one in self.findings if one.gross is not None)

    @property
    def net(self) -> Decimal:
        """What of it leaves the bill now."""
        return total(one.net for one in self.findings if one.net is not None)

    @property
    def optimized(self) -> Decimal | None:
        """How much of the cost is as it should be, in percent."""
        return optimized(self.net, self.cost)

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        """The same for each team, the least optimized first; a team without cost is left out."""
        nets: dict[str, list[Decimal]] = {}
        for one in self.findings:
            nets.setdefault(one.resource.team, []).append(one.net or Decimal(0))
        found = (Coverage(team, cost, total(nets.get(team, ()))) for team, cost in self.costs)
        known = (one for one in found if one.optimized is not None)
        return tuple(sorted(known, key=lambda one: (one.optimized, one.team)))


def worklist(workspace: Workspace, dataset: Dataset, *, today: date) -> Worklist:
    """Find what is to be done, within what the dataset's viewer sees.

    Raises:
        RateMissing: an amount must be converted and there is no rate for its month.
    """
    known = inventory_of(workspace, dataset.snapshot)
    here = estate(dataset, known, today=today)
    return Worklist(
        snapshot=dataset.snapshot.id,
        window=here.window,
        currency=here.currency,
        cost=total(one.effective for one in here.resources),
        resources=len(here.resources),
        findings=findings(here, today=today),
        unlocks=unlocks(here, today=today),
        costs=_by_team(here.resources),
    )


def _by_team(resources: Iterable[Resource]) -> tuple[tuple[str, Decimal], ...]:
    costs: dict[str, list[Decimal]] = {}
    for one in resources:
        costs.setdefault(one.team, []).append(one.effective)
    return tuple((team, total(amounts)) for team, amounts in sorted(costs.items()))
