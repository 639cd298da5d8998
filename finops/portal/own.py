"""Own: the team whose things a page is about: the one chosen, else the reader's, else every one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.core.scope import Scope
from finops.focus.columns import UNALLOCATED
from finops.portal import desk
from finops.portal import scope_bar

if TYPE_CHECKING:
    from finops.dataset import Dataset

EVERY = ""
"""No team in particular."""
_KEY = "own-team"
_DIMENSION = "x_Team"


def choose() -> str:
    """Let the reader choose a team, the own one to begin with; the scope bar's narrowing leads."""
    teams = _teams()
    first = _first(teams)
    chosen: str = st.selectbox(
        "Team",
        [EVERY, *teams],
        index=teams.index(first) + 1 if first in teams else 0,
        format_func=lambda team: called(team) or "Every team",
        key=_KEY,
        width=320,
    )
    return chosen


def team() -> str:
    """The team that is looked at."""
    teams = _teams()
    found = st.session_state.get(_KEY, _first(teams))
    return found if found in teams else EVERY


def of_reader() -> str:
    """The team of the person who looks, as the organization knows it; empty where it does not."""
    names = desk.names()
    found = (one.team for one in desk.organization().people if {one.id, one.name} & names)
    return next((one for one in found if one), EVERY)


def called(team: str) -> str:
    """What a team is called."""
    names = {one.id: one.name for one in desk.organization().teams}
    return names.get(team, team)


def product(team: str) -> str:
    """The product that a team works for; empty where none is said."""
    found = (one.product for one in desk.organization().teams if one.id == team)
    return next((one for one in found if one), "")


def narrowed(dataset: Dataset) -> Dataset:
    """What the page is about of what the reader looks at."""
    chosen = team()
    if not chosen:
        return dataset
    return dataset.within(Scope(filters=((_DIMENSION, frozenset({chosen})),)))


def _first(teams: list[str]) -> str:
    """The team to begin with: the reader's own, or the only one that somebody restricted sees."""
    return teams[0] if len(teams) == 1 and desk.part_only() else of_reader()


def _teams() -> list[str]:
    """The teams that are charged anything, as far as the scope bar has not left them out."""
    lens = scope_bar.chosen()
    kept = dict(lens.filters).get(_DIMENSION) if lens else None
    there = (one for one in desk.values(_DIMENSION) if one != UNALLOCATED)
    return [one for one in there if kept is None or one in kept]
