"""Identity: who looks at the portal: whoever signed in, or on a laptop its one person.

Where people sign in, the claims are those of Streamlit's signed cookie: of the page's connection,
or of the request where something is fetched. Roles and sight are read each time.
"""

from __future__ import annotations

import json
import os
from contextvars import ContextVar
from pathlib import Path
from typing import Any
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.auth_util import get_redirect_uri
from streamlit.auth_util import get_secrets_auth_section
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from finops.access.actor import Actor
from finops.access.actor import local_actor
from finops.access.roles import Role
from finops.config import load_settings
from finops.portal import reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finops.access.users import People

LOOKS_AS = "as"
"""What the choice of a persona is called in the address, where one person has the portal."""

PERSONAS = {
    "Leadership": Role.LEADERSHIP,
    "Finance": Role.FINANCE,
    "Product": Role.PRODUCT,
    "Engineering": Role.ENGINEER,
    "FinOps practitioner": Role.FINOPS,
    "Auditor": Role.AUDITOR,
    "Viewer": Role.VIEWER,
}
"""As what the one person of a laptop may look at the portal."""

asked: ContextVar[Mapping[str, str] | None] = ContextVar("asked", default=None)
"""The cookies of a request that is no page."""


def signs_in() -> bool:
    """Whether people sign in here; otherwise the portal is one person's."""
    return reading.once("signs-in", _signs_in)


def _signs_in() -> bool:
    folder = os.environ.get("FINOPS_WORKSPACE")
    told = folder and load_settings(Path(folder)).sign_in
    return bool(told or get_secrets_auth_section())


def providers() -> tuple[str, ...]:
    """The sign-in services that are configured, by name; `default` is the one without a name."""
    section = get_secrets_auth_section()
    named = [str(name) for name, told in section.items() if hasattr(told, "keys")]
    named = [name for name in named if "client_id" in section[name]]
    return (*(["default"] if "client_id" in section else []), *named)


def claims() -> Mapping[str, Any]:
    """What the sign-in service said of whoever asks; empty where nobody is signed in."""
    if get_script_run_ctx(suppress_warning=True) is not None:
        return dict(st.user)
    return claims_in(asked.get() or {})


def claims_in(cookies: Mapping[str, str]) -> Mapping[str, Any]:
    """What a request's cookie says, if the signature is ours."""

    def one(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, value.encode()) if value else None

    told = get_cookie_with_chunks(one, USER_COOKIE_NAME)
    try:
        found = json.loads(told) if told else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def by_https(scheme: str) -> bool:
    """Whether the portal is reached by https: so it is told, or this request came so."""
    return scheme == "https" or str(get_redirect_uri(get_secrets_auth_section()) or "").startswith(
        "https://"
    )


def local_name() -> str:
    """The person whose portal it is: the one that `--as` names."""
    return os.environ.get("FINOPS_AS") or "local"


def local(people: People) -> Actor:
    """The one person of a laptop, or as whom that person chose to look."""
    chosen = ""
    if get_script_run_ctx(suppress_warning=True) is not None:
        chosen = str(st.session_state.get(LOOKS_AS) or "")
    name = local_name()
    if chosen in PERSONAS:
        return Actor(name, frozenset({PERSONAS[chosen]}))
    return people.actor(chosen or name) or local_actor(name)


def choices(people: People) -> tuple[str, ...]:
    """As whom the one person may look: as itself, as a persona, as somebody who is known."""
    known = (user.name for user in people.users if user.active)
    return tuple(dict.fromkeys((local_name(), *PERSONAS, *known)))
