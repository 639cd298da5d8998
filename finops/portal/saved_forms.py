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
from finops.portal import saved
from finops.savings.agree import agree
from finops.savings.agree import Terms
from finops.savings.agree import through
from finops.savings.fates import decide
from finops.savings.fates import Decided
from finops.savings.fates import What
from finops.savings.saving import Kind
from finops.savings.shares import shares_of
from finops.savings.steps import Done
from finops.savings.steps import End
from finops.savings.steps import implement
from finops.savings.steps import Proposal
from finops.savings.steps import propose
from finops.savings.steps import reject
from finops.savings.steps import withdraw
from finops.savings.verify import verify

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from finops.access.command import Call
    from finops.access.command import Command
    from finops.core.period import BillingPeriod
    from finops.savings.ledger import Kept
    from finops.savings.report import Standing
    from finops.savings.saving import Share

PLACE = "savings"
_BASELINE = timedelta(days=30)
KINDS: tuple[Kind, ...] = tuple(Kind)
_DECIDED = (What.RELEASED, What.REINVESTED, What.ABSORBED)


def new() -> None:
    """A form for a saving that the worklist does not know."""
    teams = [one.id for one in desk.organization().teams]

    def fields(turn: str) -> tuple[str, str, Kind, str, str]:
        title = st.text_input("What is done", key=f"{turn}-title")
        scope = st.text_input("On which cost", placeholder="x_Team=search", key=f"{turn}-scope")
        with st.container(horizontal=True):
            kind = st.selectbox("Kind", KINDS, format_func=_called, key=f"{turn}-kind")
            team = st.selectbox("Whose", teams, key=f"{turn}-team", accept_new_options=True)
            expected = st.text_input("Less in 30 days", "0", key=f"{turn}-expected")
        return title, scope, kind, team or "", expected

    def work(said: tuple[str, str, Kind, str, str], call: Call) -> str:
        title, scope, kind, team, expected = said
        proposal = Proposal(
            title=title,
            kind=kind,
            scope=scope,
            team=team,
            expected=_number(expected),
            day=desk.today(),
        )
        kept = propose(desk.workspace().store, **call, said=proposal)
        return f"{kept.key} is proposed: {title}."

    button = "Propose", Permission.CLAIM_SAVINGS
    once.ask("saving-new", button, fields, work, place=PLACE)


def terms(one: Standing) -> None:
    """A form to agree: the days of the baseline, what drives it, and whose the credit is."""
    end = through(desk.whole())

    def fields(turn: str) -> tuple[date, date, str, str]:
        with st.container(horizontal=True):
            first = st.date_input("Baseline from", end - _BASELINE, key=f"{turn}-from")
            last = st.date_input("to before", end, key=f"{turn}-to")
            driver = st.text_input(
                "Driven by, if anything", placeholder="product unit", key=f"{turn}-driver"
            )
        split = st.text_input("Credit", f"{one.saving.team}=1", key=f"{turn}-split")
        return first, last, driver.strip(), split

    def work(said: tuple[date, date, str, str], call: Call) -> str:
        first, last, driver, split = said
        agreed = Terms(
            key=one.saving.key, start=first, end=last, driver=driver, split=_split(split)
        )
        agree(desk.workspace(), agreed, today=desk.today(), call=call)
        return f"{one.saving.title}: agreed, its baseline is frozen."

    button = "Agree, and freeze the baseline", Permission.KEEP_SAVINGS
    once.ask(f"saving-agree-{one.saving.key}", button, fields, work, place=PLACE)


def done(one: Standing) -> None:
    """A form to say that it was made, with the evidence."""

    def fields(turn: str) -> tuple[date, str]:
        day = st.date_input("Made on", desk.today(), key=f"{turn}-day")
        return day, st.text_input("The change, ticket or command", key=f"{turn}-evidence")

    def work(said: tuple[date, str], call: Call) -> str:
        day, evidence = said
        made = Done(
            key=one.saving.key,
            team=one.saving.team,
            day=day,
            evidence=evidence,
            today=desk.today(),
        )
        implement(desk.workspace().store, **call, said=made)
        return f"{one.saving.title}: made, on the record."

    button = "It is made", Permission.CLAIM_SAVINGS
    once.ask(f"saving-made-{one.saving.key}", button, fields, work, place=PLACE)


def sign(one: Standing) -> None:
    """A form to sign a closed month; who may not is told why, and has none."""
    if not one.waits:
        return
    if why := saved.refused(one):
        st.caption(formats.md_escape(f"Somebody else signs it: {why}"))
        return

    def fields(turn: str) -> tuple[BillingPeriod, str]:
        month = st.selectbox(
            "Closed month", one.waits, format_func=formats.month, key=f"{turn}-month"
        )
        despite = st.text_input(
            "Why what looks like its replacement is none, if so", key=f"{turn}-despite"
        )
        return month, despite.strip()

    def work(said: tuple[BillingPeriod, str], call: Call) -> str:
        month, despite = said
        found = verify(
            desk.workspace(),
            one.saving.key,
            month,
            today=desk.today(),
            call=call,
            despite=despite,
        )
        amount = saved.exactly(one, found.credited)
        return f"{one.saving.title}: {found.verdict}, {amount} credited."

    button = "Verify it, and credit it", Permission.KEEP_SAVINGS
    once.ask(f"saving-sign-{one.saving.key}", button, fields, work, place=PLACE)


def fate(one: Standing, left: Decimal) -> None:
    """A form to say what becomes of what was verified and is not decided yet."""

    def fields(turn: str) -> tuple[What, str, str, str]:
        with st.container(horizontal=True):
            what = st.selectbox(
                "It is", _DECIDED, format_func=lambda word: word.value, key=f"{turn}-what"
            )
            amount = st.text_input("How much", f"{left:f}", key=f"{turn}-amount")
        with st.container(horizontal=True):
            thing = st.text_input("The thing, or the budget's scope", key=f"{turn}-name")
            period = st.text_input("The budget's period", key=f"{turn}-period")
        return what, amount, thing, period

    def work(said: tuple[What, str, str, str], call: Call) -> str:
        what, amount, thing, period = said
        decided = Decided(
            key=one.saving.key,
            team=one.saving.team,
            what=what,
            name=thing,
            period=period,
            amount=_number(amount),
            today=desk.today(),
        )
        kept = decide(desk.workspace().store, **call, said=decided)
        return f"{one.saving.title}: {saved.exactly(one, kept.amount)} {kept.what}."

    button = "Keep its fate", Permission.KEEP_SAVINGS
    once.ask(f"saving-fate-{one.saving.key}", button, fields, work, place=PLACE)


def end(one: Standing) -> None:
    """A form to take a saving back, for a reason."""
    button = "Take it back from today on", Permission.CLAIM_SAVINGS
    _ended(one, "end", button, (withdraw, "taken back"))


def refuse(one: Standing) -> None:
    """A form to reject a claim that nothing was credited of, for whoever may verify it."""
    button = "Reject it", Permission.KEEP_SAVINGS
    _ended(one, "reject", button, (reject, "rejected"))


def _ended(
    one: Standing, name: str, button: tuple[str, Permission], done_by: tuple[Command[Kept], str]
) -> None:
    """A form that asks why a saving goes no further."""
    command, told = done_by

    def fields(turn: str) -> str:
        return st.text_input("Why", key=f"{turn}-reason")

    def work(reason: str, call: Call) -> str:
        today = desk.today()
        said = End(key=one.saving.key, team=one.saving.team, reason=reason, day=today, today=today)
        command(desk.workspace().store, **call, said=said)
        return f"{one.saving.title}: {told}."

    once.ask(f"saving-{name}-{one.saving.key}", button, fields, work, place=PLACE)


def _called(kind: Kind) -> str:
    return kind.value


def _split(text: str) -> tuple[Share, ...]:
    """Read `search=0.6 platform/ines=0.4`."""
    return shares_of(text.replace(",", " ").split())


def _number(text: str) -> Decimal:
    return number_of(text.strip(), what="amount", remedy="Write it as 120.50.")
