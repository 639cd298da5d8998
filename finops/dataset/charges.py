"""Charges: the Delta table, changed in one commit or not at all.

Other engines read the newest version of this table, so nothing is committed that was not staged
and validated before. Pages read the version that their snapshot names.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from deltalake import CommitProperties
from deltalake import DeltaTable
from deltalake import Field
from deltalake import Schema
from deltalake import Transaction
from deltalake.exceptions import TableNotFoundError
from deltalake.schema import MapType
from deltalake.schema import PrimitiveType
from deltalake.transaction import AddAction
from deltalake.transaction import RemoveAction

from finops.core import fault
from finops.dataset.deliveries import CHARGES
from finops.errors import DatasetError
from finops.focus import columns
from finops.focus import normalize
from finops.focus.columns import Type
from finops.focus.raw import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.dataset.snapshot import Part
    from finops.dataset.snapshot import Snapshot

_PARTITIONS = ["x_Source", "x_BillingMonth"]
_KINDS = {
    Type.DECIMAL: PrimitiveType("decimal(38,18)"),
    Type.TIME: PrimitiveType("timestamp"),
    Type.STRING: PrimitiveType("string"),
    Type.JSON: PrimitiveType("string"),
}
_MAP = MapType(PrimitiveType("string"), PrimitiveType("string"), value_contains_null=True)


def schema() -> Schema:
    """The table's columns: FOCUS's, our own, and the two it is parted by."""
    fields = [
        Field(c.id, _MAP if c.id == "Tags" else _KINDS[c.type]) for c in columns.COST_AND_USAGE
    ]
    own = [
        Field(normalize.MAPPING_KEY, PrimitiveType("long")),
        Field(normalize.TAGS_AS_DELIVERED, PrimitiveType("string")),
        Field(normalize.EXTRA, _MAP),
        *(Field(name, PrimitiveType("string")) for name in _PARTITIONS),
    ]
    return Schema([*fields, *own])


def open_table(root: Path) -> DeltaTable:
    """Open the table of a workspace, made on first use.

    Its log is never cleaned and its files are kept long: an old snapshot must stay readable.
    """
    path = root / CHARGES
    try:
        return DeltaTable(str(path))
    except TableNotFoundError:
        path.mkdir(parents=True, exist_ok=True)
        DeltaTable.create(
            str(path),
            schema(),
            mode="ignore",
            partition_by=_PARTITIONS,
            configuration={
                "delta.enableExpiredLogCleanup": "false",
                "delta.deletedFileRetentionDuration": "interval 3650 days",
                # Statistics are floats; money has none.
                "delta.dataSkippingStatsColumns": "ChargePeriodStart",
            },
        )
        return DeltaTable(str(path))


def commit(
    root: Path, *, base: Snapshot | None, drop: Iterable[Part], add: Iterable[Part], moment: int
) -> int:
    """Take parts out and put parts in, in one Delta commit; the version that then holds them.

    Call it only inside the one writing transaction of the records: the lock on those is what keeps
    two writers apart. What an earlier, killed writer committed and never published is taken back.
    `moment` is in milliseconds since 1970.
    """
    table = open_table(root)
    if base is not None and table.version() != base.charges_version:
        table = _taken_back(table, base)
    dropped = [part for part in drop if part.kind is Kind.COST_AND_USAGE]
    added = [part for part in add if part.kind is Kind.COST_AND_USAGE]
    if not (dropped or added):
        return int(table.version())
    for part in added:
        _sync(root / part.path)
    fault.point("import:before-delta")
    actions: list[AddAction | RemoveAction] = [
        *(_remove(p, root, moment) for p in dropped),
        *(_add(p, root, moment) for p in added),
    ]
    number = table.version() + 1
    sources = sorted({f"{part.source}/{part.month}" for part in (*dropped, *added)})
    table.create_write_transaction(
        actions,
        mode="append",
        schema=table.schema(),
        partition_by=_PARTITIONS,
        commit_properties=CommitProperties(
            custom_metadata={"imports": sorted({part.import_id for part in added})},
            app_transactions=[Transaction(name, number) for name in sources],
        ),
    )
    _sync_log(root)
    fault.point("import:after-delta")
    return int(open_table(root).version())


def verify(root: Path, snapshot: Snapshot) -> None:
    """Hold the table's files to what a snapshot says they are.

    Raises:
        DatasetError: a file is gone or has another length, or the version lists other files.
    """
    if not snapshot.charges:
        return
    table = DeltaTable(str(root / CHARGES), version=snapshot.charges_version)
    listed = {Path(uri).as_posix().split(f"/{CHARGES}/", 1)[1] for uri in table.file_uris()}
    meant = {part.path.removeprefix(f"{CHARGES}/") for part in snapshot.charges}
    gone = [part.path for part in snapshot.parts if not (root / part.path).exists()]
    if listed != meant or gone:
        named = ", ".join(gone or sorted(listed ^ meant))
        message = f"Snapshot {snapshot.id} and the charges on disk differ: {named}."
        raise DatasetError(message)


def _taken_back(table: DeltaTable, base: Snapshot) -> DeltaTable:
    if table.version() < base.charges_version:
        message = f"The charges on disk are older than snapshot {base.id}."
        raise DatasetError(message, remedy="Restore the charges folder from the same backup.")
    table.restore(base.charges_version)
    return DeltaTable(table.table_uri)


def _relative(part: Part) -> str:
    return part.path.removeprefix(f"{CHARGES}/")


def _values(part: Part) -> dict[str, str | None]:
    return {"x_Source": part.source, "x_BillingMonth": part.month}


def _add(part: Part, root: Path, moment: int) -> AddAction:
    size = (root / part.path).stat().st_size
    told = json.dumps({"numRecords": part.rows})
    return AddAction(_relative(part), size, _values(part), moment, True, told)


def _remove(part: Part, root: Path, moment: int) -> RemoveAction:
    return RemoveAction(
        path=_relative(part),
        data_change=True,
        deletion_timestamp=moment,
        partition_values=_values(part),
        size=(root / part.path).stat().st_size,
    )


def _sync(path: Path) -> None:
    """Put a file, and the folder entry that names it, on the disk for good."""
    for name in (path, path.parent):
        handle = os.open(name, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sync_log(root: Path) -> None:
    # delta-rs never syncs; a newest log entry of zero length would load silently as nothing.
    log = root / CHARGES / "_delta_log"
    _sync(max(log.glob("*.json")))
