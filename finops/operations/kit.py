"""First-meeting kit: five minutes for each persona before their first review, and the words used.

What to look at, what to bring and what one is asked for, page by page; the words are the measure
catalogue's own, so that the kit and the figures never say different things.
"""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.measures.catalogue import MEASURES
from finops.operations.marks import plain
from finops.operations.minutes_page import page
from finops.unit_economics.ratios import DEFINITIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE = "Your first cost review"


class Part(NamedTuple):
    """What one persona does in five minutes: read, bring, and be ready to say."""

    persona: str
    minutes: tuple[str, ...]


PARTS = (
    Part(
        "Finance",
        (
            "1 minute, Overview: read the first line; it says what the month cost and why it moved",
            "2 minutes, Reconciliation: see whether the invoices tie, and what is unexplained",
            "1 minute, Finance: see the state of the close and what blocks it",
            "1 minute, Review meeting: say who is here, and what is accepted by default",
        ),
    ),
    Part(
        "Engineering",
        (
            "2 minutes, Review meeting: answer why your month moved: cause, lasting, next step",
            "1 minute, Overview narrowed to your team: see which service moved",
            "1 minute, Worklist: choose one finding that you would do first",
            "1 minute, Review meeting: look at your actions, and say how far each has come",
        ),
    ),
    Part(
        "Product",
        (
            "2 minutes, Product: read what one unit costs, and whether demand moved it",
            "1 minute, Unit economics: see which customers or segments cost more than they earn",
            "1 minute, Review meeting: read what was decided last time, and how it turned out",
            "1 minute: bring one launch of the coming month, with what it may cost",
        ),
    ),
    Part(
        "Leadership",
        (
            "2 minutes, Overview: read what was said last time, where it landed, and why",
            "2 minutes, Review meeting: read the first three items; most is at stake there",
            "1 minute: choose the one item that you want decided today",
        ),
    ),
    Part(
        "FinOps practitioner",
        (
            "2 minutes, Review meeting: see which requests are unanswered, and remind their owners",
            "1 minute, Practitioner: see what is healthy, and what has no owner",
            "1 minute: freeze the pack anew if late bills came in",
            "1 minute: read out the agenda's first line, and begin on time",
        ),
    ),
)
"""Five minutes each, in the personas of the FinOps Framework."""

MEETING = (
    "What earlier decisions brought comes first, measured on closed months",
    "Unanswered requests come next, then what is at stake most",
    "A decision names its owner, its day, what it changes of a month's cost, and where that shows",
    "Whoever disagrees is written down too; final minutes are never edited, only superseded",
)


def markdown() -> str:
    """The kit as Markdown: each persona's five minutes, how a meeting goes, the words."""
    return "\n".join(_lines()) + "\n"


def html() -> str:
    """The same as one page that fetches nothing."""
    return page(TITLE, markdown())


def _lines() -> Iterator[str]:
    yield f"# {TITLE}"
    yield from ("", "Five minutes before the meeting, and nobody comes unprepared.")
    for one in PARTS:
        yield from _section(one.persona, one.minutes)
    yield from _section("How it goes", MEETING)
    words = ((one.title, one.definition) for one in MEASURES)
    units = ((one.title, one.definition) for one in DEFINITIONS)
    yield from _section("The words", (f"**{a}**: {plain(b)}" for a, b in (*words, *units)))


def _section(heading: str, lines: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    yield from ("", f"## {heading}", "")
    yield from (f"- {line}" for line in lines)
