"""The door of the portal: who is not signed in is led to sign-in, and from there to the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.errors import NotAllowed
from finops.errors import NotSignedIn
from finops.portal import boundary
from finops.portal import desk
from finops.portal import guard
from finops.portal import identity
from finops.portal import reading
from finops.portal.formats import md_escape

if TYPE_CHECKING:
    from finops.access.actor import Actor

WELCOME = "One reconciled set of cloud costs, reviewed by everyone who must decide about it."
PROMISES = (
    ("balance", "It ties out", "Invoices, usage and commitments agree to the cent."),
    ("price_check", "One language", "What an order or a customer costs, why, and what if."),
    ("verified", "On the record", "Decisions scored by the bill, savings credited by name."),
)
"""What somebody comes in for: a mark, a promise, and what it means."""
LASTS = (
    "You come back to the page that you asked for. A session lasts a working day of 8 hours, and "
    "ends after half an hour without use."
)
_OUT = "door-sign-out"
_CARD, _WIDE, _PROMISE, _ABOVE = 480, 860, 220, 48
"""Widths in pixels, and the room above the card."""


def enter() -> Actor | None:
    """Whoever may go on; None where nobody may, and then why stands here, and how to."""
    with boundary.contained():
        try:
            if not identity.signs_in():
                _looks_as()
            return desk.actor()
        except NotSignedIn as error:
            _sign_in(str(error) if identity.claims().get("is_logged_in") else "")
        except NotAllowed as error:
            _sign_in(error.sentence)
    return None


def foot(actor: Actor) -> None:
    """In the margin: who is signed in, and the way out."""
    if not identity.signs_in():
        return
    with st.sidebar.container(key="door-foot", gap="xsmall"):
        st.caption(f"Signed in as **{md_escape(actor.name)}**  \n{_told(actor)}")
        if st.button("Sign out", icon=":material/logout:", key=_OUT, type="tertiary"):
            guard.leave()
            reading.forget()
            st.logout()


def _sign_in(why: str) -> None:
    """The sign-in page: a card in the middle, and below it what there is to come in for."""
    st.space(_ABOVE)
    with st.container(key="door", horizontal_alignment="center", gap="large"):
        with st.container(border=True, width=_CARD, gap="small"):
            _card(why)
        with (
            st.container(width=_WIDE),
            st.grid(len(PROMISES), min_column_width=_PROMISE, gap="medium"),
        ):
            for mark, promise, meaning in PROMISES:
                st.markdown(f":material/{mark}: **{promise}**  \n{meaning}")


def _card(why: str) -> None:
    """One button for each service, and why somebody is here again."""
    st.title("Sign in to Tieout", anchor=False)
    st.markdown(WELCOME)
    if why:
        st.warning(md_escape(why), icon=":material/lock:")
    services = identity.providers()
    for name in services:
        label = "Sign in" if name == "default" else f"Sign in with {name.capitalize()}"
        if st.button(
            label, type="primary", key=f"door-{name}", width="stretch", icon=":material/login:"
        ):
            st.login(None if name == "default" else name)
    if not services:
        st.error("No sign-in service is configured.", icon=":material/error:")
    st.caption(LASTS)


def _looks_as() -> None:
    """On a laptop: whose portal it is, clearly, and as whom that person looks."""
    options = identity.choices(desk.people())
    with st.sidebar.container(key="door-foot", gap="xsmall"):
        chosen = st.selectbox(
            "Look as",
            options,
            key=identity.LOOKS_AS,
            bind="query-params",
            help="Local mode: nobody signs in here, so whoever opens this portal may look as "
            "anybody, and does what that person may do, in that person's name.",
        )
        own = chosen == options[0]
        st.badge(
            "Local mode" if own else f"Local mode, as {chosen}",
            icon=":material/laptop:",
            color="gray" if own else "orange",
        )


def _told(actor: Actor) -> str:
    """What somebody may do and see, in few words."""
    roles = ", ".join(sorted(actor.roles)) or "no role"
    values = sorted(value for _, some in actor.sees for value in some)
    return md_escape(f"{roles}; sees {', '.join(values) or 'nothing'}" if actor.sees else roles)
