"""Idle: rules that never match, that stand in the shadow of others, or that overlap."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from finops.dataset.matches import meetings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from finops.core.mapping import RuleSet
    from finops.dataset import Dataset
    from finops.dataset.matches import Meeting


class Fault(StrEnum):
    """Why a rule deserves a second look."""

    NEVER = "never matches"
    SHADOWED = "shadowed"
    OVERLAPS = "overlaps"


@dataclass(frozen=True, kw_only=True)
class Idle:
    """A rule and its fault; `others` are the rules before it that decide in its place."""

    rule: str
    fault: Fault
    others: tuple[str, ...] = ()


def idle(dataset: Dataset, root: Path, rules: RuleSet | None = None) -> tuple[Idle, ...]:
    """The rules of a set, of the published one without any, that do nothing or not all they say.

    A rule overlaps where an earlier one decides some of what it matches, and is shadowed where
    earlier ones decide all of it. Which charges these are decides, not how the rules are written.
    """
    asked = dataset.rules if rules is None else rules
    found = meetings(dataset.snapshot.charges, root, dataset.organization, asked)
    return tuple(one for one in (_idle(rule.id, found) for rule in asked.rules) if one)


def _idle(rule: str, found: Iterable[Meeting]) -> Idle | None:
    met = [one for one in found if rule in one.rules]
    if not met:
        return Idle(rule=rule, fault=Fault.NEVER)
    before = {name for one in met for name in one.rules[: one.rules.index(rule)]}
    if not before:
        return None
    decides = any(one.rules[0] == rule for one in met)
    fault = Fault.OVERLAPS if decides else Fault.SHADOWED
    return Idle(rule=rule, fault=fault, others=tuple(sorted(before)))
