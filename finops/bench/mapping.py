"""Mapping: a month is told anew by a thousand rules, against one bare scan of its columns."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from finops.access.workspace import open_workspace
from finops.bench import bare_columns
from finops.bench.measured import Ratio
from finops.bench.measured import told
from finops.core.mapping import RuleSet
from finops.dataset import derive

if TYPE_CHECKING:
    from collections.abc import Callable

    from finops.dataset import Part

BAR = 3.0
RULES = 1000
_FEW = 97


def mapping(
    workspace: Path, *, rows: int, rounds: int, say: Callable[[str], None]
) -> tuple[Ratio, ...]:
    """Measure `derive()` under rules over a bill that is in, in turns with the scan."""
    say(f"mapping {rows:,} lines by {RULES:,} rules, {rounds} times, in turns with the bare scan")
    opened = open_workspace(workspace)
    snapshot = opened.snapshot()
    opened.close()
    files = [str(workspace / part.path) for part in (snapshot.charges if snapshot else ())]
    bare, ours = [], []
    for _ in range(rounds):
        bare.append(told(bare_columns.__name__, *files))
        ours.append(told("finops.bench.mapping", str(workspace)))
    work = f"mapping of {rows:,} lines by {RULES:,} rules"
    return (Ratio(work=work, ours=median(ours), bare=median(bare), bar=BAR),)


def rule_set(count: int = RULES) -> RuleSet:
    """So many rules of every kind over what a bill of the benchmark holds."""
    return RuleSet.from_mapping({"rules": [_rule(place) for place in range(count)]})


def main(folder: str) -> float:
    """Seconds that mapping and adding up take; what it made is taken away again."""
    root = Path(folder)
    workspace = open_workspace(root)
    try:
        snapshot, organization = workspace.snapshot(), workspace.organization()
    finally:
        workspace.close()
    parts = snapshot.charges if snapshot else ()
    begun = time.perf_counter()
    made = derive.derive(parts, root, organization, rules=rule_set())
    seconds = time.perf_counter() - begun
    _clear(root, parts, made)
    return seconds


def _rule(place: int) -> dict[str, object]:
    """The kinds of rules by turns: account, service and region, tag, names of accounts, resources.

    Few of them meet a charge, so that nearly all are tried on nearly every one.
    """
    meets = place % _FEW == 0
    number = place // _FEW if meets else place + RULES
    kinds: tuple[dict[str, object], ...] = (
        {"sub_account": f"2222222222{number:02}"},
        {"service": f"Service {number}", "region": [f"region-{number}", "region-1"]},
        {"tag:team|owner": f"team-{number}"},
        {"sub_account_name": {"part": 2, "by": "-", "equals": str(number)}},
        {"sub_account_name": {"regex": f"^account-{number}$"}},
        {"sub_account": f"2222222222{number:02}", "resource_name": {"prefix": f"node-{number}"}},
    )
    when = kinds[place % len(kinds)]
    return {"id": f"rule-{place}", "when": when, "then": {"x_Team": f"team-{place % 40}"}}


def _clear(root: Path, parts: tuple[Part, ...], made: tuple[Part, ...]) -> None:
    kept = {name for part in parts for name in (part.mapped, part.rollup)}
    for part in made:
        for name in (part.mapped, part.rollup):
            if name not in kept:
                (root / name).unlink(missing_ok=True)


if __name__ == "__main__":
    sys.stdout.write(f"{main(*sys.argv[1:])}\n")
