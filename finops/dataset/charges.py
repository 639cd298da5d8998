"""Charges: the Delta table, changed in one commit or not at all.

Other engines read the newest version of this table, so nothing is committed that was not staged
and validated before. Pages read the version that their snapshot names.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyarrow as pa
from deltalake import CommitProperties
from deltalake import DeltaTable
from deltalake import Field
from deltalake import Schema
from deltalake import Transaction
from deltalake.exceptions import DeltaError
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
from finops.focus.adjustments import OWN
from finops.focus.columns import Type
from finops.focus.raw import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from finops.dataset.snapshot import Part
    from finops.dataset.snapshot import Snapshot

RESTORE = "Restore the workspace from its last backup; `finops doctor` says more."

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
    return Schema([*fields, *own, *_adjusting()])


def _adjusting() -> list[Field]:
    return [Field(name, PrimitiveType("string")) for name in OWN]


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


def settle(root: Path, base: Snapshot | None) -> DeltaTable:
    """Bring the newest version back to what is published; the table as it then stands.

    A writer that was killed may have committed what was never published; that is taken back by a
    commit of its own, so that other engines never go on reading it. Call it only inside the one
    writing transaction of the records.
    """
    table = open_table(root)
    version = base.charges_version if base else 0
    if table.version() < version:
        message = f"The charges on disk are older than snapshot {base.id if base else ''}."
        raise DatasetError(message, remedy="Restore the charges folder from the same backup.")
    if table.version() == version or {name for name, _ in _listed(table)} == _meant(base):
        return table
    table.restore(version)
    _sync_log(root)
    return open_table(root)


def commit(
    root: Path, *, base: Snapshot | None, drop: Iterable[Part], add: Iterable[Part], moment: int
) -> int:
    """Take parts out and put parts in, in one Delta commit; the version that then holds them.

    Call it only inside the one writing transaction of the records: the lock on those is what keeps
    two writers apart. What an earlier, killed writer committed and never published is taken back.
    `moment` is in milliseconds since 1970.
    """
    table = settle(root, base)
    add = tuple(add)
    dropped = [part for part in drop if part.kind is Kind.COST_AND_USAGE]
    added = [part for part in add if part.kind is Kind.COST_AND_USAGE]
    for part in add:
        sync(root, root / part.path)
    if not (dropped or added):
        return int(table.version())
    _widen(table, added)
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


def _widen(table: DeltaTable, added: Iterable[Part]) -> None:
    """Give a table that was made before there were adjustments their columns, on first need.

    It is a commit of its own that changes no file: what is published stays what it is.
    """
    known = {field.name for field in table.schema().fields}
    lacking = [field for field in _adjusting() if field.name not in known]
    if lacking and any(part.adjusts for part in added):
        table.alter.add_columns(lacking)


def verify(root: Path, snapshot: Snapshot) -> None:
    """Hold the files on disk to what a snapshot and its version of the table say they are.

    Raises:
        DatasetError: a file is gone or has another length, or the version lists other files.
    """
    gone = [
        name
        for part in snapshot.parts
        for name in (part.path, part.mapped, part.rollup)
        if name and not (root / name).is_file()
    ]
    wrong = [] if gone or not snapshot.charges else _differing(root, snapshot)
    if gone or wrong:
        named = ", ".join((gone or wrong)[:3])
        message = f"Snapshot {snapshot.id} and the files on disk differ: {named}."
        raise DatasetError(message, remedy=RESTORE)


def _differing(root: Path, snapshot: Snapshot) -> list[str]:
    """The files that a version lists and the snapshot does not, or the other way round, or torn."""
    try:
        table = DeltaTable(str(root / CHARGES), version=snapshot.charges_version)
        listed = _listed(table)
    except (DeltaError, OSError) as error:
        message = f"Snapshot {snapshot.id} needs version {snapshot.charges_version} of the charges."
        raise DatasetError(message, remedy=RESTORE) from error
    torn = {name for name, size in listed if (root / CHARGES / name).stat().st_size != size}
    return sorted(f"{CHARGES}/{name}" for name in {n for n, _ in listed} ^ _meant(snapshot) | torn)


def _listed(table: DeltaTable) -> frozenset[tuple[str, int]]:
    """The files of a version, as the table names them, and their lengths in bytes."""
    actions = pa.table(table.get_add_actions(flatten=True))
    paths, sizes = actions["path"].to_pylist(), actions["size_bytes"].to_pylist()
    return frozenset((unquote(path), size) for path, size in zip(paths, sizes, strict=True))


def _meant(snapshot: Snapshot | None) -> frozenset[str]:
    """The files that a snapshot says the table has."""
    return frozenset(map(_relative, snapshot.charges)) if snapshot else frozenset()


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


def sync(root: Path, path: Path) -> None:
    """Put a file, and the folder entries that lead to it, on the disk for good."""
    for name in (path, *(folder for folder in path.parents if folder.is_relative_to(root))):
        handle = os.open(name, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sync_log(root: Path) -> None:
    # delta-rs never syncs; a newest log entry of zero length would load silently as nothing.
    log = root / CHARGES / "_delta_log"
    sync(root, max(log.glob("*.json")))
