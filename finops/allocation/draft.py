"""Draft: rules as somebody changes them before they are published, on the version that was read.

A draft is a value: each change gives another one. Where somebody else publishes first, the draft
is put on the newer version; of a rule that both have changed both texts are kept to be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import fields
from dataclasses import replace
from typing import TYPE_CHECKING

from finops.allocation.compared import compare
from finops.core.mapping import rule_body
from finops.core.mapping import RuleSet
from finops.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finops.allocation.compared import Change
    from finops.allocation.published import Version
    from finops.core.mapping import MappingRule
    from finops.core.mapping import Told

    Decided = Mapping[str, str | Told]


@dataclass(frozen=True, kw_only=True)
class Both:
    """A rule that two people changed: how it was, theirs and mine; None where it is not there."""

    rule: str
    was: MappingRule | None
    theirs: MappingRule | None
    mine: MappingRule | None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Rules on their way, and the version that they were read in."""

    base: Version
    rules: RuleSet

    @property
    def changes(self) -> tuple[Change, ...]:
        """What it says otherwise than the version that was read."""
        return compare(self.base.rules, self.rules)

    def put(self, rule: MappingRule, *, instead_of: str = "") -> Draft:
        """With a rule in the place of another; without one, at the end.

        Raises:
            UsageError: another rule has that name.
        """
        if rule.id != instead_of and rule.id in self.rules.by_id:
            message = f"There is a rule {rule.id!r} already."
            raise UsageError(message, remedy="Name this one otherwise.")
        if instead_of not in self.rules.by_id:
            return self._with((*self.rules.rules, rule))
        return self._with(tuple(rule if one.id == instead_of else one for one in self.rules.rules))

    def without(self, name: str) -> Draft:
        """Without a rule."""
        return self._with(tuple(one for one in self.rules.rules if one.id != name))

    def moved(self, name: str, *, by: int) -> Draft:
        """With a rule so many places further down, or up where that is negative."""
        rules = list(self.rules.rules)
        place = next(place for place, one in enumerate(rules) if one.id == name)
        rule = rules.pop(place)
        rules.insert(min(max(place + by, 0), len(rules)), rule)
        return self._with(tuple(rules))

    def both(self, theirs: Version) -> tuple[Both, ...]:
        """The rules that this draft and a newer version changed, each otherwise."""
        was, other, mine = self.base.rules.by_id, theirs.rules.by_id, self.rules.by_id
        return tuple(
            Both(rule=name, was=was.get(name), theirs=other.get(name), mine=mine.get(name))
            for name in {**was, **other, **mine}
            if _differ(was.get(name), mine.get(name))
            and _differ(was.get(name), other.get(name))
            and _differ(mine.get(name), other.get(name))
        )

    def on(self, theirs: Version) -> Draft:
        """The same changes on a newer version.

        Of a rule that both changed, what only one of them changed is that one's; of what both
        changed mine is kept, and of two notes both.
        """
        found = Draft(base=theirs, rules=theirs.rules)
        was, mine = self.base.rules.by_id, self.rules.by_id
        for name, rule in mine.items():
            if _differ(was.get(name), rule):
                merged = _merged(was.get(name), theirs.rules.by_id.get(name), rule)
                found = found.put(merged, instead_of=name)
        for name in was:
            if name not in mine:
                found = found.without(name)
        return found

    def _with(self, rules: tuple[MappingRule, ...]) -> Draft:
        return replace(self, rules=replace(self.rules, rules=rules))


def _merged(was: MappingRule | None, theirs: MappingRule | None, mine: MappingRule) -> MappingRule:
    """One rule of two, where both have changed the same one."""
    if was is None or theirs is None:
        return mine
    found = {
        name: getattr(theirs if getattr(mine, name) == getattr(was, name) else mine, name)
        for name in (field.name for field in fields(mine))
    }
    before, other, own = (dict(one.then) for one in (was, theirs, mine))
    decided = {name: _chosen(before, other, own, name) for name in {**other, **own}}
    found["then"] = tuple((name, value) for name, value in decided.items() if value)
    apart = was.note not in (theirs.note, mine.note) and theirs.note != mine.note
    if theirs.note and mine.note and apart:
        found["note"] = f"{theirs.note}; {mine.note}"
    return replace(mine, **found)


def _chosen(was: Decided, theirs: Decided, mine: Decided, name: str) -> str | Told | None:
    """What a rule says of a dimension: theirs where I changed nothing, else mine."""
    changed = mine.get(name) != was.get(name)
    return (mine if changed else theirs).get(name)


def _differ(one: MappingRule | None, other: MappingRule | None) -> bool:
    return (rule_body(one) if one else None) != (rule_body(other) if other else None)
