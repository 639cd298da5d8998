"""Desk: what lies before the reader: the workspace, the person, the dataset and its answers.

Answers are kept by snapshot, scope (which carries the viewer) and query, compared in full; a frame
of rows is never part of a key. What the records say is read once for everybody until anything is
written, whoever writes it (`known`).
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from typing import TYPE_CHECKING

import streamlit as st

from finops.access import clock
from finops.access import sign_ins
from finops.access.scope import sees_scope
from finops.access.scope import viewer_of
from finops.access.users import people_of
from finops.access.workspace import open_workspace
from finops.core.scope import Scope
from finops.errors import TieoutError
from finops.errors import UsageError
from finops.ingestion import history
from finops.invoicing.close import resume
from finops.measures import ask as measure
from finops.measures import Query
from finops.measures import variance
from finops.operations.entries import log_of
from finops.portal import identity
from finops.portal import reading
from finops.portal import seal
from finops.portal import set_up
from finops.portal.jobs import Jobs
from finops.portal.memory import Memory
from finops.records import audit

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Hashable
    from datetime import date
    from datetime import datetime
    from pathlib import Path

    from finops.access.actor import Actor
    from finops.access.command import Call
    from finops.access.users import People
    from finops.access.workspace import Workspace
    from finops.core.organization import Organization
    from finops.dataset import Dataset
    from finops.dataset import Snapshot
    from finops.ingestion.report import ImportReport
    from finops.measures import Answer
    from finops.measures.variance import Variance
    from finops.measures.window import Window
    from finops.operations.entries import Log
    from finops.portal.lens import Lens
    from finops.portal.reading import Read

_KEPT = 4000
_FEWER = 100
_FEW = 40
AS_OF = "as-of"
"""What the choice of a snapshot is called in the address."""


def actor() -> Actor:
    """The person who looks, with roles and sight of now; on a laptop the one that `--as` names.

    Raises:
        NotSignedIn: people sign in here, and nobody is, or no longer.
        NotAllowed: the person is none of ours.
    """
    return reading.once("actor", _actor)


def _actor() -> Actor:
    if identity.signs_in():
        return sign_ins.admit(workspace().store, identity.claims(), at=now(), people=people())
    return identity.local(people())


def people() -> People:
    """Everybody who is known, and what is kept from whom, as it is now."""
    store = workspace().store
    return known("people", lambda: people_of(store))


def names() -> set[str]:
    """What the person who looks is called in the organization: name, id and address."""
    name = actor().name
    for one in organization().people:
        if name in {one.id, one.name, one.email}:
            return {name, one.id, one.name}
    return {name}


def part_only() -> bool:
    """Whether some of the cost is kept from the person who looks."""
    return viewer_of(actor()).limited


def call(key: str | None) -> Call:
    """A command of the person who looks, under an idempotency key.

    What it writes is seen by the rest of the run.
    """
    who = actor()
    reading.forget()
    return {"actor": who, "at": now(), "origin": "page", "key": key}


def head() -> str:
    """The hash of the last command's event, wherever it was given; as it stays, the records do."""
    return reading.once("head", _head)


def _head() -> str:
    with workspace().store.reading() as session:
        return audit.head(session).hash


def known(what: Hashable, read: Callable[[], Read]) -> Read:
    """What the records say, read once for everybody as long as nothing is written.

    `what` names it in full: nothing that depends on who looks is kept unless the name says who.
    """
    here = workspace()
    kept: Memory[Read] = _records()
    return kept.get((here.root, here.store.address, head(), what), read)


def log() -> Log:
    """What was written for meetings, as it stands now."""
    here = workspace()
    return known("log", lambda: log_of(here))


def now() -> datetime:
    """The present moment, in UTC."""
    return clock.now()


def today() -> date:
    """The present day; a demo workspace may stand at another one."""
    return set_up.settings().today or now().date()


def workspace() -> Workspace:
    """The workspace that the portal was started on.

    Raises:
        ConfigError: none was named.
    """
    told = set_up.settings()
    return reading.once(
        "workspace", lambda: _opened(told.workspace, told.records_url, told.memory_limit)
    )


def as_of() -> str | None:
    """The snapshot that the reader looks back at, by its id; None for the newest.

    What the address names and is no snapshot stands for the newest; the scope bar says so.
    """
    told = str(st.session_state.get(AS_OF, st.query_params.get(AS_OF, "")) or "").strip()
    if not told:
        return None
    try:
        found, newest = published(told), published(None)
    except UsageError:
        return None
    looks_back = found and newest and found.number != newest.number and found.charges
    return str(found.number) if found and looks_back else None


def snapshot() -> Snapshot | None:
    """The published snapshot that the reader looks at; None where it has no charges."""
    found = published(as_of())
    return found if found and found.charges else None


def published(told: str | None) -> Snapshot | None:
    """The snapshot of a name, or of a day; None for the newest, and where there is none.

    Raises:
        UsageError: it names none.
    """
    here = workspace()
    return known(("snapshot", told), lambda: here.snapshot(told))


def organization() -> Organization:
    """The organization as that snapshot knows it."""
    here, told = workspace(), as_of()
    return known(("organization", told), lambda: here.organization(published(told)))


def whole() -> Dataset:
    """All that the reader may see of that snapshot.

    Raises:
        UsageError: there is none.
    """
    told = as_of()
    return reading.once(
        ("dataset", told), lambda: workspace().at(published(told), viewer_of(actor()))
    )


def imports() -> tuple[ImportReport, ...]:
    """Every import there has been, committed or rejected, the latest first."""
    here = workspace()
    return known("imports", lambda: history.imports(here))


def dataset(lens: Lens | None) -> Dataset | None:
    """The dataset that is looked at, narrowed to what the reader chose; None if empty."""
    if lens is None or snapshot() is None:
        return None
    return whole().within(Scope(viewer_of(actor()), filters=lens.filters))


def ask(dataset: Dataset, query: Query) -> Answer:
    """Ask once a snapshot, scope and query; the receipt goes to the seal in the foot."""
    answer = _asked(dataset, query)
    seal.note(answer.receipt)
    return answer


def explain(dataset: Dataset, query: Query, before: Window) -> Variance:
    """Explain once a snapshot, scope, query and period before; the receipt goes to the seal."""
    key = (*looked_at(dataset), query, before)
    found = _variances().get(key, lambda: variance.explain(dataset, query, before=before))
    seal.note(found.receipt)
    return found


def values(dimension: str) -> tuple[str, ...]:
    """Every value of a dimension that the reader may see, in order."""
    query = Query(measures=("Charges",), by=(dimension,))
    rows = _asked(whole(), query).rows
    return tuple(sorted(str(row[0]) for row in rows if row[0] is not None))


def seen_whole(dimension: str) -> frozenset[str]:
    """The values of a dimension of which the reader sees every charge, so that sums are theirs."""
    found = whole()
    return _wholes().get((*looked_at(found), dimension), lambda: found.seen_whole(dimension))


def sees(scope: str) -> bool:
    """Whether the reader may see all that a scope such as `x_Team=search` is about."""
    return sees_scope(viewer_of(actor()), scope)


def _asked(dataset: Dataset, query: Query) -> Answer:
    return _answers().get((*looked_at(dataset), query), lambda: measure(dataset, query))


def looked_at(dataset: Dataset) -> tuple[Hashable, ...]:
    """What is looked at, in which workspace: the same charges may be somebody else's in another."""
    snapshot = dataset.snapshot
    return workspace().root, snapshot.id, snapshot.revision, dataset.scopes


@st.cache_resource(show_spinner=False)
def jobs() -> Jobs:
    """The long work of this server."""
    return Jobs()


@st.cache_resource(show_spinner=False)
def _opened(folder: Path, url: str, memory: str) -> Workspace:
    """The workspace; a close that was stopped after its approval is sealed now."""
    opened = open_workspace(folder, url=url, memory=memory)
    with suppress(TieoutError):
        resume(opened, at=clock.now())
    return opened


@st.cache_resource(show_spinner=False)
def _records() -> Memory[Any]:
    return Memory(_FEW)


@st.cache_resource(show_spinner=False)
def _answers() -> Memory[Answer]:
    return Memory(_KEPT)


@st.cache_resource(show_spinner=False)
def _wholes() -> Memory[frozenset[str]]:
    return Memory(_FEWER)


@st.cache_resource(show_spinner=False)
def _variances() -> Memory[Variance]:
    return Memory(_FEWER)
