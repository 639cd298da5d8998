"""Compared: what differs between two versions of the mapping rules, in words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from finops.core.mapping import rule_body

if TYPE_CHECKING:
    from finops.core.mapping import RuleSet

ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"
_OTHER = ("lookups", "stewards", "steward", "pools", "required")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One rule, or table, of which two versions say something else.

    `kind` is added, removed, changed or moved; `before` and `after` are its text, or its place.
    """

    kind: str
    rule: str
    before: str = ""
    after: str = ""

    @property
    def words(self) -> str:
        """As a person says it."""
        if self.kind == MOVED:
            return f"{self.rule} moved from place {self.before} to {self.after}"
        if self.kind == CHANGED:
            return f"{self.rule} changed from {self.before} to {self.after}"
        return f"{self.rule} {self.kind}"


def compare(before: RuleSet, after: RuleSet) -> tuple[Change, ...]:
    """What `after` says otherwise than `before`; nothing where they are the same."""
    found: list[Change] = []
    for name, rule in before.by_id.items():
        if name not in after.by_id:
            found.append(Change(kind=REMOVED, rule=name, before=_text(rule_body(rule))))
    for name, rule in after.by_id.items():
        now = _text(rule_body(rule))
        then = _text(rule_body(before.by_id[name])) if name in before.by_id else ""
        if not then:
            found.append(Change(kind=ADDED, rule=name, after=now))
        elif then != now:
            found.append(Change(kind=CHANGED, rule=name, before=then, after=now))
    return (*found, *_moved(before, after), *_others(before, after))


def _moved(before: RuleSet, after: RuleSet) -> list[Change]:
    """Rules that stand in another place among those that both have."""
    kept = [name for name in before.by_id if name in after.by_id]
    now = [name for name in after.by_id if name in before.by_id]
    places = {name: place for place, name in enumerate(before.by_id, start=1)}
    numbered = {name: place for place, name in enumerate(after.by_id, start=1)}
    return [
        Change(kind=MOVED, rule=name, before=str(places[name]), after=str(numbered[name]))
        for old, name in zip(kept, now, strict=True)
        if old != name
    ]


def _others(before: RuleSet, after: RuleSet) -> list[Change]:
    """What else a rule set says: its tables, and who answers for what nobody owns."""
    one, other = before.to_mapping(), after.to_mapping()
    return [
        Change(kind=CHANGED, rule=name, before=_text(one.get(name)), after=_text(other.get(name)))
        for name in _OTHER
        if one.get(name) != other.get(name)
    ]


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if value is not None else "nothing"
