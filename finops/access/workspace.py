"""Workspace: a folder with an organization's data, and who may see how much of it."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlmodel import select

from finops.core.exchange_rate import ExchangeRate
from finops.core.mapping import EMPTY as NO_RULES
from finops.core.mapping import RuleSet
from finops.core.organization import Organization
from finops.core.scope import LOCAL
from finops.core.scope import Scope
from finops.core.scope import Viewer
from finops.dataset import open_dataset
from finops.dataset import Snapshot
from finops.errors import UsageError
from finops.records import heads
from finops.records.models import OrganizationVersion
from finops.records.models import Rate
from finops.records.models import RuleSetVersion
from finops.records.models import SnapshotRecord
from finops.records.revisions import latest
from finops.records.revisions import newest
from finops.records.store import open_store
from finops.records.store import records_url

if TYPE_CHECKING:
    from pathlib import Path

    from sqlmodel import Session

    from finops.dataset import Dataset
    from finops.records.store import Store

FOLDERS = ("charges", "datasets", "derived", "staging", "log")
"""What a workspace is made of on disk, besides the records."""


STARTER = Organization.from_mapping(
    {
        "dimensions": {
            "x_Team": {"tags": ["team", "owner"]},
            "x_Product": {"tags": ["product", "application", "app"]},
            "x_Environment": {"tags": ["environment", "env"]},
            "x_CostCenter": {"tags": ["cost-center", "costcenter"]},
        }
    }
)
"""Before an organization is published, the usual tag keys say what they say."""


class Workspace:
    """The folder, its record store, and the snapshots that have been published in it."""

    def __init__(self, root: Path, store: Store, *, memory: str = "1GB") -> None:
        self.root = root
        self.store = store
        self._open = lru_cache(maxsize=4)(self._opened)
        self._memory = memory

    def snapshots(self) -> tuple[Snapshot, ...]:
        """Every published snapshot, oldest first."""
        with self.store.reading() as session:
            rows = session.exec(select(SnapshotRecord).order_by("number"))
            return tuple(Snapshot.from_json(row.body) for row in rows)

    def snapshot(self, as_of: str | None = None) -> Snapshot | None:
        """The newest snapshot, or the one that was published as of an id, a number or a day.

        A day means the state at its end, UTC. None means that nothing has been imported yet.

        Raises:
            UsageError: `as_of` names no snapshot.
        """
        if as_of is None:
            with self.store.reading() as session:
                newest_one = latest(session, SnapshotRecord)
            return Snapshot.from_json(newest_one.body) if newest_one else None
        found = self.snapshots()
        named = [s for s in found if as_of in {s.id, str(s.number), s.digest}]
        if not named and len(as_of) == len("2026-01-31") and as_of.count("-") == 2:  # noqa: PLR2004
            named = [s for s in found if s.at[:10] <= as_of]
        if not named:
            known = f"There are snapshots 1 to {len(found)}." if found else "There is none yet."
            message = f"No snapshot {as_of!r}."
            raise UsageError(message, remedy=known)
        return named[-1]

    def organization(self, snapshot: Snapshot | None = None) -> Organization:
        """The organization as a snapshot knows it; the newest without one."""
        with self.store.reading() as session:
            return organization_at(session, snapshot.revision if snapshot else None)

    def rules(self, snapshot: Snapshot | None = None) -> RuleSet:
        """The mapping rules as a snapshot knows them; the newest without one."""
        with self.store.reading() as session:
            return rules_at(session, snapshot.revision if snapshot else None)

    def rates(self, snapshot: Snapshot) -> tuple[ExchangeRate, ...]:
        """The rates of exchange as a snapshot knows them."""
        with self.store.reading() as session:
            rows = newest(session, Rate, revision=snapshot.revision)
        return tuple(
            ExchangeRate(r.from_currency, r.to_currency, r.kind, r.period, r.day, Decimal(r.rate))
            for r in rows
        )

    def dataset(self, viewer: Viewer = LOCAL, *, as_of: str | None = None) -> Dataset:
        """The dataset of a snapshot, narrowed to what a viewer may see.

        Raises:
            UsageError: there is no such snapshot, or none at all.
        """
        return self.at(self.snapshot(as_of), viewer)

    def at(self, snapshot: Snapshot | None, viewer: Viewer) -> Dataset:
        """The dataset of a snapshot that was read before, narrowed to what a viewer may see.

        Raises:
            UsageError: there is none.
        """
        if snapshot is None:
            message = "There is no data in this workspace yet."
            raise UsageError(message, remedy="Bring a bill with `finops import FILE`.")
        return self._open(snapshot).within(Scope(viewer=viewer))

    def close(self) -> None:
        """Give back the engines and the record store."""
        self._open.cache_clear()
        self.store.close()

    def _opened(self, snapshot: Snapshot) -> Dataset:
        return open_dataset(
            self.root,
            snapshot,
            organization=self.organization(snapshot),
            rates=self.rates(snapshot),
            rules=self.rules(snapshot),
            memory=self._memory,
        )


def organization_at(session: Session, revision: int | None = None) -> Organization:
    """The organization that was published last, as of a revision; the starter before any."""
    rows = newest(session, OrganizationVersion, revision=revision)
    return Organization.from_mapping(json.loads(rows[-1].body)) if rows else STARTER


def rules_at(session: Session, revision: int | None = None) -> RuleSet:
    """The mapping rules that were published last, as of a revision; none before any."""
    found = latest(session, RuleSetVersion, revision=revision)
    return RuleSet.from_mapping(json.loads(found.body)) if found else NO_RULES


def open_workspace(path: Path, *, url: str = "", memory: str = "1GB") -> Workspace:
    """Open a workspace that `init` or `demo` has made.

    Raises:
        UsageError: there is no workspace in that folder.
    """
    if not (path / FOLDERS[0]).is_dir():
        message = f"{path} is no workspace."
        raise UsageError(message, remedy="Make one with `finops --workspace DIR init`.")
    noted = path / "log" / heads.FILE
    return Workspace(path, open_store(url or records_url(path), heads=noted), memory=memory)


def make_workspace(path: Path, *, url: str = "", memory: str = "1GB") -> Workspace:
    """Make an empty workspace in a folder; an existing one is opened as it is."""
    for folder in FOLDERS:
        (path / folder).mkdir(parents=True, exist_ok=True)
    return open_workspace(path, url=url, memory=memory)
