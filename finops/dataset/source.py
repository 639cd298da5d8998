"""A file as a relation of the engine, and what one pass over it can tell."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.finding import Finding
from finops.dataset.walk import MAX_LINE
from finops.focus import columns
from finops.focus import normalize
from finops.focus.normalize import quoted
from finops.focus.normalize import text
from finops.focus.raw import Format
from finops.focus.raw import Raw
from finops.focus.validate import rules_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from finops.dataset.engine_duckdb import Engine
    from finops.focus.normalize import Mapping


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """What `--accept-rejects` leaves out: rows, and BilledCost by currency where readable."""

    rows: int = 0
    amounts: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Staged:
    """A file as typed Parquet, and everything that is known about it before it is committed.

    `path` is None when the file may not be committed; `findings` then say why. `beyond` is, per
    money column, the sum of what lay beyond the 18th decimal and was rounded away.
    """

    raw: Raw
    mapping: Mapping
    path: Path | None
    rows: int
    findings: tuple[Finding, ...]
    left_out: LeftOut = LeftOut()
    beyond: tuple[tuple[str, Decimal], ...] = ()

    @property
    def refused(self) -> tuple[Finding, ...]:
        """The findings that keep rows, or the whole file, out."""
        return tuple(finding for finding in self.findings if finding.rejects)


def relation(raw: Raw) -> str:
    """The file as something to select from, every text column as text, in the file's order."""
    if raw.format is Format.PARQUET:
        return f"({_parquet(raw)})"
    return csv_relation(raw.path, raw.columns, raw.delimiter, raw.compression)


def _parquet(raw: Raw) -> str:
    """What stands for null in csv stands for null in Parquet too."""
    nulls = ", ".join(text(null) for null in normalize.NULLS)
    told = ", ".join(
        f"CASE WHEN {quoted(name)} NOT IN ({nulls}) THEN {quoted(name)} END AS {quoted(name)}"
        for name in sorted(raw.texts)
    )
    replaced = f" REPLACE ({told})" if told else ""
    # Folders named key=value, as exports lie in object storage, are no columns of a bill.
    of = f"read_parquet({text(str(raw.path))}, hive_partitioning = false)"
    return f"SELECT *{replaced} FROM {of}"


def csv_relation(
    path: Path, names: Sequence[str], delimiter: str, compression: str, longest: int = MAX_LINE
) -> str:
    """A csv file as something to select from; the first line that is no row ends the reading."""
    shape = ", ".join(f"{text(name)}: 'VARCHAR'" for name in names)
    nulls = ", ".join(text(null) for null in normalize.NULLS)
    options = {
        "header": "true",
        "auto_detect": "false",
        "columns": f"{{{shape}}}",
        "delim": text(delimiter),
        "quote": text('"'),
        "escape": text('"'),
        "nullstr": f"[{nulls}]",
        "compression": text(compression),
        "max_line_size": str(longest),
        "hive_partitioning": "false",
    }
    given = ", ".join(f"{name} = {value}" for name, value in options.items())
    return f"read_csv({text(str(path))}, {given})"


def write(engine: Engine, raw: Raw, plan: Mapping, target: Path) -> int:
    """Write the file as typed Parquet; how many rows.

    A LIMIT here would halve the speed, so the number of rows is held to its bound afterwards.
    """
    chosen = ", ".join(f"{e} AS {quoted(name)}" for name, e in normalize.selected(raw, plan))
    return copy(engine, f"SELECT {chosen} FROM {relation(raw)}", target)


def copy(engine: Engine, query: str, target: Path) -> int:
    """Write what a query gives as one Parquet file; how many rows."""
    form = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 61440"
    return engine.run(f"COPY ({query}) TO {text(str(target))} ({form})")


def beyond(engine: Engine, raw: Raw, plan: Mapping, of: str) -> tuple[tuple[str, Decimal], ...]:
    """Per money column, the sum of what lies beyond the 18th decimal and is rounded away."""
    mapped = {m.column.id: m for m in plan.mapped if m.source not in raw.exact}
    money = [mapped[name] for name in columns.MONEY if name in mapped]
    if not money:
        return ()
    sums = ", ".join(f"sum({_beyond(quoted(m.source), m.expression)})" for m in money)
    found = engine.rows(f"SELECT {sums} FROM {of}")[0]
    return tuple((m.column.id, Decimal(v)) for m, v in zip(money, found, strict=True) if v)


def _beyond(name: str, rounded: str) -> str:
    """A value less what it was rounded to, in the widest type that holds it."""
    told = []
    for wide in (f"DECIMAL(38,{decimals})" for decimals in (37, 30, 24)):
        rest = f"CAST(CAST({name} AS VARCHAR) AS {wide}) - CAST({rounded} AS {wide})"
        told.append(f"TRY(CAST({rest} AS DECIMAL(38,37)))")
    return f"coalesce({', '.join(told)})"


def findings(
    engine: Engine, raw: Raw, plan: Mapping, path: Path, *, max_rows: int
) -> tuple[Finding, ...]:
    """Hold a staged file to the rules in one pass; one finding a broken rule, with its count."""
    present = {m.column.id for m in plan.mapped}
    checks = [
        (
            Finding(
                rule=r.name, column=r.column, reason=f"expected {r.expected}", rejects=r.rejects
            ),
            p,
        )
        for r in rules_of(raw.kind)
        if (p := r.broken(present))
    ]
    checks += [(NUL, nul_in(plan))]
    if normalize.TAGS_AS_DELIVERED in dict(normalize.selected(raw, plan)):
        checks.append((UNREADABLE_TAGS, f"{normalize.TAGS_AS_DELIVERED} IS NOT NULL"))
    counts = ", ".join(f"count(*) FILTER ({predicate})" for _, predicate in checks)
    # Sums are taken here so that amounts too large to be added are found before anything is kept.
    sums = ", ".join(f"sum({name})" for name in columns.MONEY if name in present) or "NULL"
    of = f"read_parquet({text(str(path))})"
    found = engine.rows(f"SELECT count(*), {counts}, {sums} FROM {of}")[0]
    told = [
        _counted(finding, raw, count)
        for (finding, _), count in zip(checks, found[1:], strict=False)
        if count
    ]
    if found[0] == 0:
        told.append(
            Finding(rule="holds-charges", file=raw.name, reason="the file has a header and no rows")
        )
    if found[0] > max_rows:
        reason = f"more than {max_rows:,} rows; raise max_rows in finops.toml if you trust the file"
        told.append(Finding(rule="max_rows", file=raw.name, reason=reason))
    return tuple(told)


NUL = Finding(rule="no-NUL", reason="a NUL character is in the text")
UNREADABLE_TAGS = Finding(
    rule="Tags-key-value",
    column="Tags",
    reason="not key and value pairs; kept as delivered, no tag is read from it",
    rejects=False,
)


def nul_in(plan: Mapping) -> str:
    """The predicate of a staged row with a NUL character in its text."""
    kinds = (columns.Type.STRING, columns.Type.JSON)
    names = {m.column.id for m in plan.mapped if m.column.type in kinds}
    if "Tags" in names:
        names = names - {"Tags"} | {normalize.TAGS_AS_DELIVERED}
    told = [f"contains({quoted(name)}, chr(0))" for name in sorted(names)]
    if plan.extra:
        told.append(f"contains(array_to_string(map_values({normalize.EXTRA}), ''), chr(0))")
    return " OR ".join(f"coalesce({one}, false)" for one in told) or "false"


def _counted(finding: Finding, raw: Raw, count: int) -> Finding:
    return Finding(
        rule=finding.rule,
        reason=finding.reason,
        file=raw.name,
        column=finding.column,
        rejects=finding.rejects,
        count=count,
    )
