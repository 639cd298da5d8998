"""A file as a relation of the engine, and what one pass over it can tell."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.finding import Finding
from finops.focus import columns
from finops.focus import normalize
from finops.focus.normalize import quoted
from finops.focus.normalize import text
from finops.focus.raw import Format
from finops.focus.raw import Raw
from finops.focus.validate import rules_of

if TYPE_CHECKING:
    from pathlib import Path

    from finops.dataset.engine_duckdb import Engine
    from finops.focus.normalize import Mapping

MAX_LINE = 2 * 1024 * 1024
"""The longest line of text that is read, in bytes."""


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


def relation(raw: Raw, *, tolerant: bool = False) -> str:
    """The file as something to select from, every text column as text, in the file's order.

    With `tolerant`, lines that are no rows are passed over instead of ending the reading.
    """
    if raw.format is Format.PARQUET:
        return f"read_parquet({text(str(raw.path))})"
    shape = ", ".join(f"{text(name)}: 'VARCHAR'" for name in raw.columns)
    nulls = ", ".join(text(null) for null in normalize.NULLS)
    options = {
        "header": "true",
        "auto_detect": "false",
        "columns": f"{{{shape}}}",
        "delim": text(raw.delimiter),
        "quote": text('"'),
        "escape": text('"'),
        "nullstr": f"[{nulls}]",
        "compression": text(raw.compression),
        "max_line_size": str(MAX_LINE),
        "store_rejects": "true" if tolerant else "false",
        "rejects_limit": "1",
    }
    given = ", ".join(
        f"{name} = {value}" for name, value in options.items() if tolerant or "reject" not in name
    )
    return f"read_csv({text(str(raw.path))}, {given})"


def write(engine: Engine, raw: Raw, plan: Mapping, target: Path) -> int:
    """Write the file as typed Parquet; how many rows.

    A LIMIT here would halve the speed, so the number of rows is held to its bound afterwards.
    """
    chosen = ", ".join(f"{e} AS {quoted(name)}" for name, e in normalize.selected(raw, plan))
    return copy(engine, f"SELECT {chosen} FROM {relation(raw)}", target)


def copy(engine: Engine, query: str, target: Path) -> int:
    """Write what a query gives as one Parquet file; how many rows."""
    return engine.run(
        f"COPY ({query}) TO {text(str(target))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 61440)"
    )


def beyond(engine: Engine, raw: Raw, plan: Mapping) -> tuple[tuple[str, Decimal], ...]:
    """Per money column, the sum of what lies beyond the 18th decimal and is rounded away."""
    money = [m for m in plan.mapped if m.column.id in columns.MONEY and m.source in raw.texts]
    wide = "DECIMAL(38, 30)"
    parts = [
        f"sum(CAST({quoted(m.source)} AS {wide}) - CAST({m.expression} AS {wide}))" for m in money
    ]
    found = engine.rows(f"SELECT {', '.join(parts)} FROM {relation(raw)}")[0]
    return tuple((m.column.id, Decimal(v)) for m, v in zip(money, found, strict=True) if v)


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
    checks += [(NUL, nul_in(sorted(texts(plan))))]
    if normalize.TAGS_AS_DELIVERED in dict(normalize.selected(raw, plan)):
        checks.append((UNREADABLE_TAGS, f"{normalize.TAGS_AS_DELIVERED} IS NOT NULL"))
    counts = ", ".join(f"count(*) FILTER ({predicate})" for _, predicate in checks)
    found = engine.rows(f"SELECT count(*), {counts} FROM read_parquet({text(str(path))})")[0]
    told = [
        _counted(finding, raw, count)
        for (finding, _), count in zip(checks, found[1:], strict=True)
        if count
    ]
    if found[0] == 0:
        told.append(
            Finding(rule="holds-charges", file=raw.name, reason="the file has a header and no rows")
        )
    if found[0] > max_rows:
        told.append(Finding(rule="max_rows", file=raw.name, reason=f"more than {max_rows} rows"))
    return tuple(told)


NUL = Finding(rule="no-NUL", reason="a NUL character is in the text")
UNREADABLE_TAGS = Finding(
    rule="Tags-key-value",
    column="Tags",
    reason="not key and value pairs; kept as delivered, no tag is read from it",
    rejects=False,
)


def texts(plan: Mapping) -> set[str]:
    """The columns of a staged file that are plain text."""
    kinds = (columns.Type.STRING, columns.Type.JSON)
    return {m.column.id for m in plan.mapped if m.column.type in kinds and m.column.id != "Tags"}


def nul_in(names: list[str]) -> str:
    """The predicate of a row with a NUL character in one of these columns."""
    return " OR ".join(f"contains({quoted(name)}, chr(0))" for name in names) or "false"


def _counted(finding: Finding, raw: Raw, count: int) -> Finding:
    return Finding(
        rule=finding.rule,
        reason=finding.reason,
        file=raw.name,
        column=finding.column,
        rejects=finding.rejects,
        count=count,
    )
