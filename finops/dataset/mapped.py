"""Mapped: which own dimensions charges alike in their mapping inputs have, told once for all.

A part's mapped file has one row for each distinct set of mapping inputs: its key, the tags under
normalized keys, and a value for each of the organization's dimensions. Charges join it by key, so
a changed organization never rewrites a charge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.dataset import source
from finops.errors import DatasetError
from finops.errors import InputError
from finops.focus import columns
from finops.focus.normalize import MAPPING_INPUTS
from finops.focus.normalize import MAPPING_KEY
from finops.focus.normalize import quoted
from finops.focus.normalize import text

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Mapping
    from pathlib import Path

    from finops.core.organization import Dimension
    from finops.core.organization import Organization
    from finops.dataset.engine_duckdb import Engine

TAGS = "x_Tags"
"""The tags under normalized keys; `Tags` keeps them as delivered."""


BLANKS = " \t\n\r"
"""What is cut from both ends of tag keys and values."""

_TRIMMED = "trim({text}, ' ' || chr(9) || chr(10) || chr(13))"


def normalized(key: str) -> str:
    """A tag key as keys are compared: `Cost_Center ` and `cost-center` are one key."""
    return key.strip(BLANKS).lower().replace(" ", "-").replace("_", "-")


def write(
    engine: Engine,
    charges: Path,
    target: Path,
    organization: Organization,
    present: Collection[str],
) -> None:
    """Write the mapped file of one part.

    Raises:
        DatasetError: two different sets of inputs have one key; the part must not be committed.
    """
    inputs = [name for name in MAPPING_INPUTS if name in present]
    salted = f"hash('salt', {', '.join(inputs)})"
    firsts = ", ".join(f"any_value({name}) AS {name}" for name in inputs)
    of = f"FROM read_parquet({text(str(charges))}) GROUP BY {MAPPING_KEY}"
    twice = engine.rows(f"SELECT 1 {of} HAVING min({salted}) <> max({salted}) LIMIT 1")
    if twice:
        message = "Two different charges have one mapping key."
        raise DatasetError(message)
    known = f"SELECT {MAPPING_KEY}, {firsts}, {_tags(inputs)} AS {TAGS} {of}"
    chosen = ", ".join(
        f"coalesce({value}, {text(columns.UNALLOCATED)}) AS {quoted(name)}"
        for name, value in _values(organization, inputs)
    )
    query = f"SELECT {MAPPING_KEY}, {TAGS}, {chosen} FROM ({known})"
    target.parent.mkdir(parents=True, exist_ok=True)
    source.copy(engine, query, target)


def _tags(inputs: list[str]) -> str:
    if "Tags" not in inputs:
        return "CAST(NULL AS MAP(VARCHAR, VARCHAR))"
    entries = "map_entries(any_value(Tags))"
    folded = f"regexp_replace(lower({_TRIMMED.format(text='e.key')}), '[ _]', '-', 'g')"
    pairs = f"list_transform({entries}, lambda e: {{'k': {folded}, 'v': e.value}})"
    # Of keys that are one when normalized, the first that says something speaks for all.
    told = f"list_filter({pairs}, lambda e: {_TRIMMED.format(text='e.v')} <> '')"
    names = f"list_distinct(list_transform({told}, lambda e: e.k))"
    values = f"list_transform({names}, lambda n: list_filter({told}, lambda e: e.k = n)[1].v)"
    return f"MAP({names}, {values})"


def _values(organization: Organization, inputs: list[str]) -> Iterable[tuple[str, str]]:
    """The expression of each dimension; one told from another repeats that one's expression."""
    found: dict[str, str] = {}
    for dimension in organization.dimensions:
        options = [
            _from_tag(dimension, key, _known(organization, dimension)) for key in dimension.tags
        ]
        if dimension.sub_accounts and "SubAccountId" in inputs:
            options.append(_looked_up("SubAccountId", dimension.sub_accounts))
        if dimension.origin:
            start = found.get(dimension.origin.dimension) or _column(dimension, inputs)
            options.append(_looked_up(start, dimension.origin.values))
        options.append("NULL")
        found[dimension.name] = f"coalesce({', '.join(options)})"
    return found.items()


def _column(dimension: Dimension, inputs: list[str]) -> str:
    """The column that a dimension is told from; null where the file has none of that name."""
    name = dimension.origin.dimension if dimension.origin else ""
    if name not in MAPPING_INPUTS:
        message = f"dimensions.{dimension.name}.from.dimension: {name!r} is nothing to tell from."
        columns_told = ", ".join(name for name in MAPPING_INPUTS if name != "Tags")
        raise InputError(message, remedy=f"Take an own dimension, or one of {columns_told}.")
    return name if name in inputs else "NULL"


def _known(organization: Organization, dimension: Dimension) -> tuple[str, ...]:
    """The values a dimension may have; none where the organization lists none, then any may be."""
    listed = {
        "x_Team": tuple(team.id for team in organization.teams),
        "x_Product": tuple(product.id for product in organization.products),
        "x_Environment": organization.environments,
        "x_CostCenter": tuple(center.id for center in organization.cost_centers),
    }
    return listed.get(dimension.name, ())


def _from_tag(dimension: Dimension, key: str, known: tuple[str, ...]) -> str:
    value = _TRIMMED.format(text=f"{TAGS}[{text(normalized(key))}]")
    meant = {name.lower(): name for name in known}
    meant |= {alias.strip().lower(): name for alias, name in dimension.values.items()}
    if known:
        return _looked_up(f"lower({value})", meant)
    return f"coalesce({_looked_up(f'lower({value})', meant)}, {value})"


def _looked_up(value: str, table: Mapping[str, str]) -> str:
    if not table:
        return "NULL"
    cases = " ".join(f"WHEN {text(k)} THEN {text(v)}" for k, v in table.items())
    return f"CASE {value} {cases} END"
