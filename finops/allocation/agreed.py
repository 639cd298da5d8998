"""Agreed: the shared costs, required keys and figures by which a month is allocated.

A month that is closed keeps those that held when it was closed, whatever is published since.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from finops.allocation.published import Version
from finops.allocation.published import versions_in
from finops.ingestion.metrics import metrics_at
from finops.records.closings import closed_months
from finops.records.closings import COMPANY
from finops.records.closings import Event
from finops.records.closings import steps

if TYPE_CHECKING:
    from sqlmodel import Session

    from finops.access.workspace import Workspace
    from finops.core.pool import Pool
    from finops.core.required import Required
    from finops.dataset import Snapshot
    from finops.ingestion.metrics import Metric


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What a month is allocated by: a version of the rule set, and the figures known then.

    `revision` is when the month was closed, or else the snapshot's.
    """

    version: Version
    metrics: tuple[Metric, ...]
    revision: int = 0

    @property
    def pools(self) -> tuple[Pool, ...]:
        """The shared costs."""
        return self.version.rules.pools

    @property
    def required(self) -> tuple[Required, ...]:
        """What every charge that can have it should have."""
        return self.version.rules.required


def agreed(workspace: Workspace, snapshot: Snapshot, month: str) -> Agreed:
    """What a billing month YYYY-MM is allocated by, as a snapshot knows it."""
    with workspace.store.reading() as session:
        revision = min(snapshot.revision, _closed(session, month) or snapshot.revision)
        version = (Version(number=0), *versions_in(session, revision))[-1]
        metrics = metrics_at(session, revision)
        return Agreed(version=version, metrics=metrics, revision=revision)


def _closed(session: Session, month: str) -> int | None:
    """The revision in which the close of a month for the company was approved, while it binds."""
    if (COMPANY, month) not in closed_months(session):
        return None
    approved = (
        step.revision
        for step in steps(session)
        if (step.provider, step.month, step.event) == (COMPANY, month, Event.APPROVED)
    )
    return max(approved, default=None)
