"""Seen: what a room of visitors has seen of a portal together, held against what is promised."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from statistics import median
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.bench.measured import Ratio

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

PAGE_BAR, WRITE_BAR, OTHERS_BAR, GROWTH_BAR = 2.0, 1.0, 2.0, 1.05
"""Seconds of the 95th page in a hundred, of the 99th write, and of the 95th time that somebody's
words came to another screen; memory at the end over the start."""

_LOST = 10.0
"""Seconds after which what somebody wrote is not on another screen any more, but lost."""

_FILLED = 0.3
"""The share of the time that memory may take to fill."""


class Watched(NamedTuple):
    """From when to when a tab followed the meeting, and when which words came to it by themselves.

    Moments are those of one clock, in seconds.
    """

    spans: list[tuple[float, float]]
    came: dict[str, float]

    def follows(self, since: float, until: float) -> bool:
        """Whether the meeting stood open there all the time between two moments."""
        return any(begun <= since and until <= over for begun, over in self.spans)


@dataclass
class Seen:
    """What all visitors together have seen so far.

    `written` has the moment of each press of the button that keeps an entry, by its mark.
    """

    pages: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    written: dict[str, float] = field(default_factory=dict)
    tabs: list[Watched] = field(default_factory=list)

    def others(self) -> Iterator[float]:
        """How long after the press each entry was on each other screen that stood open."""
        for mark, at in self.written.items():
            for tab in self.tabs:
                came = tab.came.get(mark, at + _LOST)
                if tab.follows(at, min(came, at + _LOST)):
                    yield came - at

    def told(self) -> str:
        """All of it in a sentence."""
        return (
            f"{len(self.pages)} pages (median {_middle(self.pages):.2f} s), {len(self.writes)} "
            f"writes (median {_middle(self.writes):.2f} s), {len(self.faults)} faults"
        )


def ratios(seen: Seen) -> tuple[Ratio, ...]:
    """What was seen against its bars; a fault is one too many."""
    pages, writes, others = seen.pages, seen.writes, list(seen.others())
    start, end = _growth(seen.memory)
    return (
        Ratio(work=f"page, 95th of 100, {len(pages)}", ours=at(pages, 95), bare=PAGE_BAR, bar=1),
        Ratio(
            work=f"write, 99th of 100, {len(writes)}", ours=at(writes, 99), bare=WRITE_BAR, bar=1
        ),
        Ratio(
            work=f"on other screens, 95th of 100, {len(others)}",
            ours=at(others, 95),
            bare=OTHERS_BAR,
            bar=1,
        ),
        Ratio(work="memory, end over start", ours=end, bare=start, bar=GROWTH_BAR, unit="MiB"),
        Ratio(work="faults", ours=len(seen.faults), bare=1, bar=0, unit=""),
    )


def at(times: Sequence[float], percent: int) -> float:
    """The time that so many percent stay within; 0 where there is none."""
    order = sorted(times)
    return order[min(len(order) * percent // 100, len(order) - 1)] if order else 0.0


def _growth(memory: Sequence[float]) -> tuple[float, float]:
    """The memory after it has filled and at the end, each the middle of a tenth of the time."""
    if not memory:
        return 1.0, 1.0
    part = max(len(memory) // 10, 1)
    warm = int(len(memory) * _FILLED)
    return median(memory[warm : warm + part]), median(memory[-part:])


def _middle(times: Sequence[float]) -> float:
    return median(times) if times else 0.0
