"""Comments: kept as they were said, to whom they were said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.errors import UsageError
from finops.operations.comments import Comment
from finops.operations.comments import comment
from finops.operations.comments import mentioned
from finops.operations.comments import said_about
from finops.operations.comments import waiting_for
from finops.operations.entries import log_of
from tests.operations.room import by
from tests.operations.room import decided
from tests.operations.room import meeting
from tests.operations.room import spring

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

PEOPLE = ("Ines Moreau", "Ines Berg", "Jonas Weber", "")


def test_a_mention_is_a_first_name_or_the_whole_name_with_points() -> None:
    assert mentioned("@ines look", PEOPLE) == ("Ines Moreau", "Ines Berg")
    assert mentioned("see @Ines.Berg, and mail a@jonas.example", PEOPLE) == ("Ines Berg",)
    assert mentioned("nobody", PEOPLE) == ()


def test_what_is_said_about_a_decision_stays_with_it(opened: Workspace, tmp_path: Path) -> None:
    spring(opened, tmp_path / "spring.csv")
    key = decided(opened, meeting(opened))
    entry = Comment(text="Does @Ines.Moreau agree?", about=key, mentions=("Ines Moreau",))
    comment(opened.store, **by("Bob"), entry=entry)
    (found,) = said_about(log_of(opened), key)
    assert (found.text, found.by, found.mentions) == (entry.text, "Bob", ("Ines Moreau",))
    with pytest.raises(UsageError, match="say"):
        comment(opened.store, **by(), entry=Comment(text=" "))


def test_a_mention_waits_until_it_is_answered_where_it_was_said(opened: Workspace) -> None:
    key = meeting(opened)

    def say(who: str, about: str, *to: str) -> None:
        entry = Comment(meeting=key, text=f"{who} says", about=about, mentions=to)
        comment(opened.store, **by(who), entry=entry)

    say("Bob", "D1", "Ines Moreau")
    say("Bob", "D2", "Ines Moreau", "Ann")
    say("Ines Moreau", "D3", "Ines Moreau")
    say("Ines Moreau", "D1")
    log, me = log_of(opened), {"ines", "Ines Moreau"}
    assert [one.about for one in waiting_for(log, me, key)] == ["D2"]
    assert waiting_for(log, {"Bob"}, key) == ()
