from __future__ import annotations

from datetime import date

import pytest

from finops.core.measure import Axis
from finops.core.scope import LOCAL
from finops.core.scope import Scope
from finops.core.scope import Viewer

SEARCH = (("x_Team", frozenset({"search"})),)


def test_a_fresh_scope_is_everything_seen_by_the_local_viewer() -> None:
    assert Scope().is_everything
    assert Scope().viewer == LOCAL


@pytest.mark.parametrize(
    "scope",
    [
        Scope(viewer=Viewer("ana", sees=SEARCH)),
        Scope(filters=(("x_Team", frozenset({None})),)),
        Scope(start=date(2026, 4, 1)),
        Scope(end=date(2026, 5, 1)),
    ],
    ids=["limited viewer", "filter", "start", "end"],
)
def test_whatever_narrows_makes_a_scope_less_than_everything(scope: Scope) -> None:
    assert not scope.is_everything


def test_an_axis_alone_narrows_nothing() -> None:
    assert Scope(axis=Axis.BILLING).is_everything


def test_scopes_that_say_the_same_are_one_key() -> None:
    """Answers are kept by scope, so equal scopes must hash alike and different viewers must not."""
    kept = {Scope(filters=SEARCH): 1}
    assert Scope(filters=SEARCH) in kept
    assert Scope(viewer=Viewer("ana", sees=SEARCH), filters=SEARCH) not in kept
