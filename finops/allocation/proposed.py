"""Proposed: what one more mapping rule would have done to every team in months that are closed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from finops.access.workspace import organization_at
from finops.allocation.agreed import agreed
from finops.allocation.preview import converted
from finops.allocation.preview import Preview
from finops.allocation.preview import sees_all
from finops.core.mapping import check
from finops.core.mapping import RuleSet
from finops.dataset.moves import moves

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.access.workspace import Workspace
    from finops.core.mapping import MappingRule
    from finops.core.period import BillingPeriod
    from finops.dataset import Dataset
    from finops.dataset.moves import Move


def proposed(
    workspace: Workspace, dataset: Dataset, rule: MappingRule, months: Iterable[BillingPeriod]
) -> Preview:
    """What would move if a rule stood before all others in these months, whatever its own dates.

    Each month keeps the rules and the organization by which it was closed, so that nothing but the
    proposal moves anything; and nothing is written.

    Raises:
        NotAllowed: the viewer sees a part of the cost only.
        InputError: the rule decides what the organization does not have.
    """
    sees_all(scope.viewer for scope in dataset.scopes)
    check(RuleSet(rules=(rule,)), dataset.organization)
    always = replace(rule, valid_from=None, valid_to=None)
    found: list[Move] = []
    for month in months:
        by = agreed(workspace, dataset.snapshot, str(month))
        parts = [part for part in dataset.snapshot.charges if part.month == str(month)]
        with workspace.store.reading() as session:
            organization = organization_at(session, by.revision)
        others = (one for one in by.version.rules.rules if one.id != rule.id)
        rules = replace(by.version.rules, rules=(always, *others))
        found += moves(parts, workspace.root, organization, rules=rules)
    currency, told = converted(dataset, found)
    return Preview(currency=currency, changes=(), moves=told, closed=())
