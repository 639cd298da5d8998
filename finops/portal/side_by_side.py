"""Side by side: two people wrote the same at once; both texts, and one button that keeps both."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

import streamlit as st

from finops.operations import merging
from finops.portal import formats

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from finops.errors import EditConflict
    from finops.operations.entries import Entry

_KEEP = "Keep the words of both"


class Both(NamedTuple):
    """What both began from, what the later one wrote, and the conflict that says the rest."""

    base: Entry | None
    yours: Entry
    conflict: EditConflict


def merge(both: Both, labels: Mapping[str, str], *, key: str) -> bool:
    """Show both texts; whether they shall be merged."""
    theirs, yours = both.conflict.theirs, both.conflict.yours
    names = [name for name in yours if theirs.get(name) != yours[name]]
    with st.container(border=True, key=f"{key}-side-by-side"):
        for column, heading, words in zip(
            st.columns(2), ("What they wrote", "What you wrote"), (theirs, yours), strict=True
        ):
            with column:
                st.markdown(f"**{heading}**")
                for line in told(words, names, labels):
                    st.markdown(line)
        if clashes := _clashes(both, labels):
            st.caption(f"Of {formats.listing(clashes, most=6)} only one can hold: yours will.")
        return st.button(_KEEP, type="primary", icon=":material/merge:", key=f"{key}-merge")


def told(
    words: Mapping[str, object], names: Iterable[str], labels: Mapping[str, str]
) -> tuple[str, ...]:
    """The fields that differ, each with its label and its text."""
    return tuple(
        f"*{labels.get(name, name)}*: {formats.md_escape(_text(words.get(name)))}" for name in names
    )


def merged(both: Both) -> Entry:
    """What holds if both are kept."""
    return merging.merged(both.base, _theirs(both), both.yours)


def _clashes(both: Both, labels: Mapping[str, str]) -> tuple[str, ...]:
    """The fields in which only one of the two can hold."""
    found = merging.merge(both.base, _theirs(both), both.yours)
    lost = (name for name in found.clashes if found.fields[name] == both.conflict.yours[name])
    return tuple(labels.get(name, name) for name in lost)


def _theirs(both: Both) -> Entry:
    around = {"key": both.yours.key, "meeting": both.yours.meeting}
    told = {**both.conflict.theirs, **around, "version": both.conflict.version}
    return type(both.yours).model_validate(told)


def _text(value: object) -> str:
    """A value as it was typed."""
    if isinstance(value, list):
        return "; ".join(_text(one) for one in value) or formats.NONE
    if isinstance(value, dict):
        return " = ".join(str(one) for one in value.values() if one is not None)
    return str(value) if value not in {None, ""} else formats.NONE
