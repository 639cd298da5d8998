"""Rejects: every row that keeps a file out, with its line, column, value and reason.

Only a file that a strict reading refused comes here, so this may take a second look at each row.
"""

from __future__ import annotations

import csv
import gzip
import re
from contextlib import contextmanager
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

import zstandard

from finops.core.finding import Finding
from finops.dataset import source
from finops.dataset.engine_duckdb import EngineError
from finops.dataset.source import LeftOut
from finops.dataset.source import Staged
from finops.focus import normalize
from finops.focus.columns import Type
from finops.focus.normalize import quoted
from finops.focus.raw import Format
from finops.focus.validate import rules_of

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator
    from pathlib import Path

    from finops.dataset.engine_duckdb import Engine
    from finops.focus.normalize import Mapping
    from finops.focus.raw import Raw

MOST = 10_000
"""Faults that are named one by one; beyond these only their number is told."""

_EXPECTED = {
    Type.DECIMAL: "expected a decimal number such as 1234.56, at most 20 digits before the point",
    Type.TIME: "expected a time such as 2026-04-01T00:00:00Z",
}


class Check(NamedTuple):
    """A predicate that is true of a row at fault, and what to say of it."""

    rule: str
    column: str
    source: str
    reason: str
    predicate: str


def explain(
    engine: Engine,
    raw: Raw,
    target: Path,
    *,
    accept: bool = False,
    error: Exception | None = None,
) -> Staged:
    """Name every fault of a file; with `accept`, stage what is left when the rows are left out."""
    plan = normalize.mapping(raw, rounded=True)
    missing = tuple(
        Finding(
            rule=f"{name}-mandatory",
            file=raw.name,
            line=1,
            column=name,
            reason=f"FOCUS {raw.version} must have this column; export it too",
        )
        for name in raw.missing
    )
    try:
        broken, found, left_out = _faults(engine, raw, plan)
    except EngineError as failure:
        found = (*missing, _unreadable(raw, failure))
        return Staged(raw=raw, mapping=plan, path=None, rows=0, findings=found)
    whole = _whole(raw, plan, error) if not (missing or found) else ()
    if missing or whole or not accept:
        told = (*missing, *whole, *found)
        return Staged(raw=raw, mapping=plan, path=None, rows=0, findings=told, left_out=left_out)
    kept = ", ".join(
        f"{e} AS {quoted(name)}" for name, e in normalize.selected(raw, plan, attempt=True)
    )
    rows = source.copy(
        engine, f"SELECT {kept} FROM ({_read(raw, plan)}) WHERE NOT ({broken})", target
    )
    told = (*found, *source.findings(engine, raw, plan, target, max_rows=2**62))
    return Staged(
        raw=raw,
        mapping=plan,
        path=target,
        rows=rows,
        findings=told,
        left_out=left_out,
        beyond=source.beyond(engine, raw, plan) if not found else (),
    )


def _faults(engine: Engine, raw: Raw, plan: Mapping) -> tuple[str, tuple[Finding, ...], LeftOut]:
    checks = _checks(raw, plan)
    broken = " OR ".join(f"coalesce({check.predicate}, false)" for check in checks) or "false"
    rows = engine.rows(_listing(raw, plan, checks, broken))
    strays: tuple[Finding, ...] = ()
    lines: dict[int, int] = {}
    if raw.format is Format.CSV:
        lines, strays = _walk(raw, {row[0] for row in rows})
    told = tuple(
        Finding(
            rule=checks[index].rule,
            file=raw.name,
            line=lines.get(record, record),
            column=checks[index].column,
            value=value or "",
            reason=checks[index].reason,
        )
        for record, index, value in rows
    )
    amounts = engine.rows(_amounts(raw, plan, broken))
    out = LeftOut(
        rows=sum(row[1] for row in amounts) + len(strays),
        amounts=tuple((row[0] or "", Decimal(row[2])) for row in amounts if row[2] is not None),
    )
    return broken, tuple(sorted(told + strays, key=lambda f: f.line)), out


def _checks(raw: Raw, plan: Mapping) -> tuple[Check, ...]:
    """Values that are not what their column holds, then the rules, then stray characters."""
    names = {m.column.id: m.source for m in plan.mapped}
    unread = tuple(
        Check(
            f"{m.column.id}-format",
            m.column.id,
            m.source,
            _EXPECTED[m.column.type],
            f"{quoted(m.source)} IS NOT NULL AND {_typed(m.column.id)} IS NULL",
        )
        for m in plan.mapped
        if m.column.type in _EXPECTED
    )
    rules = tuple(
        Check(r.name, r.column, names[r.column], f"expected {r.expected}", _on_typed(p, names))
        for r in rules_of(raw.kind)
        if r.rejects and r.column in names and (p := r.broken(set(names)))
    )
    stray = tuple(
        Check(
            source.NUL.rule,
            m.column.id,
            m.source,
            source.NUL.reason,
            f"contains({quoted(m.source)}, chr(0))",
        )
        for m in plan.mapped
        if m.source in raw.texts
    )
    formats = {check.column: check.predicate for check in unread}
    # A value that cannot be read is told once, as unreadable, and not again as a missing value.
    rules = tuple(
        check._replace(predicate=f"({check.predicate}) AND NOT ({formats[check.column]})")
        if check.column in formats
        else check
        for check in rules
    )
    return (*unread, *rules, *stray)


def _typed(column: str) -> str:
    return quoted(f"typed {column}")


def _on_typed(predicate: str, names: dict[str, str]) -> str:
    """The predicate of a rule over the typed values, which stand beside the delivered ones."""
    return re.sub(r"\b[A-Z]\w+\b", lambda m: _typed(m[0]) if m[0] in names else m[0], predicate)


def _read(raw: Raw, plan: Mapping) -> str:
    """Each row as delivered, its number, and what each column reads as (null: unreadable)."""
    typed = ", ".join(f"TRY({m.expression}) AS {_typed(m.column.id)}" for m in plan.mapped)
    number = "row_number() OVER () AS x_Record"
    return f"SELECT *, {number}, {typed} FROM {source.relation(raw, tolerant=True)}"


def _listing(raw: Raw, plan: Mapping, checks: tuple[Check, ...], broken: str) -> str:
    faults = ", ".join(
        f"CASE WHEN {check.predicate} THEN "
        f"{{'i': {index}, 'v': left(CAST({quoted(check.source)} AS VARCHAR), 200)}} END"
        for index, check in enumerate(checks)
    )
    each = f"SELECT x_Record, unnest([{faults}]) AS f FROM ({_read(raw, plan)}) WHERE {broken}"
    return f"SELECT x_Record, f.i, f.v FROM ({each}) WHERE f IS NOT NULL ORDER BY 1, 2 LIMIT {MOST}"


def _amounts(raw: Raw, plan: Mapping, broken: str) -> str:
    names = {m.column.id for m in plan.mapped}
    currency = (
        quoted(plan.source("BillingCurrency") or "") if "BillingCurrency" in names else "NULL"
    )
    cost = _typed("BilledCost") if "BilledCost" in names else "NULL"
    of = f"FROM ({_read(raw, plan)}) WHERE {broken}"
    return f"SELECT CAST({currency} AS VARCHAR), count(*), sum({cost}) {of} GROUP BY 1"


def _walk(raw: Raw, records: set[int]) -> tuple[dict[int, int], tuple[Finding, ...]]:
    """Find the line each record starts on, and the lines that are no records at all.

    The engine counts records; quoted line breaks and blank lines make lines something else, so
    the text is walked once more. Bounded in memory; only a file that is refused is walked.
    """
    lines: dict[int, int] = {}
    strays: list[Finding] = []
    record = 0
    with _open(raw) as file:
        reader = csv.reader(file, delimiter=raw.delimiter)
        next(reader)
        before = reader.line_num
        for fields in reader:
            start, before = before + 1, reader.line_num
            if not fields:
                continue
            if reason := _stray(fields, len(raw.columns)):
                if len(strays) < MOST:
                    strays.append(
                        Finding(
                            rule="line",
                            file=raw.name,
                            line=start,
                            reason=reason,
                            value=raw.delimiter.join(fields)[:80],
                        )
                    )
                continue
            record += 1
            if record in records:
                lines[record] = start
    return lines, tuple(strays)


def _stray(fields: list[str], expected: int) -> str:
    if sum(map(len, fields)) + len(fields) > source.MAX_LINE:
        return f"the line is longer than {source.MAX_LINE} bytes"
    if len(fields) != expected:
        return f"{len(fields)} fields where the header has {expected}"
    if any("\udc80" <= c <= "\udcff" for field in fields if not field.isascii() for c in field):
        return "not UTF-8 text"
    return ""


@contextmanager
def _open(raw: Raw) -> Iterator[io.TextIOBase]:
    csv.field_size_limit(2**31 - 1)
    openers = {"gzip": gzip.open, "zstd": zstandard.open, "none": open}
    with openers[raw.compression](
        raw.path, "rt", encoding="utf-8-sig", errors="surrogateescape", newline=""
    ) as file:
        yield file


def _whole(raw: Raw, plan: Mapping, error: Exception | None) -> tuple[Finding, ...]:
    """What is wrong with a file none of whose rows is: it is empty, too long, or unreadable."""
    if error is not None:
        return (_unreadable(raw, error),)
    return (
        Finding(rule="holds-charges", file=raw.name, reason="the file has a header and no rows"),
    )


def _unreadable(raw: Raw, error: Exception) -> Finding:
    line = 0
    if raw.format is Format.CSV:
        try:
            with _open(raw) as file:
                for line, _ in enumerate(file, start=1):  # noqa: B007 -- the last line that reads
                    pass
        except (OSError, EOFError, zstandard.ZstdError):
            reason = "the compressed data ends or breaks after this line; fetch the file again"
            return Finding(rule="readable", file=raw.name, line=line, reason=reason)
    reason = "the file cannot be read: " + str(error).splitlines()[0][:200]
    return Finding(rule="readable", file=raw.name, line=line, reason=reason)
