"""Closed: the view of a month's close, from what blocks it to its certificate."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote
from urllib.parse import urlencode

import streamlit as st

from finops.access.actor import local_actor
from finops.access.roles import Permission
from finops.access.scope import viewer_of
from finops.core.amount import Amount
from finops.invoicing import close
from finops.invoicing import closing
from finops.invoicing import reopen
from finops.invoicing.accrual import EXPENSE
from finops.invoicing.accrual import LIABILITY
from finops.invoicing.close import SHORT
from finops.portal import desk
from finops.portal import formats
from finops.portal import identity
from finops.portal import once
from finops.portal import set_up
from finops.portal import tables
from finops.portal import ties
from finops.portal.exports import CERTIFICATE
from finops.portal.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finops.access.command import Call
    from finops.core.period import BillingPeriod
    from finops.invoicing.accrual import Accrual
    from finops.invoicing.closing import Outlook
    from finops.invoicing.true_ups import Settled
    from finops.portal.lens import Lens
    from finops.portal.tables import Table

COMPANY = "The whole company"
_PLACE = "close"
_KEPT = 100
_RIGHT = Permission.CLOSE_PERIODS


def draw(lens: Lens) -> None:
    """How far the month is, what is missing, and the next step for whoever may take it."""
    once.told(_PLACE)
    found = _look(lens.period, "")
    if len(found.providers) > 1:
        names = ["", *(one.name for one in found.providers)]
        provider = st.selectbox(
            "Close for",
            names,
            format_func=lambda name: name or COMPANY,
            key=f"close-for-{lens.period}",
            width=320,
        )
        found = _look(lens.period, provider) if provider else found
    st.markdown(says(found))
    if found.seal:
        _certified(found)
    else:
        tables.draw(checklist(found))
        _missing(found)
    _next(found)
    if waiting := ties.report(lens).accrual:
        st.markdown(f"**Until the invoice is there**, accrue: {waiting[0].method}.")
        tables.draw(accrued(waiting))
    if came := ties.true_ups(lens):
        st.markdown("**Since the accrual was posted** its invoice came; the rest is the true-up.")
        tables.draw(trued_up(came))


def says(found: Outlook) -> str:
    """How far the month is and who must do what, in a sentence or two."""
    name = formats.month(found.period)
    if found.provider:
        name += f" of {formats.md_escape(found.provider)}"
    step = found.closing
    if found.seal and step:
        told = f"**{name} is closed**, certificate `{found.seal[:SHORT]}`."
        if found.reopening_waits:
            told += f" {formats.md_escape(step.requested_by)} asks to open it again: "
            told += f"{formats.md_escape(step.reason)}."
        return told
    if found.closing_waits and step:
        who = formats.md_escape(step.requested_by)
        why = f": {formats.md_escape(step.reason)}" if step.reason else ""
        return f"**{name} is closing.** {who} asked for it{why}. A second person must approve."
    left = sum(not item.done for item in found.checklist)
    if left:
        block = "checks blocks" if left == 1 else "checks block"
        return f"**{name} is {found.state}: {left} of {len(found.checklist)} {block} it.**"
    return f"**{name} is {found.state}: nothing blocks the close.**"


def checklist(found: Outlook) -> Table:
    """Each check with a sign, what is asked, and how many things are missing."""
    return tables.records(
        f"What closing {formats.month(found.period)} needs",
        (
            {
                "State": "✓ Done" if item.done else "✕ Missing",
                "Check": item.name,
                "What is asked": item.says,
                "Missing": len(item.missing),
            }
            for item in found.checklist
        ),
    )


def accrued(found: Sequence[Accrual]) -> Table:
    """What each issuer that has not invoiced is expected to ask for, with its range."""
    return tables.records(
        "Accruals of what is not invoiced yet",
        (
            {
                "Issuer": one.issuer,
                "Currency": one.currency,
                "Days in": one.days,
                "Days missing": one.missing,
                "Accrue": formats.number(one.amount),
                "From": formats.number(one.low),
                "To": formats.number(one.high),
                "Booked": f"Dr {EXPENSE} / Cr {LIABILITY} on {formats.day(one.entries[0].day)}",
                "Reversed on": formats.day(one.entries[-1].day),
            }
            for one in found
        ),
    )


def trued_up(found: Sequence[Settled]) -> Table:
    """What each issuer's invoices differ from the accrual that was posted before they came."""
    amounts = ("Accrued", "Invoiced", "True-up", "Of invoiced")
    return tables.records(
        "True-ups of accruals that were posted",
        (
            {
                "Issuer": one.issuer,
                "Accrued": formats.money(Amount(one.accrued, one.currency)),
                "Invoiced": formats.money(Amount(one.actual, one.currency)),
                "True-up": formats.money(Amount(one.amount, one.currency), signed=True),
                "Of invoiced": formats.NONE if one.share is None else f"{one.share:+.2%}",
                "Posted by": one.actor,
            }
            for one in found
        ),
        dict.fromkeys(amounts, st.column_config.TextColumn(alignment="right")),
    )


def _look(period: BillingPeriod, provider: str) -> Outlook:
    """Of the newest snapshot, worked out once for all who see the same of it."""
    here, newest, actor, terms = (
        desk.workspace(),
        desk.published(None),
        desk.actor(),
        set_up.terms(),
    )
    version = (newest.id, newest.revision) if newest else ()
    key = (here.root, version, viewer_of(actor), period, provider, terms)
    return _outlooks().get(
        key, lambda: closing.look(here, period, actor=actor, provider=provider, terms=terms)
    )


def _missing(found: Outlook) -> None:
    """Where each thing that is missing is mended."""
    for item in found.checklist:
        if not item.done:
            told = "\n".join(f"- {formats.md_escape(one)}" for one in item.missing)
            st.markdown(f"**{item.name}**\n{told}")
            with st.container(horizontal=True, vertical_alignment="center"):
                st.page_link(item.page, label=f"Mend: {item.name}", icon=":material/build:")
                commands = "`, or `".join(item.command.split(", or "))
                st.markdown(f"or `{commands}`", width="content")


def _next(found: Outlook) -> None:
    """The form of the step that comes next."""
    if found.reopening_waits:
        _second(found, "reopen")
    elif found.seal:
        with st.expander("Open the month again", icon=":material/lock_open:"):
            _first(found, "reopen")
    elif found.closing_waits:
        _second(found, "close")
    elif found.ready:
        _first(found, "close")


def _first(found: Outlook, what: str) -> None:
    """A form to ask for a close, or for a reopening."""
    label = "Ask to close the month" if what == "close" else "Ask to open it again"

    def fields(turn: str) -> str:
        words = "Reason" if what == "reopen" else "Remark (may be empty)"
        return st.text_input(words, key=f"{turn}-reason")

    def work(reason: str, call: Call) -> str:
        terms, workspace = set_up.terms(), desk.workspace()
        act = closing.ask if what == "close" else closing.advance_reopening
        act(workspace, found, reason=reason, terms=terms, call=call)
        return f"Asked, on the record: {formats.month(found.period)}."

    once.ask(f"{what}-ask-{found.period}", (label, _RIGHT), fields, work, place=_PLACE)


def _second(found: Outlook, what: str) -> None:
    """A form to agree with what somebody asked, or to refuse it."""
    key, turn = once.form(f"{what}-agree-{found.period}")
    label = "Approve and seal" if what == "close" else "Agree to open it again"
    with st.form(turn, enter_to_submit=False):
        name = "" if identity.signs_in() else _named(found, turn)
        with st.container(horizontal=True):
            sent = once.send(label, turn, _RIGHT)
            barred = not desk.actor().may(_RIGHT)
            refused = st.form_submit_button("Take it back", key=f"{turn}-back", disabled=barred)
    if sent or refused:
        call = desk.call(key)
        if sent and name:
            call = {**call, "actor": local_actor(name)}
        work = partial(_refuse if refused else _agree, found, what, call)
        once.do(f"{what}-agree-{found.period}", work, place=_PLACE)


def _named(found: Outlook, turn: str) -> str:
    """The second person, whom a laptop's one person names; whoever signs in is nobody else."""
    asked = found.closing.requested_by if found.closing else ""
    people = [one.name for one in desk.organization().people if one.name != asked]
    name: str | None = st.selectbox(
        f"Who agrees, besides {asked}",
        people,
        index=None,
        accept_new_options=True,
        key=f"{turn}-who",
        help="On one machine nobody signs in: who agrees says so here, and both names go on "
        "the record and on the certificate.",
    )
    return name or asked


def _agree(found: Outlook, what: str, call: Call) -> str:
    terms, workspace = set_up.terms(), desk.workspace()
    month = formats.month(found.period)
    if what == "close":
        closing.agree(workspace, found, terms=terms, call=call)
        return f"{month} is closed and sealed."
    closing.advance_reopening(workspace, found, reason="", terms=terms, call=call)
    return f"{month} is open again; its seal is kept."


def _refuse(found: Outlook, what: str, call: Call) -> str:
    command = close.withdraw if what == "close" else reopen.refuse_reopen
    command(
        desk.workspace().store, **call, month=str(found.period), provider=found.provider, reason=""
    )
    return "Taken back, on the record."


def _certified(found: Outlook) -> None:
    """Who closed the month, the seal in full, and the certificate to take away."""
    step = found.closing
    if step is None:
        return
    st.markdown(f"Seal `{found.seal}` · snapshot {found.snapshot}")
    named = urlencode({"provider": step.provider}) if step.provider else ""
    address = f"{CERTIFICATE}/{quote(str(found.period))}.zip"
    st.link_button(
        "Download the certificate",
        f"{address}?{named}".rstrip("?"),
        icon=":material/download:",
        type="primary",
        help="A zip with the month's charges, totals and hashes. Anybody proves it again with "
        "`finops certificate verify FILE.zip`.",
    )


@st.cache_resource(show_spinner=False)
def _outlooks() -> Memory[Outlook]:
    return Memory(_KEPT)
