"""Suggested: a rule that would give unowned cost to a team, and what speaks for it.

A tag whose key or value is nearly the right one speaks loudest, then a resource named after a
team, then an account of which one team owns nearly all the rest, then the account's own name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from difflib import get_close_matches
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.condition import folded
from finops.core.condition import normalized
from finops.core.mapping import MappingRule
from finops.core.mapping import read_rule
from finops.core.measure import Axis
from finops.core.period import BillingPeriod
from finops.core.scope import Scope
from finops.dataset.sql import parse
from finops.focus.columns import UNALLOCATED
from finops.measures import ask
from finops.measures import Query

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from finops.dataset import Dataset

TEAM = "x_Team"
DOMINANT = Decimal("0.8")
"""The share of an account's owned cost from which on one team is taken for its owner."""

_DEAREST = (
    "SELECT SubAccountId, ServiceName, x_Tags, ResourceName, sum(EffectiveCost) AS cost "
    "FROM lines GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC NULLS LAST LIMIT 5000"
)
_NEAR = 0.8
_PARTS = re.compile(r"[-_./ ]+")

Group = tuple[str, str]
"""Sub account and service."""


class Suggestion(NamedTuple):
    """A rule, and what speaks for it."""

    rule: MappingRule
    why: str


def suggest(dataset: Dataset, month: str) -> dict[Group, Suggestion]:
    """For groups of unowned cost of a billing month the rule that would catch most of it."""
    teams = {folded(team.id): team.id for team in dataset.organization.at(month).teams}
    found: dict[Group, Suggestion] = {}
    for group, tags, name in _charges(dataset, month):
        if group not in found:
            told = _by_tag(dataset, tags, teams) or _by_name(name, group, teams)
            if told:
                found[group] = told
    return found


def for_accounts(dataset: Dataset, month: str) -> dict[str, Suggestion]:
    """For sub accounts the rule that gives their rest to the team that owns nearly all of them."""
    query = Query(
        measures=("EffectiveCost",),
        by=("SubAccountId", "SubAccountName", TEAM),
        period=BillingPeriod.parse(month),
        axis=Axis.BILLING,
    )
    owned: dict[str, dict[str, Decimal]] = defaultdict(dict)
    names: dict[str, str] = {}
    for account, name, team, cost in ask(dataset, query).rows:
        if account:
            names[str(account)] = str(name or "")
            if team != UNALLOCATED:
                owned[str(account)][str(team)] = abs(Decimal(str(cost or 0)))
    teams = {folded(team.id): team.id for team in dataset.organization.at(month).teams}
    told = {account: _by_siblings(account, owned[account]) for account in names}
    return {
        account: one
        for account, name in names.items()
        if (one := told[account] or _by_account_name(account, name, teams))
    }


def _charges(
    dataset: Dataset, month: str
) -> Iterator[tuple[Group, Mapping[str, str | None], str | None]]:
    """The unowned charges' tags and names, the dearest first."""
    period = BillingPeriod.parse(month)
    nobody: tuple[tuple[str, frozenset[str | None]], ...] = ((TEAM, frozenset({UNALLOCATED})),)
    scope = Scope(filters=nobody, start=period.start, end=period.end, axis=Axis.BILLING)
    for account, service, tags, name, _ in dataset.within(scope).select(parse(_DEAREST)).rows:
        yield (str(account or ""), str(service or "")), tags or {}, name


def _by_tag(
    dataset: Dataset, tags: Mapping[str, str | None], teams: Mapping[str, str]
) -> Suggestion | None:
    """A tag whose key, or whose value, is nearly one that is read."""
    keys = [
        normalized(key) for d in dataset.organization.dimensions if d.name == TEAM for key in d.tags
    ]
    for key, value in tags.items():
        said = folded(value or "")
        if said and key in keys and (near := get_close_matches(said, teams, 1, _NEAR)):
            why = f"the tag {key} says {said!r}, nearly {teams[near[0]]!r}"
            return _rule(f"tag-{key}-{said}", {f"tag:{key}": said}, teams[near[0]], why)
        if said in teams and (like := get_close_matches(key, keys, 1, _NEAR)):
            why = f"the tag key {key!r} is nearly {like[0]!r}"
            return _rule(f"tag-{key}-{said}", {f"tag:{key}": said}, teams[said], why)
    return None


def _by_name(name: str | None, group: Group, teams: Mapping[str, str]) -> Suggestion | None:
    """A resource that is named after a team."""
    start = next(iter(_PARTS.split(folded(name or ""))), "")
    if start not in teams or not name:
        return None
    when = {"sub_account": group[0]} if group[0] else {}
    prefix = folded(name)[: len(start) + 1]
    why = f"resources there are named {prefix}…"
    return _rule(f"name-{start}", when | {"resource_name": {"prefix": prefix}}, teams[start], why)


def _by_siblings(account: str, owned: Mapping[str, Decimal]) -> Suggestion | None:
    """An account of which one team owns nearly all that anybody owns."""
    whole = sum(owned.values(), Decimal(0))
    team, most = max(owned.items(), key=lambda one: (one[1], one[0]), default=("", Decimal(0)))
    if not whole or most < whole * DOMINANT:
        return None
    share = int(most * 100 / whole)
    why = f"{team} has {share} % of what is owned in this account"
    return _rule(f"account-{account}", {"sub_account": account}, team, why)


def _by_account_name(account: str, name: str, teams: Mapping[str, str]) -> Suggestion | None:
    """An account that is named after a team."""
    said = [teams[part] for part in _PARTS.split(folded(name)) if part in teams]
    if len(set(said)) != 1:
        return None
    why = f"the account is named {name}"
    return _rule(f"account-{account}", {"sub_account": account}, said[0], why)


def _rule(name: str, when: Mapping[str, object], team: str, why: str) -> Suggestion:
    body = {"id": name, "when": when, "then": {TEAM: team}, "note": f"Suggested: {why}."}
    return Suggestion(read_rule(body), why)
