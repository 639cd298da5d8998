"""Moves: which amounts other rules would give to somebody else, told before they are published."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from finops.core.amount import total
from finops.core.condition import RESOURCE
from finops.core.mapping import EMPTY as NO_RULES
from finops.dataset import derive
from finops.dataset import mapped
from finops.dataset import ruled
from finops.dataset.engine_duckdb import workbench
from finops.dataset.views import union
from finops.focus.columns import UNALLOCATED
from finops.focus.normalize import MAPPING_KEY
from finops.focus.normalize import quoted
from finops.focus.normalize import text
from finops.focus.raw import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from finops.core.mapping import RuleSet
    from finops.core.organization import Organization
    from finops.dataset.engine_duckdb import Engine
    from finops.dataset.mapped import Terms
    from finops.dataset.snapshot import Part

COSTS = ("BilledCost", "EffectiveCost")
_TOLD = "told_"


@dataclass(frozen=True, kw_only=True)
class Move:
    """What goes from one value of a dimension to another, in a billing month and currency."""

    month: str
    dimension: str
    source: str
    target: str
    currency: str
    charges: int
    billed: Decimal
    effective: Decimal


def moves(
    parts: Iterable[Part],
    root: Path,
    organization: Organization,
    *,
    rules: RuleSet = NO_RULES,
    memory: str = "1400MB",
) -> tuple[Move, ...]:
    """What would move if these rules held; only months in which something else holds are read.

    Raises:
        InputError: a rule has a pattern that the engine cannot read.
    """
    found: list[Move] = []
    with (
        tempfile.TemporaryDirectory(prefix="tieout-preview-") as folder,
        workbench(Path(folder), memory=memory) as engine,
    ):
        ruled.hold_patterns(engine, rules)
        for part in parts:
            terms = derive.terms(organization, rules, part.month)
            if part.kind is Kind.COST_AND_USAGE and derive.version(terms) != part.organization:
                target = Path(folder) / "mapped.parquet"
                mapped.write(engine, root / part.path, target, terms, part.columns)
                found += _between(engine, part, root, target, terms)
    return added(found)


def _between(engine: Engine, part: Part, root: Path, target: Path, terms: Terms) -> Iterator[Move]:
    """What moves in one part, dimension by dimension."""
    own = terms.organization.own_dimensions
    before, named = _relation(engine, root / part.mapped, own, prefix="<")
    after, also = _relation(engine, target, own, prefix="")
    resources = [name for name in RESOURCE if name in part.columns] if named or also else []
    keys = ", ".join([MAPPING_KEY, "BillingCurrency", *resources])
    costs = ", ".join(
        f"sum({name}) AS {name}" if name in part.columns else f"0 AS {name}" for name in COSTS
    )
    of = f"read_parquet({text(str(root / part.path))})"
    told = f"(SELECT {keys}, count(*) AS n, {costs} FROM {of} GROUP BY ALL)"
    on: dict[str, str] = {"on": MAPPING_KEY, "resources": ", ".join(resources)}
    told = mapped.joined(told, before, [f"<{name}" for name in own], **on)
    told = mapped.joined(f"({told})", after, own, **on)
    engine.run(f"CREATE OR REPLACE TEMP TABLE {_TOLD} AS {told}")
    sums = ", ".join(f"coalesce(sum({name}), 0)" for name in COSTS)
    for name in own:
        then = f"coalesce({quoted(f'<{name}')}, {text(UNALLOCATED)})"
        asked = (
            f"SELECT {then}, {quoted(name)}, BillingCurrency, sum(n), {sums} FROM {_TOLD} "
            f"WHERE {then} <> {quoted(name)} GROUP BY 1, 2, 3"
        )
        for source, to, currency, count, billed, effective in engine.rows(asked):
            yield Move(
                month=part.month,
                dimension=name,
                source=source,
                target=to,
                currency=currency or "",
                charges=int(count),
                billed=Decimal(billed),
                effective=Decimal(effective),
            )


def _relation(engine: Engine, path: Path, own: Iterable[str], *, prefix: str) -> tuple[str, bool]:
    """A mapped file with its dimensions under a prefix, and whether it tells resources apart."""
    of = f"read_parquet({text(str(path))})"
    names, _ = engine.table(f"SELECT * FROM {of} LIMIT 0")
    anchor = dict.fromkeys((*own, *RESOURCE), "VARCHAR")
    rows = union({MAPPING_KEY: "BIGINT", mapped.NAMED: "BOOLEAN"} | anchor, f"SELECT * FROM {of}")
    renamed = ", ".join(f"{quoted(name)} AS {quoted(prefix + name)}" for name in own)
    keys = ", ".join((MAPPING_KEY, mapped.NAMED, *RESOURCE))
    return f"(SELECT {keys}, {renamed} FROM ({rows}))", mapped.NAMED in names


def added(found: Iterable[Move]) -> tuple[Move, ...]:
    """One move for each way that an amount goes in a month and currency, however many there are."""
    sums: dict[tuple[str, ...], list[Move]] = {}
    for one in found:
        key = (one.month, one.dimension, one.source, one.target, one.currency)
        sums.setdefault(key, []).append(one)
    return tuple(
        Move(
            month=key[0],
            dimension=key[1],
            source=key[2],
            target=key[3],
            currency=key[4],
            charges=sum(one.charges for one in same),
            billed=total(one.billed for one in same),
            effective=total(one.effective for one in same),
        )
        for key, same in sorted(sums.items())
    )
