"""Rejects: every row that keeps a file out, with its line, column, value and reason.

Only a file that a strict reading refused comes here, so this may take a second look at each row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import total
from finops.core.finding import Finding
from finops.dataset import source
from finops.dataset.engine_duckdb import EngineError
from finops.dataset.source import LeftOut
from finops.dataset.source import Staged
from finops.dataset.walk import BrokenOffError
from finops.dataset.walk import LINE
from finops.dataset.walk import MAX_LINE
from finops.dataset.walk import MOST
from finops.dataset.walk import walk
from finops.dataset.walk import Walked
from finops.focus import normalize
from finops.focus.columns import Type
from finops.focus.normalize import quoted
from finops.focus.raw import Format
from finops.focus.validate import rules_of

if TYPE_CHECKING:
    from pathlib import Path

    from finops.dataset.engine_duckdb import Engine
    from finops.focus.normalize import Mapping
    from finops.focus.raw import Raw

_EXPECTED = {
    Type.DECIMAL: "expected a decimal number such as 1234.56",
    Type.TIME: "expected a time such as 2026-04-01T00:00:00Z",
}

_HINTS = (
    (r"[-+]?(nan|inf|infinity)", "this is not an amount"),
    (r".*\d,\d.*", "write a point before the decimals, and nothing between thousands"),
    (r"[-+]?\d{21,}(\..*)?|.*\de\+?\d+", "at most 20 digits fit before the point"),
    (r".*\d.*", "write nothing but the number"),
)
"""What is most likely wrong with a number that cannot be read; the first that fits is told."""


class Check(NamedTuple):
    """A predicate that is true of a row at fault, and what to say of it."""

    rule: str
    column: str
    source: str
    reason: str
    predicate: str


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """A file as it is looked at closely: what to select from, and how rows are told apart."""

    raw: Raw
    plan: Mapping
    rows: str
    checks: tuple[Check, ...]
    walked: Walked = field(default_factory=Walked)

    @property
    def broken(self) -> str:
        """The predicate of a row that is at fault."""
        return " OR ".join(f"coalesce({check.predicate}, false)" for check in self.checks)


def explain(engine: Engine, raw: Raw, target: Path, *, accept: bool, max_rows: int) -> Staged:
    """Name every fault of a file; with `accept`, stage what is left when the rows are left out.

    A file that the engine's strict reading gave up on, and that has no fault a row could be left
    out for, is staged whole: lines that end in two ways are an example.
    """
    plan = normalize.mapping(raw, rounded=True)
    told = _missing(raw)
    left_out = LeftOut()
    try:
        seen = _look(raw, plan, target)
        found = _faults(engine, seen)
        told = (*told, *found)
        left_out = _left_out(engine, seen)
        if not (_missing(raw) or (found and not accept)):
            return _stage(engine, seen, target, told, left_out, max_rows)
    except BrokenOffError as error:
        reason = "the compressed data is cut off or damaged after this line; fetch the file again"
        told = (*told, _unreadable(raw, reason, error.line))
    except EngineError as error:
        told = (*told, _unreadable(raw, _said(raw, error)))
    return Staged(raw=raw, mapping=plan, path=None, rows=0, findings=told, left_out=left_out)


def _missing(raw: Raw) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            rule=f"{name}-mandatory",
            file=raw.name,
            line=1,
            column=name,
            reason=f"FOCUS {raw.version} must have this column; export it too",
        )
        for name in raw.missing
    )


def _look(raw: Raw, plan: Mapping, target: Path) -> _Seen:
    """Each row as delivered, where it was, and what each column reads as (null: unreadable)."""
    of, number, walked = source.relation(raw), "row_number() OVER ()", Walked()
    if raw.format is Format.CSV:
        again = target.with_suffix(".again.csv.zst")
        cost, currency = plan.source("BilledCost"), plan.source("BillingCurrency")
        walked = walk(raw, again, cost=cost or "", currency=currency or "")
        # Quotation marks that were not needed may have been added.
        of = source.csv_relation(again, (LINE, *raw.columns), ",", "zstd", longest=2 * MAX_LINE)
        number = f"CAST({quoted(LINE)} AS BIGINT)"
    typed = ", ".join(f"TRY({m.expression}) AS {_typed(m.column.id)}" for m in plan.mapped)
    rows = f"(SELECT *, {number} AS x_Record, {typed} FROM {of})"
    return _Seen(raw=raw, plan=plan, rows=rows, checks=_checks(raw, plan), walked=walked)


def _faults(engine: Engine, seen: _Seen) -> tuple[Finding, ...]:
    """Every fault by its place; beyond the first ones only how many there are."""
    told = [
        Finding(
            rule=(check := seen.checks[index]).rule,
            file=seen.raw.name,
            line=record,
            column=check.column,
            value=value or "",
            reason=check.reason + _hint(check, value),
        )
        for record, index, value in engine.rows(_listing(seen))
    ]
    return tuple(sorted([*told, *seen.walked.strays], key=lambda finding: finding.line))


def _left_out(engine: Engine, seen: _Seen) -> LeftOut:
    names = {m.column.id for m in seen.plan.mapped}
    currency = quoted(seen.plan.source("BillingCurrency") or "")
    currency = f"CAST({currency} AS VARCHAR)" if "BillingCurrency" in names else "NULL"
    cost = _typed("BilledCost") if "BilledCost" in names else "NULL"
    rows = engine.rows(
        f"SELECT {currency}, count(*), sum({cost}) FROM {seen.rows} WHERE {seen.broken} GROUP BY 1"
    )
    amounts = dict(seen.walked.amounts)
    for name, _, amount in rows:
        if amount is not None:
            amounts[name or ""] = total([amounts.get(name or "", Decimal(0)), Decimal(amount)])
    return LeftOut(
        rows=sum(row[1] for row in rows) + seen.walked.count,
        amounts=tuple(sorted(amounts.items())),
    )


def _stage(
    engine: Engine,
    seen: _Seen,
    target: Path,
    told: tuple[Finding, ...],
    left_out: LeftOut,
    max_rows: int,
) -> Staged:
    """Stage the rows without a fault."""
    raw, plan = seen.raw, seen.plan
    kept = f"(SELECT * FROM {seen.rows} WHERE NOT ({seen.broken}))"
    chosen = ", ".join(
        f"{e} AS {quoted(name)}" for name, e in normalize.selected(raw, plan, attempt=True)
    )
    rows = source.copy(engine, f"SELECT {chosen} FROM {kept}", target)
    found = source.findings(engine, raw, plan, target, max_rows=max_rows)
    if told and not rows:
        found = (Finding(rule="holds-charges", file=raw.name, reason="no row would be left"),)
    return Staged(
        raw=raw,
        mapping=plan,
        path=None if any(finding.rejects for finding in found) else target,
        rows=rows,
        findings=(*told, *found),
        left_out=left_out,
        beyond=source.beyond(engine, raw, plan, kept),
    )


def _checks(raw: Raw, plan: Mapping) -> tuple[Check, ...]:
    """Values that are not what their column holds, then the rules, then stray characters.

    Of a value that cannot be read nothing else is told.
    """
    names = {m.column.id: m.source for m in plan.mapped}
    unread = {
        m.column.id: Check(
            f"{m.column.id}-format",
            m.column.id,
            m.source,
            _EXPECTED[m.column.type],
            f"{quoted(m.source)} IS NOT NULL AND {_typed(m.column.id)} IS NULL",
        )
        for m in plan.mapped
        if m.column.type in _EXPECTED
    }
    others = [
        Check(r.name, r.column, names[r.column], f"expected {r.expected}", _on_typed(p, names))
        for r in rules_of(raw.kind)
        if r.rejects and r.column in names and (p := r.broken(set(names)))
    ]
    known = {m.source: m.column.id for m in plan.mapped}
    others += [
        Check(
            source.NUL.rule,
            known.get(name, name),
            name,
            source.NUL.reason,
            f"contains({quoted(name)}, chr(0))",
        )
        for name in sorted(raw.texts)
    ]
    rest = (
        check._replace(predicate=f"({check.predicate}) AND NOT ({first.predicate})")
        if (first := unread.get(check.column))
        else check
        for check in others
    )
    return (*unread.values(), *rest)


def _hint(check: Check, value: str | None) -> str:
    if check.reason != _EXPECTED[Type.DECIMAL]:
        return ""
    plain = (value or "").strip().lower()
    return next((f"; {hint}" for shape, hint in _HINTS if re.fullmatch(shape, plain)), "")


def _typed(column: str) -> str:
    return quoted(f"typed {column}")


def _on_typed(predicate: str, names: dict[str, str]) -> str:
    """The predicate of a rule over the typed values, which stand beside the delivered ones."""
    return re.sub(r"\b[A-Z]\w+\b", lambda m: _typed(m[0]) if m[0] in names else m[0], predicate)


def _listing(seen: _Seen) -> str:
    faults = ", ".join(
        f"CASE WHEN {check.predicate} THEN "
        f"{{'i': {index}, 'v': left(CAST({quoted(check.source)} AS VARCHAR), 200)}} END"
        for index, check in enumerate(seen.checks)
    )
    each = f"SELECT x_Record, unnest([{faults}]) AS f FROM {seen.rows} WHERE {seen.broken}"
    return f"SELECT x_Record, f.i, f.v FROM ({each}) WHERE f IS NOT NULL ORDER BY 1, 2 LIMIT {MOST}"


def _unreadable(raw: Raw, reason: str, line: int = 0) -> Finding:
    return Finding(rule="readable", file=raw.name, line=line, reason=reason)


_OF_THE_MACHINE = re.compile("memory|space left|too large|quota|permission", re.IGNORECASE)
"""What an engine says when the fault is not the file's."""


def _said(raw: Raw, error: Exception) -> str:
    """What an engine said of a file, in words for whoever brought it; no path is told."""
    words = re.sub(r'(file )?"[^"]*/[^"]*"', "the file", str(error).splitlines()[0])
    if "Overflow in HUGEINT" in words:
        return "the amounts add up to more than 20 digits before the point"
    if raw.format is Format.PARQUET and not _OF_THE_MACHINE.search(words):
        return "the data is damaged; fetch the file again"
    return f"the file cannot be read: {words[:200]}"
