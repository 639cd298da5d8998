"""Tables of statements: the lines of one, the standing of all, and what a rule would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import Amount
from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.operations.owners import TEAM
from finops.operations.standing import Word
from finops.portal import formats
from finops.portal import tables
from finops.portal.tables import money_column

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.allocation.preview import Preview
    from finops.operations.telling import Told

_OWNER = 235
"""How wide the longest name of an owner is."""

SAID = {
    Word.OPEN: "month not closed",
    Word.WAITING: "waiting",
    Word.ACCEPTED: "accepted",
    Word.SILENT: "accepted by silence",
    Word.DISPUTED: "disputed",
}


def lines(one: Told) -> tables.Table:
    """The lines of a statement beside the month before, and their sum."""
    told = one.statement
    period = BillingPeriod.parse(told.period)
    now, then = (f"{formats.month(m)} ({told.currency})" for m in (period, period.plus(-1)))
    moved = f"Change ({told.currency})"
    found = [(each.says, each.amount, each.before) for each in told.lines]
    rows: list[dict[str, object]] = [
        {
            "Line": says,
            now: _posted(amount, told.currency),
            then: _posted(before, told.currency),
            moved: _posted(EXACT.subtract(amount, before), told.currency),
        }
        for says, amount, before in (*found, ("Total", told.total, told.before))
    ]
    config = {name: money_column() for name in (now, then, moved)}
    return tables.records(f"Statement of {one.called}", rows, config)


def credit(one: Told) -> tables.Table:
    """What the owner is credited for savings, which is no part of the sum: the cost has fallen."""
    told = one.statement
    amount, avoided = (f"{name} ({told.currency})" for name in ("Credit", "of it avoided"))
    found = [(each.says, each.month, each.amount, each.avoided) for each in told.savings]
    sums = ("Total", "", told.saved, total(each.avoided for each in told.savings))
    rows: list[dict[str, object]] = [
        {
            "Saving": says,
            "Saved in": formats.month(BillingPeriod.parse(month)) if month else "",
            amount: _posted(number, told.currency),
            avoided: _posted(part, told.currency),
        }
        for says, month, number, part in (*found, sums)
    ]
    config = {name: money_column() for name in (amount, avoided)}
    return tables.records(f"Savings credit of {one.called}", rows, config)


def standings(found: Sequence[Told]) -> tables.Table:
    """Every owner with its cost, its word, and the months it has yet to agree to."""
    currency = found[0].statement.currency if found else ""
    bears = f"Bears ({currency})"
    rows: list[dict[str, object]] = [
        {
            "Team or cost center": one.called,
            "Answers for it": one.owner or formats.NONE,
            bears: _posted(one.statement.total, currency),
            "Standing": SAID[one.standing.word],
            "Since or until": _when(one),
            "Yet to agree to": _months(one.unheard),
        }
        for one in found
    ]
    config = {"Team or cost center": st.column_config.TextColumn(width=_OWNER, pinned=True)}
    config |= {bears: money_column()}
    return tables.records("Who has agreed to what it bears", rows, config)


def proposal(found: Preview) -> tables.Table:
    """What each team would gain or lose, a column a month; each column adds up to nothing."""
    nets = [one for one in found.nets if one.dimension == TEAM]
    months = sorted({one.month for one in nets})
    named = {m: f"{formats.month(BillingPeriod.parse(m))} ({found.currency})" for m in months}
    sums = {(one.value, one.month): one.effective for one in nets}
    rows: list[dict[str, object]] = [
        {
            "Team": team,
            **{
                named[month]: None
                if (amount := sums.get((team, month))) is None
                else _posted(amount, found.currency)
                for month in months
            },
        }
        for team in sorted({one.value for one in nets})
    ]
    config = {column: money_column() for column in named.values()}
    return tables.records("What the proposed rule would have changed", rows, config)


def sentence(one: Told) -> str:
    """What an owner bears, how that moved, its budget, and where the statement stands."""
    told = one.statement
    period = BillingPeriod.parse(told.period)
    whole = formats.money(Amount(told.total, told.currency))
    moved = Amount(EXACT.subtract(told.total, told.before), told.currency)
    head = f"**{formats.md_escape(one.called)} bears {whole} of {formats.month(period)}**"
    change = f"{formats.money(moved, signed=True)} to {formats.month(period.plus(-1))}"
    return f"{head}, {change}. {stands(one)}"


def stands(one: Told) -> str:
    """Where a statement stands, in a sentence."""
    at, who = one.standing, formats.md_escape(one.owner or "its owner")
    until, day = (formats.day(d) if d else formats.NONE for d in (at.until, at.day))
    words = {
        Word.ACCEPTED: f"{formats.md_escape(at.by)} accepted it on {day}.",
        Word.SILENT: f"Nobody objected until {until}, so it is accepted.",
        Word.WAITING: f"It waits for {who}; silence accepts it after {until}.",
        Word.DISPUTED: "A line of it is disputed.",
        Word.OPEN: f"{who[:1].upper()}{who[1:]} is asked to accept it once the month is closed.",
    }
    moved = " What was accepted before had other figures." if at.moved else ""
    return words[at.word] + moved


def budget(one: Told) -> str:
    """What of a budget the owner's own charges are; empty where there is no budget."""
    told = one.statement
    if told.budget is None:
        return ""
    own, planned = (formats.money(Amount(n, told.currency)) for n in (told.own, told.budget))
    share = EXACT.divide(told.own, told.budget) if told.budget else None
    part = f" ({formats.percent(share)})" if share is not None else ""
    return f"Its own charges are {own} of a budget of {planned}{part}; shared cost is not in it."


def _months(told: Sequence[str]) -> str:
    """Months by their short names, the years where they end; nothing where there are none."""
    months = [BillingPeriod.parse(month) for month in told]
    last = {one.year: one for one in months}
    named = [
        formats.month_short(one) + (f" {one.year}" if last[one.year] == one else "")
        for one in months
    ]
    return ", ".join(named) or "nothing"


def _when(one: Told) -> str:
    day = one.standing.day or one.standing.until
    return formats.day(day) if day else formats.NONE


def _posted(number: Decimal, currency: str) -> Decimal:
    return number.quantize(minor_unit(currency), context=EXACT)
