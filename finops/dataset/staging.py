"""Staging: a file becomes typed Parquet beside the dataset, where nothing reads it yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.core import fault
from finops.dataset import rejects
from finops.dataset import source
from finops.dataset.engine_duckdb import EngineError
from finops.dataset.engine_duckdb import workbench
from finops.dataset.source import Staged
from finops.focus.normalize import BEYOND
from finops.focus.normalize import mapping

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal
    from pathlib import Path

    from finops.dataset.engine_duckdb import Engine
    from finops.focus.raw import Raw


def stage(
    raw: Raw,
    target: Path,
    *,
    accept: bool = False,
    memory: str = "1400MB",
    max_rows: int = 50_000_000,
    watch: Callable[[Engine], None] | None = None,
) -> Staged:
    """Read a file into typed Parquet at `target`, strictly, and hold it to the rules.

    The first pass is strict: the first value that is not what its column holds ends it. Only
    then is the file read a second time, to name every row and value that is at fault. `watch` is
    given the engine, whose progress another thread may ask for, and which it may stop.
    """
    with workbench(target.parent, memory=memory) as engine:
        if watch:
            watch(engine)
        if not raw.missing:
            try:
                staged = _strictly(engine, raw, target, max_rows)
            except EngineError:
                if engine.stopped:
                    return Staged(raw=raw, mapping=mapping(raw), path=None, rows=0, findings=())
            else:
                fault.point("import:staged")
                if not staged.refused:
                    return staged
        return rejects.explain(engine, raw, target, accept=accept, max_rows=max_rows)


def _strictly(engine: Engine, raw: Raw, target: Path, max_rows: int) -> Staged:
    try:
        plan = mapping(raw)
        rows = source.write(engine, raw, plan, target)
        beyond: tuple[tuple[str, Decimal], ...] = ()
    except EngineError as error:
        if BEYOND not in str(error):
            raise
        plan = mapping(raw, rounded=True)
        rows = source.write(engine, raw, plan, target)
        beyond = source.beyond(engine, raw, plan, source.relation(raw))
    return Staged(
        raw=raw,
        mapping=plan,
        path=target,
        rows=rows,
        findings=source.findings(engine, raw, plan, target, max_rows=max_rows),
        beyond=beyond,
    )
