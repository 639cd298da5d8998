"""Inventory: what the providers' own read-only commands said of resources, and their advice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.ingestion.commit import NothingNew
from finops.ingestion.inventory_files import read
from finops.ingestion.kept import keep
from finops.ingestion.kept import Kept
from finops.ingestion.printed import Item
from finops.records import models
from finops.records.revisions import newest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from finops.access.command import Transaction
    from finops.access.workspace import Workspace
    from finops.dataset import Snapshot


@dataclass(frozen=True, kw_only=True)
class Known:
    """What was said of a resource, and the day on which it was so."""

    item: Item
    day: date

    def __getitem__(self, fact: str) -> str:
        """What was said; empty where nothing was."""
        return dict(self.item.facts).get(fact, "")


@command("inventory.add", permission=Permission.WRITE_INVENTORY)
def add_inventory(
    transaction: Transaction, *, items: tuple[Item, ...], day: date, file: str
) -> Kept:
    """Keep what was printed of resources on a day; what was known of the same is replaced."""
    rows = [
        models.InventoryItem(
            revision=transaction.revision,
            kind=one.kind,
            resource=one.resource,
            name=one.name,
            day=day.isoformat(),
            facts=json.dumps(dict(one.facts), sort_keys=True),
            file=file,
        )
        for one in items
    ]
    return keep(transaction, rows, file=file)


def bring_inventory(
    workspace: Workspace, path: Path, *, day: date, who: Mapping[str, Any]
) -> tuple[Kept, tuple[Item, ...]]:
    """Bring in what commands printed into a file, whole or not at all; give what it tells, too.

    Raises:
        InputError: the file is nothing that is read, or tells of no resource.
    """
    items = read(path)
    try:
        return add_inventory(workspace.store, **who, items=items, day=day, file=path.name), items
    except NothingNew:
        snapshot = workspace.snapshot()
        return Kept(0, 0, len(items), snapshot.id if snapshot else ""), items


def inventory_of(workspace: Workspace, snapshot: Snapshot | None) -> tuple[Known, ...]:
    """Everything that was said of resources, as a snapshot knows it, by kind and resource."""
    with workspace.store.reading() as session:
        rows = newest(
            session, models.InventoryItem, revision=snapshot.revision if snapshot else None
        )
    return tuple(
        Known(
            item=Item(row.kind, row.resource, tuple(json.loads(row.facts).items()), row.name),
            day=date.fromisoformat(row.day),
        )
        for row in rows
    )
