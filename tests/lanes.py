"""Two lanes: `make test` alone tries enough of each kind in minutes, CI tries all there is.

What the fast lane does otherwise stands in this file, and the tests that it leaves out are marked
`thorough`. On CI nothing is shortened.
"""

from __future__ import annotations

import os
from functools import partial
from typing import Any
from typing import TYPE_CHECKING
from typing import TypeVar

import duckdb
import pytest

from finops.records import schema

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection

    from sqlalchemy import Connection

Case = TypeVar("Case")

WHOLE = os.environ.get("TIEOUT_BROWSER") == "1"
"""Whether everything runs, as on CI; the Makefile reads the same variable."""

_A_PART, _AT_LEAST = 5, 3


def examples(many: int) -> int:
    """How many examples of a law are tried: all of them on CI, else a fifth."""
    return many if WHOLE else min(many, max(many // _A_PART, _AT_LEAST))


def thorough(cases: Collection[Case], but: Collection[Case] = ()) -> list[Any]:
    """Each case as a parameter; the fast lane runs those of `but`, or else the first one."""
    fast = but or list(cases)[:1]
    return [
        case if case in fast else pytest.param(case, marks=pytest.mark.thorough) for case in cases
    ]


def shorten(patch: pytest.MonkeyPatch) -> None:
    """Take the short cuts of the fast lane."""
    patch.setattr(duckdb, "connect", partial(_with_one_thread, duckdb.connect))
    patch.setattr(schema, "upgrade", partial(_laid_out, schema.upgrade, []))


def _with_one_thread(
    connect: Callable[..., duckdb.DuckDBPyConnection],
    *where: str,
    config: dict[str, Any] | None = None,
) -> duckdb.DuckDBPyConnection:
    """An engine that leaves the other cores to the other workers."""
    return connect(*where, config={"threads": 1} | (config or {}))


def _laid_out(upgrade: Callable[[Connection], None], made: list[str], new: Connection) -> None:
    """Lay out a new file's tables in the words in which the steps made those of the first one."""
    is_empty_file = new.dialect.name == "sqlite" and not schema.version(new)
    if is_empty_file and made:
        for statement in made:
            new.exec_driver_sql(statement)
        return
    upgrade(new)
    if is_empty_file:
        said = new.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        made.extend(sql for (sql,) in said)
        made.append(f"INSERT INTO alembic_version VALUES ('{schema.version(new)}')")
