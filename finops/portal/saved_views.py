"""Views of savings: the funnel, each saving with its next step, credit, fates, and the return."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import total
from finops.portal import drawing
from finops.portal import formats
from finops.portal import once
from finops.portal import saved
from finops.portal import saved_charts
from finops.portal import saved_forms
from finops.portal import saved_tables
from finops.portal import tables
from finops.portal.saved import exactly
from finops.savings.fates import What
from finops.savings.saving import ENDED
from finops.savings.saving import NEXT
from finops.savings.saving import State

if TYPE_CHECKING:
    from decimal import Decimal

    from finops.assessment.roi import Roi
    from finops.dataset import Dataset
    from finops.savings.report import Report
    from finops.savings.report import Standing

NOTHING = "No saving is proposed yet. The worklist says what could be saved."
NOBODY = "Nothing is credited yet: a saving is credited once it is verified on a closed month."
NO_FATE = "Nothing is verified yet, so nothing has a fate."
STAYS = "Nothing that was verified has come back."
RANKED = (
    "Teams are ranked by what was verified of their own spend in the same months, and people never."
)


def funnel(_: Dataset) -> None:
    """From identified to verified: how many came so far and what they are worth."""
    told = saved.found().report
    if not told.savings:
        st.markdown(NOTHING)
        return
    drawing.show(saved_charts.funnel(told), saved_tables.funnel(told), key="savings-funnel")
    if told.ended:
        st.caption(ended(told))


def ended(told: Report) -> str:
    """What went no further, and was expected to bring so much: it is in no bar of the funnel."""
    many = tuple(
        f"{formats.count(one.many)} {one.state.value} ({saved.money(one.amount, told.currency)})"
        for one in told.ended
    )
    return f"Went no further and is in no bar, with what it was to bring: {formats.listing(many)}."


def worth(_: Dataset) -> None:
    """What the practice returns, by hard reductions first, and month by month."""
    told = saved.found().roi
    st.markdown(returned(told))
    tables.draw_or_say(saved_tables.months(told), NOBODY)


def things(dataset: Dataset) -> None:
    """Every saving, and of the chosen one what was agreed, measured and signed; its next step."""
    once.told(saved_forms.PLACE)
    found = saved.shown(dataset)
    if found:
        told = saved.found().report
        place = tables.pick(saved_tables.ledger(found, told.currency), key="savings")
        _one(found[place])
    else:
        st.markdown(NOTHING)
    with st.expander("Propose a saving that the worklist does not know"):
        saved_forms.new()


def teams(_: Dataset) -> None:
    """What each team is credited, as a share of its own spend."""
    told = saved.found()
    tables.draw_or_say(saved_tables.teams(told.teams, told.report.currency), NOBODY)
    if told.teams:
        st.caption(RANKED)


def fates(_: Dataset) -> None:
    """What became of the money."""
    tables.draw_or_say(saved_tables.fates(saved.found().report), NO_FATE)


def regressions(_: Dataset) -> None:
    """What came back."""
    tables.draw_or_say(saved_tables.regressions(saved.found().report), STAYS)


def returned(told: Roi) -> str:
    """The return in a sentence: hard reductions alone, then with avoidance, and the target."""
    hard = saved.money(told.hard, told.currency)
    parts = [f"**{hard} a year still holds by reductions alone.**"]
    if told.share is not None and told.with_avoided is not None:
        cost = saved.money(told.cost, told.currency)
        both = formats.percent(told.with_avoided, signed=True)
        alone = formats.percent(told.share, signed=True)
        parts.append(f"For {cost} of cost that returns {alone}; with avoidance {both}.")
    else:
        parts.append("What the practice costs is not entered yet.")
    if told.payback is not None and told.cost:
        parts.append(f"It pays back in {told.payback:.1f} months.")
    if told.one_off:
        parts.append(f"One-offs brought {saved.money(told.one_off, told.currency)} besides.")
    if told.target and told.reached is not None:
        goal = saved.money(told.target.amount, told.currency)
        parts.append(f"That is {formats.percent(told.reached)} of the {goal} that is wanted.")
    return " ".join(parts)


def _one(one: Standing) -> None:
    """One saving: what it is, what was signed, and the step that comes next."""
    told = one.saving
    st.markdown(f"**{formats.md_escape(told.title)}** · {formats.md_escape(_about(one))}")
    for line in (_agreed(one), _shows(one), _ahead(one)):
        if line:
            st.markdown(formats.md_escape(line))
    if one.signed:
        tables.draw(saved_tables.signed(one))
    match told.state:
        case State.IDENTIFIED:
            saved_forms.terms(one)
        case State.AGREED:
            saved_forms.done(one)
        case _:
            saved_forms.sign(one)
    left = _undecided(told.key)
    if left > 0:
        asks = f"What becomes of {formats.md_escape(exactly(one, left))}"
        with st.expander(asks, expanded=not one.waits):
            saved_forms.fate(one, left)
    if told.state not in ENDED:
        _ends(one)


def _ends(one: Standing) -> None:
    """How it goes no further: rejected by whoever could verify it, or taken back."""
    may_reject = State.REJECTED in NEXT[one.saving.state] and not saved.refused(one)
    if may_reject:
        with st.expander("Reject it"):
            saved_forms.refuse(one)
    with st.expander("Take it back"):
        saved_forms.end(one)


def _about(one: Standing) -> str:
    """Whose it is, how far, and who claims it."""
    told = one.saving
    ended = f" It ended on {formats.day(told.ended_on)}: {told.reason}" if told.ended_on else ""
    stands = f"{one.state.value}, claimed by {told.claimed_by}"
    return f"{told.key}: {formats.scope(told.scope)}, of {told.team}; {stands}.{ended}"


def _agreed(one: Standing) -> str:
    """The frozen baseline, and whose the credit is."""
    frozen = one.saving.baseline
    if frozen is None:
        return ""
    days = f"{formats.day(frozen.start)} to {formats.day(frozen.last)}"
    driver = f", driven by {frozen.driver}" if frozen.driver else ""
    whose = formats.listing(
        tuple(
            f"{' '.join(filter(None, (each.team, each.person)))} {formats.percent(each.part)}"
            for each in one.saving.split
        )
    )
    cost = exactly(one, frozen.per_day)
    return f"Agreed: {cost} a day from {days}{driver}. The credit goes to {whose}."


def _shows(one: Standing) -> str:
    """What it shows on months that are open; nobody has signed that."""
    if one.why:
        return one.why
    shown = one.realized
    if shown is None:
        return ""
    span = f"{formats.day(shown.start)} on, {formats.count(shown.days)} days"
    return (
        f"On open days ({span}), unsigned: {exactly(one, shown.verified)}, {shown.verdict.value}; "
        f"90 % interval {exactly(one, shown.low)} to {exactly(one, shown.high)}."
    )


def _ahead(one: Standing) -> str:
    """What would be signed of the first month that waits."""
    found = saved.ahead(one)
    if found is None:
        return ""
    other = f" ({found.replaced_by})" if found.replaced_by else ""
    return (
        f"{formats.month(one.waits[0])} waits: adjusted baseline {exactly(one, found.adjusted)}, "
        f"billed {exactly(one, found.actual)}, price effect {exactly(one, found.price)}; so "
        f"{exactly(one, found.verified)}: {found.verdict.value}{other}; 90 % interval "
        f"{exactly(one, found.low)} to {exactly(one, found.high)}."
    )


def _undecided(key: str) -> Decimal:
    every = saved.found().report.fates
    return total(
        each.amount for each in every if each.saving == key and each.what is What.UNDECIDED
    )
