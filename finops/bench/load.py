"""Load: a meeting of twenty on one portal: how long pages and writes take, and who sees them when.

Everybody comes within half a minute and has the meeting open while it is held, whose live parts
redraw by themselves as often as a browser asks them to. After ten to thirty seconds somebody does
something: one in five writes an action and says so when the page does; the others look something
up on another page for as long, and come back. So nine in ten of what they ask for are looks, more
than half of them have the meeting open at any moment, and whoever has must see what the others
write. All have the same two cores: the portal, and in one process these visitors, who read all
that a browser would be sent; drawing it is not measured, and takes none of the cores.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from finops.access import clock
from finops.access.actor import local_actor
from finops.access.roles import Role
from finops.access.users import Change
from finops.access.users import set_user
from finops.access.workspace import open_workspace
from finops.bench.seen import ratios
from finops.bench.seen import Seen
from finops.bench.seen import Watched
from finops.bench.serving import served
from finops.bench.visitor import visitor
from finops.operations.entries import log_of
from finops.operations.review import meeting_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from finops.access.command import Call
    from finops.bench.measured import Ratio
    from finops.bench.visitor import Visitor

SESSIONS, WRITES = 20, 0.2
REVIEW = "review"
PAGES = ("", "finance", "reconciliation", "allocation", "data", "worklist")
"""Where somebody looks something up; the first is the Overview."""
DONE = "is on the record"
_LOOK = (10.0, 30.0)
"""Between how many seconds and how many somebody looks at a page."""
_COME = 30.0
"""Within how many seconds everybody comes; a tenth of a shorter time."""
_EVERY = 2.0
"""How often the memory is read, in seconds."""


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
    """Let so many visit a portal; its process is looked at for its memory and its work."""
    _warm(address)
    worked, begun = _processor(server), time.monotonic()
    seen, over = Seen(), begun + seconds
    say(f"{sessions} visitors for {seconds:g} seconds")
    every = [
        threading.Thread(target=_visit, args=(address, place, (begun, over), seen))
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
    share = (_processor(server) - worked) / (time.monotonic() - begun)
    say(f"{seen.told()}; the portal worked {share:.0%} of a core")
    return ratios(seen)


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
        for page in (*PAGES, REVIEW):
            tab.open(page, _query(page, _name(0)))


def _visit(address: str, place: int, span: tuple[float, float], seen: Seen) -> None:
    """One visitor's whole time; what goes wrong is noted and ends it."""
    dice, (begun, over) = random.Random(place), span  # noqa: S311 -- no secret
    try:
        time.sleep(dice.uniform(0, min(_COME, (over - begun) / 10)))
        tab = visitor(address)
        with tab.wire:
            while time.monotonic() < over:
                _attend(tab, dice, _name(place), over, seen)
            tab.leave()
        seen.faults += tab.faults
        spans = [(since, until) for page, since, until in tab.spans if page == REVIEW]
        seen.tabs.append(Watched(spans, tab.came))
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is a fault of the portal
        seen.faults.append(f"{type(error).__name__}: {error}")


def _attend(tab: Visitor, dice: random.Random, who: str, over: float, seen: Seen) -> None:
    """Follow the meeting for a while; then write something, or look something up."""
    if tab.page != REVIEW:
        seen.pages.append(tab.open(REVIEW, _query(REVIEW, who)))
    tab.stay(min(over, time.monotonic() + dice.uniform(*_LOOK)))
    if time.monotonic() >= over:
        return
    if dice.random() < WRITES:
        mark = f"Entry{dice.getrandbits(48):012x}"
        tab.type("What is to be done?", f"{mark}, says {who}")
        tab.type("Who does it?", who)
        seen.written[mark] = time.monotonic()
        seen.writes.append(tab.press("Agree on it", DONE))
        return
    page = dice.choice(PAGES)
    seen.pages.append(tab.open(page, _query(page, who)))
    tab.stay(min(over, time.monotonic() + dice.uniform(*_LOOK)))


def _query(page: str, who: str) -> str:
    said = {"as": who} | ({"phase": "Hold"} if page == REVIEW else {})
    return urlencode(said)


def _resident(process: int) -> float:
    """The memory that a process holds, in MiB."""
    told = Path(f"/proc/{process}/status").read_text("ascii")
    return int(told.partition("VmRSS:")[2].split()[0]) / 1024


def _processor(process: int) -> float:
    """The seconds that a process has worked so far, on all cores together."""
    told = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
