"""Derive: what is made from a part's charges under an organization, named by what it is made of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from finops.core import fault
from finops.core.mapping import EMPTY as NO_RULES
from finops.dataset import mapped
from finops.dataset import rollup
from finops.dataset import ruled
from finops.dataset.charges import sync
from finops.dataset.engine_duckdb import workbench
from finops.dataset.mapped import Terms
from finops.focus.raw import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.core.mapping import RuleSet
    from finops.core.organization import Organization
    from finops.dataset.engine_duckdb import Engine
    from finops.dataset.snapshot import Part

FOLDER = "derived"
LAYOUT = "2"
"""Changed when the columns of a derived file change, so that older ones are made anew."""


def terms(organization: Organization, rules: RuleSet, month: str) -> Terms:
    """What the charges of a billing month are mapped by."""
    return Terms(organization=organization.at(month), rules=rules.at(month))


def version(of: Terms) -> str:
    """What names the derived files: only what decides anything in their month.

    A rule that begins later, a new colleague or another name of a team changes no file.
    """
    told = of.organization.to_mapping()
    # Unsorted: the order of the dimensions, and of rules, is part of what is said.
    body = [told.get("dimensions"), told.get("general_ledger_accounts"), of.known]
    if of.rules.rules:
        body.append(of.rules.to_mapping())
    text = json.dumps(body, default=str)
    return hashlib.sha256(f"{LAYOUT}|{text}".encode()).hexdigest()[:16]


def derive(
    parts: Iterable[Part],
    root: Path,
    organization: Organization,
    *,
    rules: RuleSet = NO_RULES,
    memory: str = "1400MB",
) -> tuple[Part, ...]:
    """Make the mapped file and the rollup of each part that lacks them; the parts, naming them.

    A file that is already there is what it would be again: its name says what it was made of.

    Raises:
        InputError: a rule has a pattern that the engine cannot read.
    """
    parts = tuple(parts)
    held = {month: terms(organization, rules, month) for month in {part.month for part in parts}}
    names = {month: version(one) for month, one in held.items()}
    with workbench(root / FOLDER, memory=memory) as engine:
        ruled.hold_patterns(engine, rules)
        done = []
        for part in parts:
            if part.kind is not Kind.COST_AND_USAGE:
                done.append(part)
                continue
            made = names[part.month]
            stem = f"{FOLDER}/{part.source}/{part.month}/{Path(part.path).stem}-{made}"
            named = replace(
                part,
                organization=made,
                mapped=f"{stem}-mapped.parquet",
                rollup=f"{stem}-rollup.parquet",
            )
            _make(named, root, held[part.month], engine)
            done.append(named)
    return tuple(done)


def _make(part: Part, root: Path, held: Terms, engine: Engine) -> None:
    charges, keyed, rolled = (root / part.path, root / part.mapped, root / part.rollup)
    if rolled.exists():
        return
    # Written under another name first: a file with its own name is always whole.
    halves = [path.with_suffix(".part") for path in (keyed, rolled)]
    mapped.write(engine, charges, halves[0], held, part.columns)
    rollup.write(engine, charges, halves[0], halves[1], held, part.columns)
    for half, whole in zip(halves, (keyed, rolled), strict=True):
        sync(root, half)
        half.replace(whole)
    sync(root, rolled)
    fault.point("import:rolled-up")
