"""Seal: under every page, which snapshot its figures are from, how fresh and how final they are."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import Literal
from typing import NamedTuple
from typing import TYPE_CHECKING

import streamlit as st

from finops.portal import formats

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finops.dataset import Dataset
    from finops.dataset import Snapshot
    from finops.measures import Receipt

Color = Literal["orange", "red", "green"]

_NOTED = "receipts"
_view: ContextVar[str] = ContextVar("view", default="The page")


class Standing(NamedTuple):
    """How a month stands, in few words, with its mark and the color of the mark."""

    text: str
    icon: str
    color: Color


class Noted(NamedTuple):
    """A receipt, and the view that shows its figures."""

    view: str
    receipt: Receipt


def clear() -> None:
    """Begin a page: nothing has been asked yet."""
    st.session_state[_NOTED] = []


@contextmanager
def asked_by(view: str) -> Iterator[None]:
    """Say which view asks, for the receipts in this block."""
    token = _view.set(view)
    try:
        yield
    finally:
        _view.reset(token)


def note(receipt: Receipt) -> None:
    """Keep the receipt of an answer that is shown on the page."""
    noted = st.session_state.setdefault(_NOTED, [])
    entry = Noted(_view.get(), receipt)
    if entry not in noted:
        noted.append(entry)


def draw(dataset: Dataset, standing: Standing | None, *, rule: str, then: str = "") -> None:
    """Draw the seal and, folded, the receipt; how the month stands, where that is known.

    `rule` says at which rates the reader has amounts converted; told where some are. `then` says,
    loudly, that the figures are of an earlier snapshot.
    """
    with st.container(key="seal", gap="xsmall"):
        st.divider()
        with st.container(horizontal=True, vertical_alignment="center"):
            if then:
                st.badge(then, icon=":material/history:", color="red")
            if standing:
                st.badge(standing.text, icon=standing.icon, color=standing.color)
            st.caption(told(dataset.snapshot), width="content")
            if _converted():
                st.caption(f"Converted at {rule}", width="content")
        st.fragment(_receipt, key="receipt")()


def told(snapshot: Snapshot) -> str:
    """The snapshot, how far its charges reach, and when they came."""
    ends = [date.fromisoformat(part.end_day) for part in snapshot.charges if part.end_day]
    last = formats.day(max(ends) - timedelta(days=1)) if ends else formats.NONE
    at = formats.moment(datetime.fromisoformat(snapshot.at))
    return f"Snapshot **{snapshot.id}** · published {at} · charges in to {last}"


def _converted() -> bool:
    """Whether any of the page's figures were converted."""
    noted: list[Noted] = st.session_state.get(_NOTED, [])
    return any(entry.receipt.rates for entry in noted)


def _receipt() -> None:
    """Which imports, how many charges and which query stand behind each figure."""
    fold = st.expander(
        "Receipt: what these figures were computed from",
        icon=":material/receipt_long:",
        on_change="rerun",
        key="receipt-fold",
    )
    if not fold.open:
        return
    with fold:
        for entry in st.session_state.get(_NOTED, ()):
            receipt = entry.receipt
            st.markdown(_stands_on(entry), width="stretch")
            for statement in receipt.sql:
                st.code(statement, language="sql", wrap_lines=True)


def _stands_on(entry: Noted) -> str:
    """What one view's figures stand on, in a sentence."""
    receipt = entry.receipt
    told = [
        f"**{entry.view}**: {formats.counted(receipt.charges, 'charge')}",
        f"snapshot {receipt.snapshot} of {formats.counted(len(receipt.imports), 'file')}",
    ]
    if receipt.restated:
        told.append(f"includes {formats.listing(receipt.restated, most=6)}")
    if receipt.rates:
        told.append(f"{receipt.rate_rule}: {formats.listing(receipt.rates, most=6)}")
    told += [f"{formats.counted(n, 'charge')} without {cost}" for cost, n in receipt.unknown]
    return " · ".join(told)
