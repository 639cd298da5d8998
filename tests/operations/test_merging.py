"""Merging: what only one changed holds, and where both wrote, both texts are kept."""

from __future__ import annotations

from decimal import Decimal

from finops.operations.decisions import Option
from finops.operations.merging import merge
from finops.operations.merging import merged
from tests.operations.room import decision

BASE = decision(key="D1", version=1, context="It costs much.")


def test_changes_of_different_fields_both_hold() -> None:
    theirs = BASE.model_copy(update={"version": 2, "dissent": "Bob doubts it"})
    yours = BASE.model_copy(update={"choice": "Halve it"})
    found = merged(BASE, theirs, yours)
    assert (found.dissent, found.choice, found.version) == ("Bob doubts it", "Halve it", 2)
    assert merge(BASE, theirs, yours).clashes == ()


def test_two_texts_of_one_field_are_both_kept_and_named() -> None:
    theirs = BASE.model_copy(update={"version": 2, "context": "It costs 900 a month."})
    yours = BASE.model_copy(update={"context": "Nobody uses it."})
    found = merged(BASE, theirs, yours)
    assert found.context == "It costs 900 a month.\nNobody uses it."
    assert merge(BASE, theirs, yours).clashes == ("context",)


def test_lists_keep_what_is_in_either_and_of_two_amounts_yours_is_shown_as_a_clash() -> None:
    theirs = BASE.model_copy(update={"version": 2, "options": (Option(text="keep"),),
                                     "expected": Decimal(-100)})  # fmt: skip
    yours = BASE.model_copy(update={"options": (Option(text="halve"),), "expected": Decimal(-150)})
    found = merged(BASE, theirs, yours)
    assert [one.text for one in found.options] == ["keep", "halve"]
    assert found.expected == -150
    assert set(merge(BASE, theirs, yours).clashes) == {"options", "expected"}
