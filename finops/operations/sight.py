"""Sight: what of the meetings somebody sees who sees a part of the cost: its items, and no others.

What was written says itself what it is about: a team, a scope, or something else that was written.
What says nothing is about everything, and is kept from whoever does not see everything.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from finops.access.scope import sees_scope
from finops.operations.actions import Action
from finops.operations.agenda import Pack
from finops.operations.commentary import Commentary
from finops.operations.comments import Comment
from finops.operations.decisions import Decision
from finops.operations.entries import Log
from finops.operations.entries import MINUTES
from finops.operations.outcomes import Outcome
from finops.operations.review import Meeting
from finops.operations.review import Raised
from finops.operations.review import Series
from finops.records.models import ReviewEntry

if TYPE_CHECKING:
    from collections.abc import Collection

    from finops.core.scope import Viewer

_NOTHING_SAID = {"markdown": "", "html": "", "sha256": "", "sequence": 0, "head": ""}
"""What is left of minutes: that there are any."""


def within(log: Log, viewer: Viewer, names: Collection[str]) -> Log:
    """The log as somebody sees it who is known by these names; all of it to whoever sees all.

    The minutes, the notes and who was there are of the whole meeting. What somebody is to do is
    theirs to see, unless it follows from a decision that is kept from them.
    """
    if not viewer.limited:
        return log
    decided = {one.key for one in log.of(Decision) if _decision(viewer, one)}
    shown = (
        decided
        | {one.key for one in log.of(Commentary) if sees_scope(viewer, f"x_Team={one.team}")}
        | {one.key for one in log.of(Raised) if sees_scope(viewer, one.scope)}
    )
    shown |= {one.key for one in log.of(Action) if _action(one, decided, names)}
    shown |= {
        one.key
        for one in log.of(Comment)
        if one.about in shown or (not one.about and sees_scope(viewer, one.scope))
    }
    rows = (row for row in log.rows if _kept(row, shown, decided))
    return Log(tuple(_plain(row, viewer) for row in rows), log.where)


def sight_of(viewer: Viewer) -> str:
    """The scope that what this person writes is about: what they see; empty for all cost.

    Who is kept out of some parts writes about the rest, which has no name.
    """
    return "; ".join(f"{name}={value}" for name, values in viewer.sees for value in sorted(values))


def _decision(viewer: Viewer, one: Decision) -> bool:
    """A decision is about its scope, and about its team, where it names them."""
    told = [one.scope] if one.scope else []
    told += [f"x_Team={one.team}"] if one.team else []
    return bool(told) and all(sees_scope(viewer, scope) for scope in told)


def _action(one: Action, decided: Collection[str], names: Collection[str]) -> bool:
    return one.decision in decided or (not one.decision and one.owner in names)


def _kept(row: ReviewEntry, shown: Collection[str], decided: Collection[str]) -> bool:
    """Whether a row is seen, at least in part; a kind that nobody thought of is not."""
    if row.kind in _OF_EVERYBODY:
        return True
    return row.key in (decided if row.kind == Outcome.kind else shown) and row.kind in _OF_A_PART


def _plain(row: ReviewEntry, viewer: Viewer) -> ReviewEntry:
    """A row without what it says of the whole; it is read, and never written."""
    body = json.loads(row.body)
    if row.kind == Meeting.kind:
        body["notes"] = ""
    elif row.kind == MINUTES:
        body = _NOTHING_SAID
    elif row.kind == Pack.kind:
        body["items"] = [one for one in body["items"] if sees_scope(viewer, one["scope"])]
    else:
        return row
    return ReviewEntry(**row.model_dump(exclude={"body"}), body=json.dumps(body))


_OF_EVERYBODY = frozenset((Series.kind, Meeting.kind, Pack.kind, MINUTES))
_OF_A_PART = frozenset(one.kind for one in (Decision, Outcome, Commentary, Raised, Action, Comment))
