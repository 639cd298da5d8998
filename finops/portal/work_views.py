"""Views of the worklist: what is worth most, what to do and how, and what would prove more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import Amount
from finops.operations.issues import filled
from finops.portal import desk
from finops.portal import drawing
from finops.portal import exports
from finops.portal import formats
from finops.portal import once
from finops.portal import set_up
from finops.portal import tables
from finops.portal import work_charts
from finops.portal import work_forms
from finops.portal import work_tables
from finops.portal import works
from finops.reporting.exports import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from finops.dataset import Dataset
    from finops.portal.lens import Lens
    from finops.portal.works import Work
    from finops.workloads.findings import Finding
    from finops.workloads.worklist import Worklist

NOTHING = (
    "Nothing is to be done here. What is held or done stands on the Worklist, with its switch on."
)
KNOWN = "Everything that the rules could ask for is known this week."
NOT_DONE = "Nothing waits to be verified."
INDEX = (
    "The optimization index: 1 less what could go, over what resources cost. What could go is told "
    "once for each resource and action, less what a commitment keeps on the bill."
)
LISTED = (
    "The list price is what anybody would pay; what is saved is what this organization really "
    "pays, less what a commitment keeps on the bill."
)


def by_kind(dataset: Dataset) -> None:
    """What each kind of thing is worth."""
    _sums(dataset, "Kind", lambda one: one.finding.title)


def by_team(dataset: Dataset) -> None:
    """What each team can do."""
    _sums(dataset, "Team", lambda one: one.finding.resource.team)


def things(dataset: Dataset) -> None:
    """What is to be done, and of the chosen one its price, its commands and its next step."""
    once.told(work_forms.PLACE)
    every = st.toggle("Held and done as well", key="works-every", persist_state="session")
    shown = works.works(dataset) if every else works.waiting(dataset)
    if shown:
        _take_away()
    listed(shown, works.found(dataset), key="works")


def listed(shown: tuple[Work, ...], told: Worklist, *, key: str) -> None:
    """Some things to do, and of the chosen one its price, its commands and its next step."""
    if not shown:
        st.markdown(NOTHING)
        return
    place = tables.pick(work_tables.things(shown, told, desk.today()), key=key)
    _one(shown[place], told)


def coverage(dataset: Dataset) -> None:
    """How much of the cost is as it should be, whole and by team."""
    told = works.found(dataset)
    if told.optimized is None:
        st.markdown(NOTHING)
        return
    left, cost = works.money(told.net, told), works.money(told.cost, told)
    share = formats.percent(told.optimized / 100)
    st.markdown(f"**{share} of {cost} is as it should be**; {left} of 30 days could go now.")
    tables.draw(work_tables.coverage(told))
    st.caption(INDEX)


def done(dataset: Dataset) -> None:
    """What is done: whether the bill shows it still, and the word of somebody else on it."""
    found = works.done(dataset)
    if not found:
        st.markdown(NOT_DONE)
        return
    one = found[tables.pick(work_tables.done(found, desk.today()), key="done")]
    title = formats.md_escape(one.progress.title)
    if one.shown:
        st.markdown(f"**{title}**: the last 30 days of the bill still show it.")
        return
    st.markdown(f"**{title}**: the bill no longer shows it.")
    work_forms.verify(one)


def any_done(_: Lens) -> bool:
    """Whether anything is done and not yet verified."""
    return bool(works.said_done())


def unlocks(dataset: Dataset) -> None:
    """Commands that only read, and the cost of what they would tell of."""
    told = works.found(dataset)
    tables.draw_or_say(work_tables.unlocks(told), KNOWN)
    commands = [one.command for one in told.unlocks if one.command.startswith(("aws", "az"))]
    if commands:
        st.markdown("Run them where you may, and add what they print: `finops inventory add FILE`.")
        st.code("\n".join(commands), language="bash")


def _take_away() -> None:
    """The list as a file, of every team."""
    then = desk.as_of()
    asked = f"?as_of={then}" if then else ""
    with st.container(horizontal=True):
        for kind in KINDS:
            address = f"{exports.WORKLIST}.{kind}{asked}"
            st.link_button(f"Worklist as {kind}", address, icon=":material/download:")


def _sums(dataset: Dataset, by: str, name: Callable[[Work], str]) -> None:
    told, todo = works.found(dataset), works.waiting(dataset)
    if not todo:
        st.markdown(NOTHING)
        return
    chart = work_charts.worth(work_tables.grouped(todo, name), told, by)
    drawing.show(chart, work_tables.sums(todo, told, by, name), key=f"works-{by.lower()}")


def _one(work: Work, told: Worklist) -> None:
    finding = work.finding
    st.markdown(
        f"**{formats.md_escape(finding.title)}** · {formats.md_escape(finding.resource.id)}"
    )
    st.markdown(f"{formats.md_escape(finding.why)} {_worth(finding, told)}")
    st.caption(formats.md_escape(_careful(finding)))
    left, right = st.columns(2)
    with left:
        _commands(finding)
    with right:
        st.markdown(f"{_badge(work)} It is **{work.progress.state}**{_whose(work)}.")
        work_forms.step(work)
        work_forms.claim(finding, told.currency)
        _issue(work, told)


def _worth(finding: Finding, told: Worklist) -> str:
    """What it costs and saves; the basis of the share, and why the list price is higher."""
    cost = formats.md_escape(formats.money(Amount(finding.cost, told.currency)))
    if finding.gross is None or finding.net is None:
        return f"It costs {cost} in 30 days; {formats.md_escape(finding.basis)}."
    gross, net = (
        formats.md_escape(formats.money(Amount(number, told.currency)))
        for number in (finding.gross, finding.net)
    )
    basis = formats.md_escape(finding.basis)
    saves = f"saves {net} now" if finding.gross == finding.net else f"saves {net} now of {gross}"
    return f"Of {cost} in 30 days it {saves} ({basis}). {LISTED}"


def _careful(finding: Finding) -> str:
    """How sure it is, what may be wrong, and the way back."""
    parts = [f"{finding.proof.value.capitalize()}, confidence {finding.confidence}."]
    if finding.also:
        parts.append(f"Also said by {', '.join(finding.also)}.")
    if finding.false_positives:
        parts.append(f"May be wrong: {finding.false_positives} Risk {finding.risk}.")
    if finding.rollback:
        parts.append(f"Way back: {finding.rollback}")
    return " ".join(parts)


def _commands(finding: Finding) -> None:
    """The commands to copy; the first only reads."""
    if not finding.commands.check:
        st.markdown("No command is known for it; its provider's own console says what it advises.")
        return
    names = ("Check, it only reads", "Fix", "Undo")
    for name, text in zip(names, finding.commands, strict=True):
        st.caption(name)
        st.code(text, language="bash", wrap_lines=True)


def _badge(work: Work) -> str:
    """How long it has stood like this; what is old stands out."""
    age = work.age(desk.today())
    return f":{'orange' if str(works.OLD) in age else 'gray'}-badge[{age}]"


def _issue(work: Work, told: Worklist) -> None:
    """A new issue with the finding and its commands, filled in and not yet sent."""
    if not set_up.tracker():
        return
    finding = work.finding
    net = "unknown" if finding.net is None else works.money(finding.net, told)
    lines = (finding.why, f"Saves {net} in 30 days.", *finding.commands, f"Finding {finding.key}.")
    title = f"{finding.title}: {finding.resource.name or finding.resource.id}"
    address = filled(set_up.tracker(), title, "\n\n".join(filter(None, lines)))
    st.link_button("New issue", address, icon=":material/add_task:")


def _whose(work: Work) -> str:
    told = work.progress
    owner = f", by {formats.md_escape(told.owner)}" if told.owner else ""
    until = f" until {formats.day(told.until)}" if told.until else ""
    why = f": {formats.md_escape(told.reason)}" if told.reason else ""
    return f"{owner}{until}{why}"
