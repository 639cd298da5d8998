"""Derive: what is made from a part's charges under an organization, named by what it is made of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from finops.core import fault
from finops.dataset import mapped
from finops.dataset import rollup
from finops.dataset.charges import sync
from finops.dataset.engine_duckdb import workbench
from finops.focus.raw import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.core.organization import Organization
    from finops.dataset.engine_duckdb import Engine
    from finops.dataset.snapshot import Part

FOLDER = "derived"
LAYOUT = "1"
"""Changed when the columns of a derived file change, so that older ones are made anew."""


def version(organization: Organization) -> str:
    """What names the derived files of an organization."""
    body = json.dumps(organization.to_mapping(), default=str)
    return hashlib.sha256(f"{LAYOUT}|{body}".encode()).hexdigest()[:16]


def derive(
    parts: Iterable[Part], root: Path, organization: Organization, *, memory: str = "1400MB"
) -> tuple[Part, ...]:
    """Make the mapped file and the rollup of each part that lacks them; the parts, naming them.

    A file that is already there is what it would be again: its name says what it was made of.
    """
    made = version(organization)
    with workbench(root / FOLDER, memory=memory) as engine:
        done = []
        for part in parts:
            if part.kind is not Kind.COST_AND_USAGE:
                done.append(part)
                continue
            stem = f"{FOLDER}/{part.source}/{part.month}/{Path(part.path).stem}-{made}"
            named = replace(
                part,
                organization=made,
                mapped=f"{stem}-mapped.parquet",
                rollup=f"{stem}-rollup.parquet",
            )
            _make(named, root, organization, engine)
            done.append(named)
    return tuple(done)


def _make(part: Part, root: Path, organization: Organization, engine: Engine) -> None:
    charges, keyed, rolled = (root / part.path, root / part.mapped, root / part.rollup)
    if rolled.exists():
        return
    # Written under another name first: a file with its own name is always whole.
    halves = [path.with_suffix(".part") for path in (keyed, rolled)]
    mapped.write(engine, charges, halves[0], organization, part.columns)
    rollup.write(engine, charges, halves[0], halves[1], organization, part.columns)
    for half, whole in zip(halves, (keyed, rolled), strict=True):
        sync(root, half)
        half.replace(whole)
    sync(root, rolled)
    fault.point("import:rolled-up")
