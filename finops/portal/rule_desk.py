"""Rule desk: the mapping rules that hold, the reader's draft, and what is known of both."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import streamlit as st

from finops.allocation.draft import Draft
from finops.allocation.idle import idle as idle_rules
from finops.allocation.preview import preview as previewed
from finops.allocation.published import newest_version
from finops.allocation.unowned import unowned as unowned_cost
from finops.core.measure import Axis
from finops.measures import Query
from finops.portal import desk
from finops.portal.memory import Memory

if TYPE_CHECKING:
    from finops.allocation.idle import Idle
    from finops.allocation.preview import Preview
    from finops.allocation.unowned import Report
    from finops.core.mapping import RuleSet
    from finops.core.period import BillingPeriod
    from finops.dataset import Dataset

_DRAFT = "rules-draft"
_KEPT = 50


def draft() -> Draft:
    """The reader's draft, or the rules that hold as one without a change."""
    kept: Draft | None = st.session_state.get(_DRAFT)
    if kept is not None and kept.changes:
        return kept
    version = newest_version(desk.workspace())
    return Draft(base=version, rules=version.rules)


def keep(changed: Draft) -> None:
    """Keep a draft for as long as the reader stays."""
    st.session_state[_DRAFT] = changed


def drop() -> None:
    """Go back to the rules that hold."""
    st.session_state.pop(_DRAFT, None)


def with_names(rules: RuleSet) -> RuleSet:
    """The rules with their stewards as people read them: by name, not by id."""
    known = {one.id: one.name for one in desk.organization().people}
    named = tuple(
        replace(one, steward=known.get(one.steward, one.steward)) if one.steward else one
        for one in rules.rules
    )
    return replace(rules, rules=named, steward=known.get(rules.steward, rules.steward))


def matched(dataset: Dataset, period: BillingPeriod) -> dict[str, Decimal]:
    """How much effective cost of a billing month each rule decided; of several, once each."""
    found: dict[str, Decimal] = {}
    columns = dict(zip(dataset.own_dimensions, dataset.rule_columns, strict=True))
    for name in dataset.rules.dimensions:
        query = Query(
            measures=("EffectiveCost",), by=(columns[name],), period=period, axis=Axis.BILLING
        )
        for rule, cost in desk.ask(dataset, query).rows:
            if rule is not None:
                amount = Decimal(str(cost or 0))
                found[str(rule)] = max(found.get(str(rule), amount), amount, key=abs)
    return found


def idle(dataset: Dataset) -> tuple[Idle, ...]:
    """The published rules that do nothing, looked for once a snapshot."""
    workspace = desk.workspace()
    key = (workspace.root, dataset.snapshot.id, dataset.snapshot.revision)
    return _idle().get(key, lambda: idle_rules(dataset, workspace.root))


def unowned(dataset: Dataset, month: str) -> Report:
    """What nobody owns in a billing month, stewards by name; once a snapshot and scope."""
    key = (desk.workspace().root, dataset.snapshot.id, dataset.snapshot.revision)
    found = _unowned().get((*key, dataset.scopes, month), lambda: unowned_cost(dataset, month))
    known = {one.id: one.name for one in desk.organization().people}
    lines = (replace(one, steward=known.get(one.steward, one.steward)) for one in found.lines)
    return replace(found, lines=tuple(lines))


def preview(changed: Draft) -> Preview:
    """What a draft would move, looked for once a snapshot and draft."""
    workspace, whole, actor = desk.workspace(), desk.whole(), desk.actor()
    key = (workspace.root, whole.snapshot.id, whole.snapshot.revision, actor.name)
    return _previews().get(
        (*key, changed.base.number, changed.rules.digest),
        lambda: previewed(workspace, whole, changed.rules, actor=actor),
    )


@st.cache_resource(show_spinner=False)
def _idle() -> Memory[tuple[Idle, ...]]:
    return Memory(_KEPT)


@st.cache_resource(show_spinner=False)
def _unowned() -> Memory[Report]:
    return Memory(_KEPT)


@st.cache_resource(show_spinner=False)
def _previews() -> Memory[Preview]:
    return Memory(_KEPT)
