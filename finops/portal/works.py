"""Works: what there is to do, found once a snapshot, scope and day, with how far each has come."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import Amount
from finops.core.amount import total
from finops.portal import desk
from finops.portal import formats
from finops.portal.memory import Memory
from finops.workloads.progress import Progress
from finops.workloads.progress import progress_of
from finops.workloads.progress import State
from finops.workloads.worklist import worklist

if TYPE_CHECKING:
    from datetime import date

    from finops.dataset import Dataset
    from finops.workloads.findings import Finding
    from finops.workloads.worklist import Worklist

_KEPT = 60
OLD = 30
"""From how many days on a finding is old; the bill is looked at no further back."""

WAITING = (State.OPEN, State.ASSIGNED, State.APPROVED)
"""The states in which there is still something to do."""


class Work(NamedTuple):
    """A finding, and how far it has come."""

    finding: Finding
    progress: Progress

    def age(self, today: date) -> str:
        """How long it has stood like this: since its last step, else since it was first billed."""
        if self.progress.day and self.progress.state is not State.OPEN:
            return _days((today - self.progress.day).days)
        return _days((self.finding.resource.last - self.finding.resource.first).days + 1)

    @property
    def net(self) -> Decimal:
        """What it would take off the bill now; nothing where that is not known."""
        return self.finding.net or Decimal(0)


class Done(NamedTuple):
    """What somebody says is done, and whether the bill still shows what was found."""

    progress: Progress
    shown: bool

    def mine(self, name: str) -> bool:
        """Whether this person did it, so that somebody else verifies it."""
        return name in {self.progress.owner, self.progress.actor}


def found(dataset: Dataset) -> Worklist:
    """What the rules find in what the reader looks at."""
    day = desk.today()
    key = (*desk.looked_at(dataset), day)
    return _lists().get(key, lambda: worklist(desk.workspace(), dataset, today=day))


def waiting(dataset: Dataset) -> tuple[Work, ...]:
    """What is still to be done, the largest first."""
    return tuple(one for one in works(dataset) if one.progress.state in WAITING)


def works(dataset: Dataset) -> tuple[Work, ...]:
    """Every finding with how far it has come; nobody has said anything of most."""
    known = progress_of(desk.workspace(), today=desk.today())
    return tuple(
        Work(one, known.get(one.key) or Progress(key=one.key, state=State.OPEN))
        for one in found(dataset).findings
    )


def said_done() -> tuple[Progress, ...]:
    """What somebody says is done and nobody has verified, of teams that the reader sees."""
    known = progress_of(desk.workspace(), today=desk.today())
    said = (one for one in known.values() if one.state is State.DONE)
    return tuple(one for one in said if desk.sees(f"x_Team={one.team}"))


def done(dataset: Dataset) -> tuple[Done, ...]:
    """The same, with whether the bill still shows it."""
    said = said_done()
    there = {one.key for one in found(dataset).findings} if said else set()
    return tuple(Done(one, shown=one.key in there) for one in said)


def sentence(dataset: Dataset) -> str:
    """How much there is to do, and what it is worth."""
    told, todo = found(dataset), waiting(dataset)
    if not todo:
        count = formats.counted(told.resources, "resource")
        return f"**Nothing to do was found in the {count} of these 30 days.**"
    net = total(one.net for one in todo)
    gross = total(one.finding.gross or Decimal(0) for one in todo)
    things = "1 thing" if len(todo) == 1 else f"{formats.count(len(todo))} things"
    worth = f"{things} to do: {money(net, told)} less in 30 days"
    later = f", {money(gross, told)} once commitments end" if gross > net else ""
    return f"**{worth}{later}.**"


def money(number: Decimal, told: Worklist) -> str:
    """An amount of 30 days, short."""
    return formats.short(Amount(number, told.currency))


def _days(number: int) -> str:
    return f"{OLD} days or more" if number >= OLD else "1 day" if number == 1 else f"{number} days"


@st.cache_resource(show_spinner=False)
def _lists() -> Memory[Worklist]:
    return Memory(_KEPT)
