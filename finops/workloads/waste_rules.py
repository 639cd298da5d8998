"""Waste rules: what each looks for, how sure it is, what may be wrong with it, and what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parents[2] / "data" / "reference" / "waste_rules.yaml"
VERSION = "1"


class Proof(StrEnum):
    """How sure a finding is."""

    PROVEN = "proven"
    INDICATED = "indicated"
    ADVISED = "advised by the provider"


class Action(StrEnum):
    """What is to be done, in the order in which savings stack: each on what the former leaves."""

    DELETE = "delete"
    STOP = "stop"
    RETAIN = "retain"
    SCHEDULE = "schedule"
    RESIZE = "resize"
    UPGRADE = "upgrade"
    COMMIT = "commit"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of the file; see the comment at its head."""

    id: str
    title: str
    provider: str
    action: Action
    about: str
    finds: str
    share: str
    proof: Proof
    looks_for: str
    false_positives: str
    risk: str
    effort_hours: str
    rollback: str
    check: str
    fix: str
    undo: str
    needs: str = ""

    def is_about(self, text: str) -> bool:
        """Whether a meter is one that the rule is about."""
        return re.search(self.about, text) is not None

    def is_for(self, provider: str) -> bool:
        """Whether the rule is about a provider's resources."""
        return re.search(self.provider, provider.casefold()) is not None


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the file."""
    told: dict[str, list[dict[str, Any]]] = yaml.safe_load(FILE.read_text("utf-8"))
    return tuple(
        Rule(**{**row, "action": Action(row["action"]), "proof": Proof(row["proof"])})
        for row in told["rules"]
    )
