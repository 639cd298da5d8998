"""The relations of a dataset as the engine sees them: charges, their rollup, the other datasets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.dataset import mapped
from finops.dataset import rollup
from finops.focus import adjustments
from finops.focus import columns
from finops.focus import datasets
from finops.focus import normalize
from finops.focus.columns import Type
from finops.focus.normalize import quoted
from finops.focus.normalize import text
from finops.focus.raw import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from finops.core.organization import Organization
    from finops.dataset.snapshot import Part
    from finops.dataset.snapshot import Snapshot

LINES = "lines"
"""The charges themselves, one a row, with the organization's dimensions."""

ROLLUP = "rollup"
"""The charges added up by day and by every dimension that a page groups by."""

OTHERS = tuple(kind.value for kind in Kind if kind is not Kind.COST_AND_USAGE)
"""The other FOCUS datasets, each a relation of its own name."""

RELATIONS = (LINES, ROLLUP, "charges_as_billed", "mapped", *OTHERS)
"""Every relation that the engine has, those that nobody may ask among them."""

_MAP = "MAP(VARCHAR, VARCHAR)"


def views(root: Path, snapshot: Snapshot, organization: Organization) -> tuple[str, ...]:
    """The statements that make the relations of a snapshot, before its engine is locked."""
    own = [dimension.name for dimension in organization.dimensions]
    parts = snapshot.charges
    return (
        _view("charges_as_billed", union(charge_columns(), _read(root, [p.path for p in parts]))),
        _view("mapped", _mapped(root, parts, own)),
        _view(LINES, _lines(own)),
        _view(ROLLUP, union(_rollup_columns(own), _read(root, [p.rollup for p in parts]))),
        *(_other(root, snapshot, kind) for kind in Kind if kind is not Kind.COST_AND_USAGE),
    )


def _view(name: str, query: str) -> str:
    return f"CREATE VIEW {name} AS {query}"


def _read(root: Path, paths: Iterable[str]) -> str:
    files = ", ".join(text(str(root / path)) for path in sorted(set(paths)) if path)
    options = "union_by_name = true, hive_partitioning = true, hive_types_autocast = false"
    return f"SELECT * FROM read_parquet([{files}], {options})" if files else ""


def union(anchor: dict[str, str], rows: str) -> str:
    """Put rows behind an anchor of typed nulls, so that a column no file has is still known."""
    nulls = ", ".join(f"CAST(NULL AS {kind}) AS {quoted(name)}" for name, kind in anchor.items())
    empty = f"SELECT {nulls} WHERE false"
    return f"{empty} UNION ALL BY NAME {rows}" if rows else empty


def charge_columns() -> dict[str, str]:
    """The columns of `charges_as_billed`, with the types they are stored as."""
    found = {c.id: _stored(c.type) for c in columns.COST_AND_USAGE} | {"Tags": _MAP}
    return found | {
        normalize.MAPPING_KEY: "BIGINT",
        normalize.TAGS_AS_DELIVERED: "VARCHAR",
        normalize.EXTRA: _MAP,
        "x_Source": "VARCHAR",
        rollup.BILLING_MONTH: "VARCHAR",
        **dict.fromkeys(adjustments.OWN, "VARCHAR"),
    }


def _rollup_columns(own: list[str]) -> dict[str, str]:
    found = {rollup.DAY: "DATE", rollup.BILLING_MONTH: "VARCHAR", rollup.CHARGES: "BIGINT"}
    found |= dict.fromkeys((*rollup.DIMENSIONS, *adjustments.OWN, *own), "VARCHAR")
    found |= dict.fromkeys((*columns.MONEY, *rollup.QUANTITIES), str(Type.DECIMAL))
    return found | dict.fromkeys(map(rollup.unknown, columns.MONEY), "BIGINT")


def _stored(kind: Type) -> str:
    return "VARCHAR" if kind is Type.JSON else str(kind)


def _mapped(root: Path, parts: tuple[Part, ...], own: list[str]) -> str:
    anchor = {normalize.MAPPING_KEY: "BIGINT", mapped.TAGS: _MAP} | dict.fromkeys(own, "VARCHAR")
    rows = union(anchor, _read(root, [part.mapped for part in parts]))
    # Inputs that are alike in two parts have one key, and one answer.
    kept = ", ".join(f"any_value({quoted(name)}) AS {quoted(name)}" for name in (mapped.TAGS, *own))
    return f"SELECT {normalize.MAPPING_KEY}, {kept} FROM ({rows}) GROUP BY {normalize.MAPPING_KEY}"


def _lines(own: list[str]) -> str:
    unknown = [
        f"CASE WHEN {name} IS NULL THEN 1 ELSE 0 END AS {rollup.unknown(name)}"
        for name in columns.MONEY
    ]
    added = [
        f"CAST(ChargePeriodStart AS DATE) AS {rollup.DAY}",
        f"1 AS {rollup.CHARGES}",
        *unknown,
        mapped.TAGS,
        *map(quoted, own),
    ]
    return (
        f"SELECT c.*, {', '.join(added)} FROM charges_as_billed AS c "
        f"JOIN mapped USING ({normalize.MAPPING_KEY})"
    )


def _other(root: Path, snapshot: Snapshot, kind: Kind) -> str:
    anchor = {c.id: _stored(c.type) for c in datasets.COLUMNS[kind]}
    return _view(kind.value, union(anchor, _read(root, [part.path for part in snapshot.of(kind)])))
