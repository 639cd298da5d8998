"""Load: a whole room on one portal: how long pages and writes take, and whether memory stays flat.

Each visitor opens a page, looks at it for some seconds, and opens another; one in ten times it
writes an action on the review page and says so when the page does. Reads, writes and what redraws
by itself are those of a browser; drawing them is not measured here, and takes none of the cores.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from finops.access import clock
from finops.access.actor import local_actor
from finops.access.roles import Role
from finops.access.users import Change
from finops.access.users import set_user
from finops.access.workspace import open_workspace
from finops.bench.measured import Ratio
from finops.bench.serving import served
from finops.bench.visitor import visitor
from finops.operations.entries import log_of
from finops.operations.review import meeting_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from finops.access.command import Call
    from finops.bench.visitor import Visitor

SESSIONS, WRITES = 20, 0.1
PAGE_BAR, WRITE_BAR, GROWTH_BAR = 2.0, 1.0, 1.05
"""Seconds of the 95th page in a hundred and of the 99th write; memory at the end over the start."""

PAGES = ("", "review", "finance", "reconciliation", "allocation", "data", "worklist")
REVIEW = "review"
DONE = "is on the record"
_LOOK = (10.0, 30.0)
"""Between how many seconds and how many somebody looks at a page."""
_FILLED, _EVERY = 0.3, 2.0
"""The share of the time that memory may take to fill, and how often it is read."""


@dataclass
class Seen:
    """What all visitors together have seen so far."""

    pages: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def load(
    workspace: Path, *, seconds: float, sessions: int, say: Callable[[str], None]
) -> tuple[Ratio, ...]:
    """Let so many visit a portal on a copy of a workspace at once, for so long.

    Raises:
        UsageError: no meeting is planned there, on which anything could be written.
    """
    with tempfile.TemporaryDirectory(prefix="finops-load-") as made:
        copy = shutil.copytree(workspace, Path(made) / "workspace")
        _admit(copy, sessions)
        words = [sys.executable, "-m", "finops", "--workspace", str(copy), "serve", "--port"]
        with served(words) as (url, _, process):
            return visit(url, process, seconds=seconds, sessions=sessions, say=say)


def visit(
    address: str, server: int, *, seconds: float, sessions: int, say: Callable[[str], None]
) -> tuple[Ratio, ...]:
    """Let so many visit a portal; its process is looked at for its memory."""
    _warm(address)
    seen, over = Seen(), time.monotonic() + seconds
    say(f"{sessions} visitors for {seconds:g} seconds")
    every = [
        threading.Thread(target=_visit, args=(address, place, over, seen))
        for place in range(sessions)
    ]
    for one in every:
        one.start()
    while time.monotonic() < over:
        seen.memory.append(_resident(server))
        time.sleep(_EVERY)
    for one in every:
        one.join()
    for fault in seen.faults[:5]:
        say(f"fault: {fault}")
    say(
        f"{len(seen.pages)} pages (median {_middle(seen.pages):.2f} s), {len(seen.writes)} writes "
        f"(median {_middle(seen.writes):.2f} s), {len(seen.faults)} faults"
    )
    return ratios(seen)


def ratios(seen: Seen) -> tuple[Ratio, ...]:
    """What was seen against its bars; a fault is one too many."""
    pages, writes, late = len(seen.pages), len(seen.writes), at(seen.writes, 99)
    start, end = _growth(seen.memory)
    return (
        Ratio(work=f"page, 95th of 100, {pages}", ours=at(seen.pages, 95), bare=PAGE_BAR, bar=1),
        Ratio(work=f"write, 99th of 100, {writes}", ours=late, bare=WRITE_BAR, bar=1),
        Ratio(work="memory, end over start", ours=end, bare=start, bar=GROWTH_BAR, unit="MiB"),
        Ratio(work="faults", ours=len(seen.faults), bare=1, bar=0, unit=""),
    )


def at(times: Sequence[float], percent: int) -> float:
    """The time that so many percent stay within; 0 where there is none."""
    order = sorted(times)
    return order[min(len(order) * percent // 100, len(order) - 1)] if order else 0.0


def _admit(workspace: Path, sessions: int) -> None:
    """Make each visitor somebody who may take part in the meeting that is planned."""
    opened = open_workspace(workspace)
    call: Call = {"actor": local_actor(), "at": clock.now(), "origin": "bench", "key": None}
    try:
        meeting_of(log_of(opened))
        for place in range(sessions):
            change = Change(roles=(Role.FINANCE,))
            set_user(opened.store, **call, name=_name(place), change=change)
    finally:
        opened.close()


def _name(place: int) -> str:
    return f"Visitor {place + 1}"


def _warm(address: str) -> None:
    """Open every page once: a portal that a room meets on has been looked at before."""
    tab = visitor(address)
    with tab.wire:
        for page in PAGES:
            tab.open(page, _query(page, _name(0)))


def _visit(address: str, place: int, over: float, seen: Seen) -> None:
    """One visitor's whole time; what goes wrong is noted and ends it."""
    dice = random.Random(place)  # noqa: S311 -- no secret
    try:
        tab = visitor(address)
        with tab.wire:
            while time.monotonic() < over:
                _look(tab, dice, _name(place), seen)
                tab.stay(min(over, time.monotonic() + dice.uniform(*_LOOK)))
        seen.faults += tab.faults
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is a fault of the portal
        seen.faults.append(f"{type(error).__name__}: {error}")


def _look(tab: Visitor, dice: random.Random, who: str, seen: Seen) -> None:
    if dice.random() >= WRITES:
        page = dice.choice(PAGES)
        seen.pages.append(tab.open(page, _query(page, who)))
        return
    seen.pages.append(tab.open(REVIEW, _query(REVIEW, who)))
    tab.type("What is to be done?", f"Look at it again, {who}, {time.monotonic()}")
    tab.type("Who does it?", who)
    seen.writes.append(tab.press("Agree on it", DONE))


def _query(page: str, who: str) -> str:
    said = {"as": who} | ({"phase": "Hold"} if page == REVIEW else {})
    return urlencode(said)


def _growth(memory: Sequence[float]) -> tuple[float, float]:
    """The memory after it has filled and at the end, each the middle of a tenth of the time."""
    if not memory:
        return 1.0, 1.0
    part = max(len(memory) // 10, 1)
    warm = int(len(memory) * _FILLED)
    return median(memory[warm : warm + part]), median(memory[-part:])


def _resident(process: int) -> float:
    """The memory that a process holds, in MiB."""
    told = Path(f"/proc/{process}/status").read_text("ascii")
    return int(told.partition("VmRSS:")[2].split()[0]) / 1024


def _middle(times: Sequence[float]) -> float:
    return median(times) if times else 0.0
