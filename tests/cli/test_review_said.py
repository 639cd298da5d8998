"""What is said in a meeting, from the command line: decided with all its reasons, and learned."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import make_workspace
from tests.operations.room import SCOPE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Answer

WORDS = (
    *("--question", "Both?", "--choice", "One", "--owner", "Ines", "--expected", "-300"),
    *("--scope", SCOPE, "--due", "2026-05-01", "--context", "A replica idles."),
    *("--option", "One=-300", "--option", "Half a = b=-150.5", "--option", "Ask again"),
    *("--driver", "cost", "--driver", "risk", "--decider", "Ann", "--decider", "Bob"),
)


@pytest.mark.usefixtures("in_may")
def test_a_decision_is_said_with_its_options_and_what_came_of_it_is_learned(
    finops: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    finops("review", "new", "--day", "2026-05-24")
    decided = finops("--json", "review", "decide", *WORDS).document
    effects = {one["text"]: one["effect"] for one in decided["options"]}
    assert effects == {"One": "-300", "Half a = b": "-150.5", "Ask again": None}
    assert decided["drivers"] == ["cost", "risk"]
    assert decided["deciders"] == ["Ann", "Bob"]
    assert decided["context"] == "A replica idles."
    monkeypatch.setenv("FINOPS_TODAY", "2026-06-20")
    finops("review", "new", "--day", "2026-06-24")
    (scored,) = finops("--json", "review", "outcomes").document["outcomes"]
    assert scored["choice"] == "One"
    learned = finops("--json", "review", "learn", decided["key"], "--why", "It idled.").document
    assert (learned["why"], learned["result"]) == ("It idled.", scored["result"])
    more = ("--why", "It did.", "--lesson", "Look sooner")
    assert finops("review", "learn", decided["key"], *more).code == 0
    assert "Look sooner" in finops("review", "minutes", "--meeting", "2026-05").out
    assert Decimal(scored["error"]) == Decimal(scored["effect"]) + 300


def test_nothing_is_learned_from_what_was_not_scored(
    finops: Callable[..., Answer], workspace: Path
) -> None:
    make_workspace(workspace).close()
    refused = finops("review", "learn", "D9", "--why", "So.")
    assert refused.code == 2
    assert "no decision 'D9' that was scored" in refused.err


@pytest.mark.usefixtures("in_may")
def test_a_decision_that_is_edited_stays_of_its_kind_and_an_action_has_an_amount_of_its_own(
    finops: Callable[..., Answer],
) -> None:
    finops("review", "new", "--day", "2026-05-24")
    words = ("--question", "Who pays?", "--choice", "Platform", "--kind", "accept")
    kept = finops("--json", "review", "decide", *words).document
    named = ("--key", kept["key"], "--version", str(kept["version"]))
    edited = finops("--json", "review", "decide", *named, "--owner", "Ines")
    assert edited.code == 0, edited.err
    assert (edited.document["purpose"], edited.document["owner"]) == ("accept", "Ines")
    todo = ("--title", "Do", "--owner", "Ines", "--due", "2026-06-01", "--expected", "-90")
    assert finops("--json", "review", "act", *todo).document["expected"] == "-90"
