"""Sliders: one for each lever of a product, bound to the page's address, with reset and undo."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

import streamlit as st

from finops.portal.unit_charts import LABELS
from finops.unit_economics.levers import Levers
from finops.unit_economics.levers import ORDER

if TYPE_CHECKING:
    from finops.unit_economics.prepared import Prepared

_HELP = {
    "demand": "How much more or less is sold; works on the part of the cost that follows volume.",
    "efficiency": "How much less the named service needs for the same volume.",
    "rightsizing": "How much of what could run smaller is made smaller.",
    "shared": "The share of the cost nobody owns that this product carries.",
    "coverage": "How much of the usage commitments cover; those that are bought stay.",
    "price": "What the provider charges for usage that no commitment covers.",
}
EVERY = "Every service"
_HUNDRED = 100
_MOST = 50


def key(found: Prepared, lever: str) -> str:
    """The name of a lever in the address: of its product, so that a link means one thing."""
    return f"{lever}-{found.now.product}-{found.now.unit}".replace(" ", "-")


def levers(found: Prepared) -> Levers:
    """Draw the sliders, and give where the levers stand."""
    with st.grid(3, min_column_width=230, gap="small"):
        for lever in ORDER:
            _slider(found, lever)
        _service(found)
    _remember(found, _places(found))
    return stands(found)


def stands(found: Prepared) -> Levers:
    """Where the levers stand that this session drew; where they rest that it did not."""
    *places, service = _places(found)
    rest = _rest(found)
    moved = {
        lever: Decimal(place) / _HUNDRED
        for lever, place, idle in zip(ORDER, places, rest, strict=False)
        if place != idle
    }
    return Levers(**moved, service="" if service == EVERY else str(service))


def buttons(found: Prepared) -> None:
    """Take the last move back, or all of them."""
    past = st.session_state.get(_past(found), [])
    with st.container(horizontal=True):
        st.button(
            "Undo", icon=":material/undo:", key="levers-undo", disabled=len(past) < 2,  # noqa: PLR2004
            on_click=_undo, args=(found,),
        )  # fmt: skip
        st.button(
            "Reset", icon=":material/restart_alt:", key="levers-reset",
            on_click=_put, args=(found, _rest(found)),
        )  # fmt: skip


def resting(found: Prepared, lever: str) -> int:
    """Where a lever stands when nobody moved it, in percent."""
    now = {"shared": found.base.share, "coverage": found.bounds["coverage"][0]}
    return int(now.get(lever, Decimal(0)) * _HUNDRED)


def _slider(found: Prepared, lever: str) -> None:
    low, high = (int(end * _HUNDRED) for end in found.bounds[lever])
    idle = lever in {"demand", "efficiency"} and not found.model.known
    st.slider(
        LABELS[lever],
        low,
        max(high, low + 1),
        resting(found, lever),
        format="%d %%",
        key=key(found, lever),
        help=_HELP[lever],
        disabled=idle or high <= low,
        bind="query-params",
    )


def _service(found: Prepared) -> None:
    """Whose efficiency: a service whose cost follows volume, or every one."""
    st.selectbox(
        "Efficiency of",
        (EVERY, *(name for name, _ in found.base.services)),
        key=key(found, "service"),
        bind="query-params",
    )


def _places(found: Prepared) -> tuple[Any, ...]:
    """The percent at which each lever stands, and whose efficiency it is, as drawn last."""
    names = (*ORDER, "service")
    return tuple(
        st.session_state.get(key(found, name), rest)
        for name, rest in zip(names, _rest(found), strict=True)
    )


def _past(found: Prepared) -> str:
    return key(found, "past")


def _rest(found: Prepared) -> tuple[object, ...]:
    return (*(resting(found, lever) for lever in ORDER), EVERY)


def _remember(found: Prepared, places: tuple[object, ...]) -> None:
    past: list[tuple[object, ...]] = st.session_state.setdefault(_past(found), [])
    if not past or past[-1] != places:
        past.append(places)
        del past[:-_MOST]


def _undo(found: Prepared) -> None:
    past = st.session_state.get(_past(found), [])
    if len(past) > 1:
        past.pop()
        _put(found, past.pop())


def _put(found: Prepared, places: tuple[object, ...]) -> None:
    """Set every lever; runs before the next drawing."""
    for name, place in zip((*ORDER, "service"), places, strict=True):
        st.session_state[key(found, name)] = place
