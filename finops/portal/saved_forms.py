"""Forms of savings: proposed, agreed, made, signed, ended, and what becomes of the money."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import streamlit as st

from finops.access.roles import Permission
from finops.core.amount import number_of
from finops.portal import desk
from finops.portal import formats
from finops.portal import once
from finops.savings.agree import agree
from finops.savings.agree import Terms
from finops.savings.agree import through
from finops.savings.fates import decide
from finops.savings.fates import Decided
from finops.savings.fates import What
from finops.savings.saving import Kind
from finops.savings.saving import Share
from finops.savings.signing import may_sign
from finops.savings.steps import Done
from finops.savings.steps import End
from finops.savings.steps import implement
from finops.savings.steps import Proposal
from finops.savings.steps import propose
from finops.savings.steps import withdraw
from finops.savings.verify import verify

if TYPE_CHECKING:
    from decimal import Decimal

    from finops.savings.report import Standing

PLACE = "savings"
_BASELINE = timedelta(days=30)
KINDS: tuple[Kind, ...] = tuple(Kind)
_DECIDED = (What.RELEASED, What.REINVESTED, What.ABSORBED)


def new() -> None:
    """A form for a saving that the worklist does not know."""
    key, turn = once.form("saving-new")
    teams = [one.id for one in desk.organization().teams]
    with st.form(turn, enter_to_submit=False):
        title = st.text_input("What is done", key=f"{turn}-title")
        scope = st.text_input("On which cost", placeholder="x_Team=search", key=f"{turn}-scope")
        with st.container(horizontal=True):
            kind = st.selectbox("Kind", KINDS, format_func=_called, key=f"{turn}-kind")
            team = st.selectbox("Whose", teams, key=f"{turn}-team", accept_new_options=True)
            expected = st.text_input("Less in 30 days", "0", key=f"{turn}-expected")
        sent = once.send("Propose", turn, Permission.CLAIM_SAVINGS)
    if not sent:
        return

    def work() -> str:
        said = Proposal(
            title=title,
            kind=kind,
            scope=scope,
            team=team or "",
            expected=_number(expected),
            day=desk.today(),
        )
        kept = propose(desk.workspace().store, **desk.call(key), said=said)
        return f"{kept.key} is proposed: {title}."

    once.do("saving-new", work, place=PLACE)


def terms(one: Standing) -> None:
    """A form to agree: the days of the baseline, what drives it, and whose the credit is."""
    name = f"saving-agree-{one.saving.key}"
    key, turn = once.form(name)
    end = through(desk.whole())
    with st.form(turn, enter_to_submit=False):
        with st.container(horizontal=True):
            first = st.date_input("Baseline from", end - _BASELINE, key=f"{turn}-from")
            last = st.date_input("to before", end, key=f"{turn}-to")
            driver = st.text_input(
                "Driven by, if anything", placeholder="product unit", key=f"{turn}-driver"
            )
        split = st.text_input("Credit", f"{one.saving.team}=1", key=f"{turn}-split")
        sent = once.send("Agree, and freeze the baseline", turn, Permission.KEEP_SAVINGS)
    if not sent:
        return

    def work() -> str:
        said = Terms(
            key=one.saving.key, start=first, end=last, driver=driver.strip(), split=_split(split)
        )
        agree(desk.workspace(), said, today=desk.today(), call=desk.call(key))
        return f"{one.saving.title}: agreed, its baseline is frozen."

    once.do(name, work, place=PLACE)


def done(one: Standing) -> None:
    """A form to say that it was made, with the evidence."""
    name = f"saving-made-{one.saving.key}"
    key, turn = once.form(name)
    with st.form(turn, enter_to_submit=False):
        day = st.date_input("Made on", desk.today(), key=f"{turn}-day")
        evidence = st.text_input("The change, ticket or command", key=f"{turn}-evidence")
        sent = once.send("It is made", turn, Permission.CLAIM_SAVINGS)
    if not sent:
        return

    def work() -> str:
        said = Done(
            key=one.saving.key,
            team=one.saving.team,
            day=day,
            evidence=evidence,
            today=desk.today(),
        )
        implement(desk.workspace().store, **desk.call(key), said=said)
        return f"{one.saving.title}: made, on the record."

    once.do(name, work, place=PLACE)


def sign(one: Standing) -> None:
    """A form to sign a closed month; who may not is told why, and has none."""
    if not one.waits:
        return
    if why := may_sign(desk.organization(), one.saving, desk.actor()):
        st.caption(formats.md_escape(f"Somebody else signs it: {why}"))
        return
    name = f"saving-sign-{one.saving.key}"
    key, turn = once.form(name)
    with st.form(turn, enter_to_submit=False):
        month = st.selectbox(
            "Closed month", one.waits, format_func=formats.month, key=f"{turn}-month"
        )
        despite = st.text_input(
            "Why what looks like its replacement is none, if so", key=f"{turn}-despite"
        )
        sent = once.send("Verify it, and credit it", turn, Permission.KEEP_SAVINGS)
    if not sent:
        return

    def work() -> str:
        found = verify(
            desk.workspace(),
            one.saving.key,
            month,
            today=desk.today(),
            call=desk.call(key),
            despite=despite.strip(),
        )
        return f"{one.saving.title}: {found.verdict}, {found.credited:,.2f} credited."

    once.do(name, work, place=PLACE)


def fate(one: Standing, left: Decimal) -> None:
    """A form to say what becomes of what was verified and is not decided yet."""
    name = f"saving-fate-{one.saving.key}"
    key, turn = once.form(name)
    with st.form(turn, enter_to_submit=False):
        with st.container(horizontal=True):
            what = st.selectbox(
                "It is", _DECIDED, format_func=lambda word: word.value, key=f"{turn}-what"
            )
            amount = st.text_input("How much", f"{left:f}", key=f"{turn}-amount")
        with st.container(horizontal=True):
            thing = st.text_input("The thing, or the budget's scope", key=f"{turn}-name")
            period = st.text_input("The budget's period", key=f"{turn}-period")
        sent = once.send("Keep its fate", turn, Permission.KEEP_SAVINGS)
    if not sent:
        return

    def work() -> str:
        said = Decided(
            key=one.saving.key,
            team=one.saving.team,
            what=what,
            name=thing,
            period=period,
            amount=_number(amount),
            today=desk.today(),
        )
        kept = decide(desk.workspace().store, **desk.call(key), said=said)
        return f"{one.saving.title}: {kept.amount:,.2f} {kept.what}."

    once.do(name, work, place=PLACE)


def end(one: Standing) -> None:
    """A form to take a saving back, for a reason."""
    name = f"saving-end-{one.saving.key}"
    key, turn = once.form(name)
    with st.form(turn, enter_to_submit=False):
        reason = st.text_input("Why", key=f"{turn}-reason")
        sent = once.send("Take it back from today on", turn, Permission.CLAIM_SAVINGS)
    if not sent:
        return

    def work() -> str:
        today = desk.today()
        said = End(key=one.saving.key, team=one.saving.team, reason=reason, day=today, today=today)
        withdraw(desk.workspace().store, **desk.call(key), said=said)
        return f"{one.saving.title}: taken back."

    once.do(name, work, place=PLACE)


def _called(kind: Kind) -> str:
    return kind.value


def _split(text: str) -> tuple[Share, ...]:
    """Read `search=0.6 platform/ines=0.4`."""
    found = []
    for word in text.replace(",", " ").split():
        who, _, part = word.rpartition("=")
        team, _, person = who.partition("/")
        found.append(Share(team=team, person=person, part=_number(part)))
    return tuple(found)


def _number(text: str) -> Decimal:
    return number_of(text.strip(), what="amount", remedy="Write it as 120.50.")
