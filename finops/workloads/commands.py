"""Commands: what a person may copy to check, act and undo; Tieout never runs any of them."""

from __future__ import annotations

import re
import shlex
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.resource_id import short

if TYPE_CHECKING:
    from finops.workloads.resources import Resource
    from finops.workloads.waste_rules import Rule

_ID = re.compile(r"[\w/][\w./:@+=,~\-() $]{0,500}")
_GROUP = re.compile(r"/resourcegroups/([^/]+)/", re.IGNORECASE)
_LOG_GROUP = re.compile(r":log-group:([^:]+)")
_PROJECT = re.compile(r"/projects/([^/]+)/")
_ZONE = re.compile(r"/zones/([^/]+)/")


class Commands(NamedTuple):
    """Three commands, the first of which only reads; all empty where an id is none."""

    check: str
    fix: str
    undo: str


def commands(rule: Rule, resource: Resource) -> Commands:
    """The rule's commands for a resource, everything that comes from data quoted.

    An id that could be taken for an option, or holds what no id holds, gets no command.
    """
    words = _words(resource)
    if not all(_ID.fullmatch(word) for word in words.values() if word):
        return Commands("", "", "")
    quoted = {name: shlex.quote(word) if word else "UNKNOWN" for name, word in words.items()}
    texts = (text.format(**quoted) for text in (rule.check, rule.fix, rule.undo))
    return Commands(*texts)


def _words(resource: Resource) -> dict[str, str]:
    told = resource.id
    return {
        "id": short(told),
        "arn": told,
        "region": resource.region,
        "zone": resource.zone or _first(_ZONE, told),
        "group": _first(_LOG_GROUP, told) or _first(_GROUP, told),
        "project": _first(_PROJECT, told) or resource.account,
    }


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group(1) if found else ""
