"""Mine: what waits for a person, and nothing that waits for another."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from finops.access.workspace import make_workspace
from finops.operations.actions import act
from finops.operations.actions import Progress
from finops.operations.comments import Comment
from finops.operations.comments import comment
from finops.operations.entries import log_of
from finops.operations.review import meeting_of
from finops.portal.meeting import Held
from finops.portal.mine import waiting
from tests.operations.room import action
from tests.operations.room import by
from tests.operations.room import meeting

if TYPE_CHECKING:
    from pathlib import Path


def test_only_what_is_left_and_mine_waits_for_me(tmp_path: Path) -> None:
    opened = make_workspace(tmp_path)
    key = meeting(opened)
    for title, owner, progress in (
        ("mine", "ines-moreau", Progress.OPEN),
        ("done", "Ines Moreau", Progress.DONE),
        ("another's", "Bob", Progress.OPEN),
    ):
        entry = action(meeting=key, title=title, owner=owner, progress=progress)
        act(opened.store, **by(), entry=entry)
    log = log_of(opened)
    held = Held(meeting_of(log, key), log, date(2026, 6, 24))
    found = list(waiting(held, {"ines-moreau", "Ines Moreau"}, "USD"))
    assert [(one.what, one.when) for one in found] == [("mine", "10 days late")]
    assert list(waiting(held, {"Nobody"}, "USD")) == []
    said = Comment(meeting=key, text="@Ines\nwhy?", mentions=("Ines Moreau",))
    comment(opened.store, **by("Bob"), entry=said)
    log = log_of(opened)
    held = Held(meeting_of(log, key), log, date(2026, 6, 24))
    mention, _ = waiting(held, {"ines-moreau", "Ines Moreau"}, "USD")
    assert (mention.kind, mention.what) == ("mention", "Bob: @Ines why?")
    opened.close()
