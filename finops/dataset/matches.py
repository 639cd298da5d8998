"""Matches: which rules meet on the same charges, so that those that do nothing are known."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.dataset import derive
from finops.dataset import mapped
from finops.dataset.engine_duckdb import workbench
from finops.focus.raw import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from finops.core.mapping import RuleSet
    from finops.core.organization import Organization
    from finops.dataset.snapshot import Part


class Meeting(NamedTuple):
    """Rules that would all decide a dimension of the same charges; the first of them does."""

    dimension: str
    rules: tuple[str, ...]


def meetings(
    parts: Iterable[Part],
    root: Path,
    organization: Organization,
    rules: RuleSet,
    *,
    memory: str = "1400MB",
) -> frozenset[Meeting]:
    """Every such set of rules over the charges of some parts, each once; one rule alone, too."""
    found: set[Meeting] = set()
    with tempfile.TemporaryDirectory(prefix="tieout-rules-") as folder:
        for part in parts:
            if part.kind is Kind.COST_AND_USAGE:
                terms = derive.terms(organization, rules, part.month)
                found.update(_of(part, root, terms, Path(folder), memory=memory))
    return frozenset(found)


def _of(
    part: Part, root: Path, terms: mapped.Terms, folder: Path, *, memory: str
) -> Iterator[Meeting]:
    ids = [rule.id for rule in terms.rules.rules]
    with (
        workbench(folder, memory=memory) as engine,
        mapped.asked(engine, root / part.path, terms, part.columns) as asked,
    ):
        for dimension in terms.rules.dimensions:
            told = f"SELECT DISTINCT {asked.every(dimension)} FROM {mapped.ASKED}"
            for (numbers,) in engine.rows(told):
                if numbers:
                    yield Meeting(dimension, tuple(ids[number - 1] for number in numbers))
