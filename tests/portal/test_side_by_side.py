"""Side by side: every field that differs is told, as text, and both texts are kept."""

from __future__ import annotations

from finops.errors import EditConflict
from finops.portal.side_by_side import Both
from finops.portal.side_by_side import merged
from finops.portal.side_by_side import told
from tests.operations.room import decision


def test_what_differs_is_told_with_its_label_and_does_nothing() -> None:
    words = {"choice": "$x$ :red[a]", "options": [{"text": "off", "effect": None}], "due": None}
    assert told(words, ("choice", "options", "due"), {"choice": "Chosen"}) == (
        r"*Chosen*: \$x\$ \:red\[a\]",
        "*options*: off",
        r"*due*: n\/a",
    )


def test_the_words_of_both_are_kept() -> None:
    base = decision(key="D1", version=1)
    theirs = {**base.words(), "choice": "Switch it off on Friday"}
    yours = base.model_copy(update={"choice": "Switch it off at night", "dissent": "Bob: never"})
    conflict = EditConflict("late", theirs=theirs, yours=yours.words(), version=2)
    found = merged(Both(base, yours, conflict))
    assert found.words()["choice"] == "Switch it off on Friday\nSwitch it off at night"
    assert found.words()["dissent"] == "Bob: never"
    assert found.version == 2
