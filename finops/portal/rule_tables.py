"""Tables of mapping rules: each with what it decided, what would move, and what nobody owns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.core import rule_words
from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.core.mapping import rule_body
from finops.core.period import BillingPeriod
from finops.portal import formats
from finops.portal.tables import money_column
from finops.portal.tables import records
from finops.portal.tables import Table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.allocation.draft import Both
    from finops.allocation.idle import Idle
    from finops.allocation.preview import Preview
    from finops.allocation.unowned import Report
    from finops.core.mapping import MappingRule
    from finops.core.mapping import RuleSet

_RULE = {"Rule": 152, "When": 224, "Then": 120, "Holds": 104, "Look again": 104, "Steward": 90}
"""How wide each text of a rule is; longer ones wrap."""

_WIDE = st.column_config.TextColumn(width="large")


def rules(
    of: RuleSet, matched: Mapping[str, Decimal], idle: Sequence[Idle], month: str, currency: str
) -> Table:
    """The rules in the order in which they are tried, and what each decided in a month."""
    faults = {one.rule: one for one in idle}
    amount = f"Decided in {month} ({currency})"
    rows = [
        {
            "Place": place,
            "Rule": rule.id,
            "When": rule_words.when(rule),
            "Then": rule_words.then(rule),
            "Holds": formats.dated(rule_words.validity(rule)),
            amount: _rounded(matched.get(rule.id), currency),
            "Look again": _fault(faults.get(rule.id)),
            "Steward": rule.steward or of.steward,
        }
        for place, rule in enumerate(of.rules, start=1)
    ]
    config: dict[str, object] = {
        name: st.column_config.TextColumn(width=width) for name, width in _RULE.items()
    }
    config["Place"] = st.column_config.NumberColumn("", width=38)
    config[amount] = st.column_config.NumberColumn(
        f"Decided ({currency})", format="accounting", alignment="right", width=116, help=month
    )
    return records("Mapping rules in their order", rows, config)


def nothing_done(idle: Sequence[Idle]) -> Table:
    """Rules that do nothing, or not all they say, and those that decide in their place."""
    rows = [
        {"Rule": one.rule, "Why": str(one.fault), "Decided before by": ", ".join(one.others)}
        for one in idle
    ]
    return records("Rules that never match, are shadowed or overlap", rows)


def moves(found: Preview, dimension: str) -> Table:
    """What would go from whom to whom, month by month."""
    rows = [
        {
            "Month": formats.month_brief(BillingPeriod.parse(one.month)),
            "From": one.source,
            "To": one.target,
            "Effective cost": _rounded(one.effective, one.currency),
            "Billed cost": _rounded(one.billed, one.currency),
            "Currency": one.currency,
            "Charges": one.charges,
        }
        for one in found.moves
        if one.dimension == dimension
    ]
    config = {"Effective cost": money_column(), "Billed cost": money_column()}
    return records("What would move", rows[::-1], config)


def unowned(found: Report) -> Table:
    """What nobody owns, largest first, with who looks after it, since when, and what would help."""
    amount = f"Effective cost ({found.currency})"
    rows = [
        {
            "Account": line.name or line.sub_account,
            "Service": line.service,
            amount: _rounded(line.amount, found.currency),
            "Steward": line.steward,
            "Unowned since": formats.dated(line.since),
            "Months": line.age,
            "Suggested": rule_words.then(line.rule) if line.rule else "",
        }
        for line in found.lines
    ]
    return records("Cost that nobody owns", rows, {amount: money_column()})


def both(found: Sequence[Both]) -> Table:
    """Rules that somebody else changed too: how each was, theirs and mine."""
    rows = [
        {
            "Rule": one.rule,
            "Was": _told(one.was),
            "Theirs": _told(one.theirs),
            "Yours": _told(one.mine),
        }
        for one in found
    ]
    return records(
        "Rules that both of you changed", rows, dict.fromkeys(("Theirs", "Yours"), _WIDE)
    )


def _told(rule: MappingRule | None) -> str:
    if rule is None:
        return "not there"
    more = rule_body(rule)
    note = f"; note: {more['note']}" if "note" in more else ""
    holds = rule_words.validity(rule)
    steward = f"; steward: {rule.steward}" if rule.steward else ""
    said = f"When {rule_words.when(rule)}, then {rule_words.then(rule)}; holds {holds}"
    return f"{said}{steward}{note}"


def _fault(one: Idle | None) -> str:
    if one is None:
        return ""
    return f"{one.fault} ({', '.join(one.others)})" if one.others else str(one.fault)


def _rounded(number: Decimal | None, currency: str) -> Decimal | None:
    return None if number is None else number.quantize(minor_unit(currency), context=EXACT)
