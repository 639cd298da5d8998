"""Adjustments: what a later delivery of a closed month says otherwise than the books do.

The two are compared as multisets of lines, over every FOCUS column. What the books have and the
delivery has not is reversed; what the delivery has and the books have not is booked. So closed
figures and adjustments add up to the restated ones, to the last digit, whatever happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from finops.core import fault
from finops.core.period import BillingPeriod
from finops.dataset import deliveries
from finops.dataset import source
from finops.dataset.engine_duckdb import workbench
from finops.dataset.reasons import paired
from finops.dataset.reasons import why
from finops.dataset.views import charge_columns
from finops.dataset.views import union
from finops.focus import adjustments
from finops.focus import columns
from finops.focus import normalize
from finops.focus.adjustments import NET
from finops.focus.normalize import quoted
from finops.focus.normalize import text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from finops.dataset.engine_duckdb import Engine
    from finops.dataset.snapshot import Part

_PERIODS = ("BillingPeriodStart", "BillingPeriodEnd")
_HIVE = ("x_Source", "x_BillingMonth")
_FOCUS = tuple(column.id for column in columns.COST_AND_USAGE)
_TOLD = frozenset((*_FOCUS, *adjustments.OWN))


@dataclass(frozen=True, kw_only=True)
class Late:
    """A delivery that may not take its month's place: what is on the books, and what it brings.

    `books` are the closed parts and the earlier adjustments of the month; none where the delivery
    adds to them. `booked_in` is the open month that takes the difference.
    """

    books: tuple[Part, ...]
    brought: tuple[Part, ...]
    booked_in: str

    @property
    def month(self) -> str:
        """The closed month."""
        return self.brought[0].month

    @property
    def present(self) -> tuple[str, ...]:
        """The FOCUS columns that either side has."""
        have = {name for part in (*self.books, *self.brought) for name in part.columns}
        return tuple(name for name in _FOCUS if name in have)


def adjust(
    late: Iterable[Late], root: Path, *, at: str, memory: str = "1400MB"
) -> tuple[Part, ...]:
    """Write what each late delivery says otherwise as a part of its own; none where it agrees.

    They are compared together, so that a charge that went from one account to another is known.
    """
    cases = tuple(late)
    if not cases:
        return ()
    with workbench(root / "staging", memory=memory) as engine:
        for place, case in enumerate(cases):
            _compare(engine, root, case, place)
        marked = f"SELECT *, {paired()} FROM differing"
        engine.run(f"CREATE TABLE told AS SELECT *, {why()} FROM ({marked})")
        fault.point("import:compared")
        return tuple(
            part
            for place, case in enumerate(cases)
            for part in _written(engine, root, case, place, at)
        )


def _compare(engine: Engine, root: Path, case: Late, place: int) -> None:
    """Add to `differing` the lines that one side has and the other has not, with their side."""
    books, brought = _lines(root, case.books, case), _lines(root, case.brought, case)
    counts = (
        f"SELECT a, b, sum({NET}) AS n FROM ({brought}) GROUP BY ALL",
        f"SELECT a, b, -sum({NET}) AS n FROM ({books}) GROUP BY ALL",
    )
    less = f"SELECT a, b, sum(n) AS n FROM ({' UNION ALL '.join(counts)}) GROUP BY ALL"
    engine.run(f"CREATE OR REPLACE TABLE less AS SELECT * FROM ({less}) WHERE n <> 0")
    chosen = " UNION ALL BY NAME ".join(
        f"SELECT {place} AS place, {gone} AS gone, * EXCLUDE (n) FROM ({side}) "
        f"JOIN less USING (a, b) WHERE {NET} = 1 AND {sign} n > 0 "
        f"QUALIFY row_number() OVER (PARTITION BY a, b ORDER BY {_last()}) <= {sign} n"
        for gone, side, sign in (("true", books, "-"), ("false", brought, ""))
    )
    into = "INSERT INTO differing BY NAME" if place else "CREATE TABLE differing AS"
    engine.run(f"{into} {chosen}")


def _last() -> str:
    """The order of lines that are one in every column: in it the same ones are always taken."""
    return f"{normalize.MAPPING_KEY}, CAST({normalize.EXTRA} AS VARCHAR)"


def _lines(root: Path, parts: Iterable[Part], case: Late) -> str:
    """Lines as they were delivered, adjustments among them as what they adjust, with two hashes."""
    paths = ", ".join(text(str(root / part.path)) for part in parts)
    options = "union_by_name = true, hive_partitioning = false"
    rows = f"SELECT * FROM read_parquet([{paths}], {options})" if paths else ""
    anchor = {n: kind for n, kind in charge_columns().items() if n not in _HIVE}
    restored = ", ".join(f"{value} AS {name}" for name, value in _restored(case))
    given = f"SELECT * REPLACE ({restored}) FROM ({union(anchor, rows)})"
    compared = [name for name in case.present if name != "Tags"]
    tags = "CAST(list_sort(map_entries(Tags)) AS VARCHAR)"
    values = ", ".join((*map(quoted, compared), normalize.TAGS_AS_DELIVERED, tags))
    return f"SELECT *, hash({values}) AS a, hash('salt', {values}) AS b FROM ({given})"


def _restored(case: Late) -> Iterator[tuple[str, str]]:
    """A reversal as the line that it reversed, and every line in the month it is about."""
    reversal = f"{adjustments.REVERSES} IS NOT NULL"
    for name in adjustments.NEGATED:
        yield name, f"CASE WHEN {reversal} THEN -{name} ELSE {name} END"
    was = f"CASE {adjustments.REVERSES} WHEN {text(adjustments.CORRECTION)} THEN ChargeClass END"
    yield "ChargeClass", f"CASE WHEN {reversal} THEN {was} ELSE ChargeClass END"
    booked = "date_trunc('month', BillingPeriodStart + INTERVAL 14 HOUR)"
    for name, here in _periods(case.month):
        month = booked if name == "BillingPeriodStart" else f"{booked} + INTERVAL 1 MONTH"
        shifted = f"{name} - ({month} - {here})"
        yield name, f"CASE WHEN {adjustments.ADJUSTS} IS NULL THEN {name} ELSE {shifted} END"


def _periods(month: str) -> Iterator[tuple[str, str]]:
    """The columns of the billing period, and where the month starts and ends, midnight UTC.

    A provider's month may begin some hours beside that; its distance is kept.
    """
    period = BillingPeriod.parse(month)
    for name, day in zip(_PERIODS, (period.start, period.end), strict=True):
        yield name, f"TIMESTAMPTZ '{day} 00:00:00+00'"


def _written(engine: Engine, root: Path, case: Late, place: int, at: str) -> Iterator[Part]:
    """Write the adjustments of one late delivery; nothing where there are none."""
    first = min(case.brought, key=lambda part: part.import_id)
    folder = Path(first.path).parent.with_name(f"x_BillingMonth={case.booked_in}")
    path = folder / f"{first.import_id}-{case.month}.parquet"
    chosen = dict(_booked(case, first.import_id))
    told = ", ".join(f"{value} AS {quoted(name)}" for name, value in chosen.items())
    if not engine.rows(f"SELECT 1 FROM told WHERE place = {place} LIMIT 1"):
        return
    (root / folder).mkdir(parents=True, exist_ok=True)
    source.copy(engine, f"SELECT {told} FROM told WHERE place = {place}", root / path)
    fault.point("import:adjusted")
    part = replace(
        first,
        month=case.booked_in,
        path=path.as_posix(),
        columns=tuple(name for name in chosen if name in _TOLD),
        adjusts=case.month,
        delivered=tuple(sorted(part.digest for part in case.brought)),
        booked_at=at,
        mapped="",
        rollup="",
    )
    written = tuple(name for name in chosen if name != adjustments.ADJUSTED_BY)
    yield deliveries.described(engine, root, part, written)


def _booked(case: Late, import_id: str) -> Iterator[tuple[str, str]]:
    """The columns of an adjustment: a line that is gone reversed, a new one as it was delivered."""
    shifts = dict(zip(_PERIODS, _moved(case), strict=True))
    for name in dict.fromkeys((*case.present, "ChargeClass")):
        if name in adjustments.NEGATED:
            yield name, f"CASE WHEN gone THEN -{name} ELSE {name} END"
        elif name == "ChargeClass":
            yield name, f"CASE WHEN gone THEN {text(adjustments.CORRECTION)} ELSE {name} END"
        else:
            yield name, shifts.get(name, quoted(name))
    for name in (normalize.MAPPING_KEY, normalize.TAGS_AS_DELIVERED, normalize.EXTRA):
        yield name, name
    was = f"CASE WHEN gone THEN coalesce(ChargeClass, {text(adjustments.CHARGE)}) END"
    values = (text(case.month), "why", was, text(import_id))
    yield from zip(adjustments.OWN, values, strict=True)


def _moved(case: Late) -> Iterator[str]:
    """The billing period of a line, as far from the open month as it was from the closed one."""
    for (name, here), (_, there) in zip(
        _periods(case.month), _periods(case.booked_in), strict=True
    ):
        yield f"{name} + ({there} - {here})"
