"""Boundary: what goes wrong stays where it went wrong, told in a sentence, never as a traceback."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st

from finops.errors import NotSignedIn
from finops.errors import RateMissing
from finops.errors import TieoutError
from finops.portal.formats import md_escape

if TYPE_CHECKING:
    from collections.abc import Iterator

BROKEN = "This part could not be drawn; the rest of the page is not affected. The log says why."
AGAIN = "This cannot be drawn, for the reason given above."

_TOLD = "faults-told"
_AS_BILLED = "Bring the rate with 'finops rates add FILE', or choose a currency as billed above."

log = logging.getLogger(__name__)


def clear() -> None:
    """Begin a page: nothing has gone wrong yet."""
    st.session_state[_TOLD] = set()


@contextmanager
def contained() -> Iterator[None]:
    """Let a fault end only what stands in this block; whoever is signed out is led to the door."""
    try:
        yield
    except NotSignedIn:
        st.rerun(scope="app")
    except TieoutError as error:
        _tell(error)
    except Exception:
        log.exception("A part of the page failed")
        st.error(BROKEN, icon=":material/error:")


def _tell(error: TieoutError) -> None:
    """Say what is wrong, once on a page; where it keeps more from being drawn, say just that."""
    told = st.session_state.setdefault(_TOLD, set())
    remedy = _AS_BILLED if isinstance(error, RateMissing) else error.remedy
    sentence = f"{error} {remedy}".replace("`", "'").strip()
    if sentence in told:
        st.caption(AGAIN)
        return
    told.add(sentence)
    st.error(md_escape(sentence), icon=":material/error:")
