"""The relations of a dataset as the engine sees them: charges, their rollup, the other datasets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.core.condition import RESOURCE
from finops.core.dimension import RULED
from finops.core.mapping import EMPTY as NO_RULES
from finops.dataset import mapped
from finops.dataset import rollup
from finops.dataset import ruled
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

    from finops.core.mapping import RuleSet
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


def views(
    root: Path, snapshot: Snapshot, organization: Organization, rules: RuleSet = NO_RULES
) -> tuple[str, ...]:
    """The statements that make the relations of a snapshot, before its engine is locked."""
    own = [*organization.own_dimensions, *map(mapped.rule_of, organization.own_dimensions)]
    parts = snapshot.charges
    resources = RESOURCE if rules.by_resource else ()
    return (
        _view("charges_as_billed", union(charge_columns(), _read(root, [p.path for p in parts]))),
        _view("mapped", _mapped(root, parts, own, resources)),
        _view(LINES, _lines(own, resources)),
        _view(ROLLUP, _rollup(root, parts, organization.own_dimensions, own)),
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


def _mapped(root: Path, parts: tuple[Part, ...], own: list[str], resources: tuple[str, ...]) -> str:
    """What charges are mapped to, month by month: what holds in one may not hold in another."""
    anchor = {normalize.MAPPING_KEY: "BIGINT", ruled.TAGS: _MAP} | dict.fromkeys(own, "VARCHAR")
    anchor |= dict.fromkeys(resources, "VARCHAR")
    anchor |= {mapped.NAMED: "BOOLEAN"} if resources else {}
    months: dict[str, list[str]] = {}
    for part in parts:
        months.setdefault(part.month, []).append(part.mapped)
    told = [
        f"SELECT *, {text(month)} AS {rollup.BILLING_MONTH} FROM ({_read(root, paths)})"
        for month, paths in sorted(months.items())
    ]
    rows = union(anchor | {rollup.BILLING_MONTH: "VARCHAR"}, " UNION ALL BY NAME ".join(told))
    # Inputs that are alike in two parts of a month have one key, and one answer.
    keys = ", ".join((normalize.MAPPING_KEY, rollup.BILLING_MONTH, *resources))
    keys += f", {mapped.NAMED}" if resources else ""
    kept = ", ".join(
        f"{_owned(f'any_value({quoted(name)})', name)} AS {quoted(name)}"
        for name in (ruled.TAGS, *own)
    )
    return f"SELECT {keys}, {kept} FROM ({rows}) GROUP BY {keys}"


def _rollup(
    root: Path, parts: tuple[Part, ...], dimensions: tuple[str, ...], own: list[str]
) -> str:
    rows = union(_rollup_columns(own), _read(root, [part.rollup for part in parts]))
    told = ", ".join(f"{_owned(quoted(name), name)} AS {quoted(name)}" for name in dimensions)
    return f"SELECT * REPLACE ({told}) FROM ({rows})"


def _owned(value: str, name: str) -> str:
    """A dimension of which a closed month knows nothing yet has nobody's value there."""
    plain = name == ruled.TAGS or name.startswith(RULED)
    return value if plain else f"coalesce({value}, {text(columns.UNALLOCATED)})"


def _lines(own: list[str], resources: tuple[str, ...]) -> str:
    unknown = [
        f"CASE WHEN {name} IS NULL THEN 1 ELSE 0 END AS {rollup.unknown(name)}"
        for name in columns.MONEY
    ]
    added = [f"CAST(ChargePeriodStart AS DATE) AS {rollup.DAY}", f"1 AS {rollup.CHARGES}", *unknown]
    on = f"{normalize.MAPPING_KEY}, {rollup.BILLING_MONTH}"
    taken = (ruled.TAGS, *own)
    rows = mapped.joined(
        "charges_as_billed", "mapped", taken, on=on, resources=", ".join(resources)
    )
    return f"SELECT *, {', '.join(added)} FROM ({rows})"


def _other(root: Path, snapshot: Snapshot, kind: Kind) -> str:
    anchor = {c.id: _stored(c.type) for c in datasets.COLUMNS[kind]}
    return _view(kind.value, union(anchor, _read(root, [part.path for part in snapshot.of(kind)])))
