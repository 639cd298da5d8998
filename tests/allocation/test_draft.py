from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.allocation.draft import Draft
from finops.allocation.published import Version
from finops.core.mapping import MappingRule
from finops.core.mapping import RuleSet
from finops.errors import UsageError


def rule(name: str, team: str = "search") -> MappingRule:
    return MappingRule(id=name, then=(("x_Team", team),))


def version(number: int, *rules: MappingRule) -> Version:
    return Version(number=number, rules=RuleSet(rules=rules))


def drafted(of: Version) -> Draft:
    return Draft(base=of, rules=of.rules)


def ids(draft: Draft) -> list[str]:
    return list(draft.rules.by_id)


def test_rules_are_added_changed_moved_and_taken_out() -> None:
    draft = drafted(version(1, rule("a"), rule("b")))
    assert draft.changes == ()
    draft = draft.put(rule("c")).put(rule("a", "data"), instead_of="a")
    assert ids(draft) == ["a", "b", "c"]
    assert ids(draft.moved("c", by=-1)) == ["a", "c", "b"]
    assert ids(draft.moved("a", by=-1)) == ["a", "b", "c"]
    assert ids(draft.moved("a", by=9)) == ["b", "c", "a"]
    assert ids(draft.without("b")) == ["a", "c"]
    assert [change.words.split(" ")[:2] for change in draft.changes] == [
        ["a", "changed"],
        ["c", "added"],
    ]
    with pytest.raises(UsageError, match="a rule 'b' already"):
        draft.put(rule("b"))


def test_of_a_rule_that_two_changed_both_texts_are_there_and_mine_is_kept() -> None:
    mine = drafted(version(1, rule("a"), rule("b"), rule("c")))
    mine = mine.put(rule("a", "mine"), instead_of="a").without("c").put(rule("d"))
    theirs = version(2, rule("a", "theirs"), rule("b", "theirs"), rule("c"), rule("e"))
    (both,) = mine.both(theirs)
    assert both.rule == "a"
    assert [one.then[0][1] if one else "" for one in (both.was, both.theirs, both.mine)] == [
        "search",
        "theirs",
        "mine",
    ]
    found = mine.on(theirs)
    assert found.base.number == 2
    assert {name: one.then[0][1] for name, one in found.rules.by_id.items()} == {
        "a": "mine",
        "b": "theirs",
        "e": "search",
        "d": "search",
    }


def test_of_one_rule_each_keeps_what_only_he_changed_and_both_notes_stay() -> None:
    was = replace(rule("a"), note="old", steward="ana")
    mine = drafted(version(1, was)).put(
        replace(was, note="mine", valid_to="2026-09"), instead_of="a"
    )
    both = (("x_Team", "search"), ("x_CostCenter", "CC-1"))
    theirs = replace(was, note="theirs", steward="ben", then=both)
    (found,) = mine.on(version(2, theirs)).rules.rules
    assert found == replace(theirs, note="theirs; mine", valid_to="2026-09")


teams = st.sampled_from(["x", "y", "z"])
rule_sets = st.dictionaries(st.sampled_from("abcd"), teams).map(
    lambda told: tuple(rule(name, team) for name, team in told.items())
)


@given(was=rule_sets, theirs=rule_sets, mine=rule_sets)
def test_nobody_s_words_are_lost(
    was: tuple[MappingRule, ...], theirs: tuple[MappingRule, ...], mine: tuple[MappingRule, ...]
) -> None:
    """Every change of mine is in what comes out, and theirs wherever I changed nothing."""
    base = version(1, *was)
    draft = Draft(base=base, rules=RuleSet(rules=mine))
    found = draft.on(version(2, *theirs)).rules.by_id
    before, other, own = base.rules.by_id, RuleSet(rules=theirs).by_id, RuleSet(rules=mine).by_id
    for name in "abcd":
        wanted = own if before.get(name) != own.get(name) else other
        assert found.get(name) == wanted.get(name)
