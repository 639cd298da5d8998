"""Normalize: a mapping is data, a FOCUS column and the expression that gives it.

Expressions are in the one expression language. Each is strict: a value that cannot be what its
column holds is an error, so that nothing wrong is ever read quietly as null.
"""

from __future__ import annotations

from typing import NamedTuple

from finops.focus import columns
from finops.focus import datasets
from finops.focus.columns import Column
from finops.focus.columns import Type
from finops.focus.raw import Kind
from finops.focus.raw import Raw

BEYOND = "beyond the 18th decimal"
"""What a strict cast says when a number has more digits than are kept."""

STRAY = "no digit"
"""What a strict cast says when something stands between the digits of a number."""

MAPPING_INPUTS = (
    "InvoiceIssuerName",
    "BillingAccountId",
    "SubAccountId",
    "SubAccountName",
    "ServiceName",
    "RegionId",
    "ChargeCategory",
    "Tags",
)
"""What an organization's own dimensions are told from; charges alike in these are mapped once."""

NULLS = ("", "NULL", "null")
"""Texts that stand for null in files of the wild, besides an empty field."""


class Mapped(NamedTuple):
    """One column of the model, the source's name for it, and the expression that reads it."""

    column: Column
    source: str
    expression: str


class Mapping(NamedTuple):
    """How a file becomes charges: the columns it has, those it lacks, and those beyond FOCUS."""

    mapped: tuple[Mapped, ...]
    absent: tuple[str, ...]
    extra: tuple[str, ...]

    def source(self, column: str) -> str | None:
        """What the file calls a column; None where it has none."""
        return next((m.source for m in self.mapped if m.column.id == column), None)


def quoted(name: str) -> str:
    """A name as an identifier of the expression language, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A value as a text literal of the expression language, whatever is in it."""
    return "'" + value.replace("'", "''") + "'"


def mapping(raw: Raw, *, rounded: bool = False) -> Mapping:
    """Say how each column of the model is read from a file.

    With `rounded`, digits beyond the 18th decimal are rounded half up instead of being an error.
    """
    delivered = {columns.OLDER_NAMES.get(name, name): name for name in reversed(raw.columns)}
    delivered |= {name: name for name in raw.columns}
    if raw.kind is Kind.COST_AND_USAGE and "ServiceProviderName" not in delivered:
        delivered["ServiceProviderName"] = delivered.get("ProviderName", "")
    model = datasets.COLUMNS[raw.kind]
    found = tuple(
        Mapped(column, source, _expression(column, source, raw, rounded=rounded))
        for column in model
        if (source := delivered.get(column.id))
    )
    used = {item.source for item in found}
    return Mapping(
        found,
        tuple(column.id for column in model if not delivered.get(column.id)),
        tuple(sorted(name for name in raw.columns if name not in used)),
    )


def _expression(column: Column, source: str, raw: Raw, *, rounded: bool) -> str:
    name, is_text = quoted(source), source in raw.texts
    if column.type is Type.TIME:
        return f"CAST({name} AS {column.type})"
    if column.type is Type.DECIMAL:
        if source in raw.exact:
            return f"CAST({name} AS {column.type})"
        # A binary fraction stands for its shortest text: 0.1, not 0.1000000000000000055.
        return _decimal(name if is_text else f"CAST({name} AS VARCHAR)", rounded=rounded)
    if column.type is Type.JSON:
        return name if is_text else f"CAST(to_json({name}) AS VARCHAR)"
    plain = name if is_text else f"CAST({name} AS VARCHAR)"
    return _canonical(column, plain) if column.allowed else plain


def _decimal(name: str, *, rounded: bool) -> str:
    # The engine reads 1_000 as a thousand; nobody else does.
    if rounded:
        return f"CAST(replace({name}, '_', 'x') AS {Type.DECIMAL})"
    stray = f"WHEN contains({name}, '_') THEN error({text(STRAY)})"
    # Far cheaper than comparing the value with its text: only a long fraction, or an exponent
    # that could hide one, is looked at twice.
    long = f"length({name}) - instr({name}, '.') > 18 AND instr({name}, '.') > 0"
    beyond = f"WHEN {long} OR {name} ILIKE '%e-%' THEN error({text(BEYOND)})"
    return f"CASE {stray} {beyond} ELSE CAST({name} AS {Type.DECIMAL}) END"


def _canonical(column: Column, plain: str) -> str:
    """Read `Usage-based` as `Usage-Based`: real bills write allowed values in other cases."""
    cases = " ".join(f"WHEN {text(value.lower())} THEN {text(value)}" for value in column.allowed)
    return f"CASE lower({plain}) {cases} ELSE {plain} END"


TAG_MAP = "TRY_CAST(TRY_CAST({tags} AS JSON) AS MAP(VARCHAR, VARCHAR))"
"""Tags as key and value; null where the text is no JSON object or names a key twice."""


def selected(raw: Raw, plan: Mapping, *, attempt: bool = False) -> tuple[tuple[str, str], ...]:
    """The columns a file is staged as: a name and the expression that fills it.

    With `attempt`, a value that cannot be read is null instead of an error.
    """
    found = {m.column.id: m.expression for m in plan.mapped}
    if attempt:
        found = {name: f"TRY({expression})" for name, expression in found.items()}
    if raw.kind is Kind.COST_AND_USAGE:
        found |= _own(found)
    if plan.extra:
        names = ", ".join(text(name) for name in plan.extra)
        values = ", ".join(f"CAST({quoted(name)} AS VARCHAR)" for name in plan.extra)
        found[EXTRA] = f"MAP([{names}], [{values}])"
    return tuple(sorted(found.items()))


EXTRA = "x_Extra"
"""The column that keeps what a file has beyond FOCUS: custom columns, by name."""

TAGS_AS_DELIVERED = "x_TagsAsDelivered"
"""The column that keeps tags that are no key and value pairs, as they came."""

MAPPING_KEY = "x_MappingKey"
"""The column that names the mapping inputs of a charge by their hash."""


def _own(found: dict[str, str]) -> dict[str, str]:
    inputs = ", ".join(found.get(name, "CAST(NULL AS VARCHAR)") for name in MAPPING_INPUTS)
    own = {MAPPING_KEY: f"CAST(hash({inputs}) >> 1 AS BIGINT)"}
    if tags := found.get("Tags"):
        own["Tags"] = TAG_MAP.format(tags=tags)
        lost = f"{tags} IS NOT NULL AND {own['Tags']} IS NULL"
        own[TAGS_AS_DELIVERED] = f"CASE WHEN {lost} THEN {tags} END"
    return own
