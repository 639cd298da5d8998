"""Forms of what people tell beside the bills: a file with its template, or one row typed."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

import streamlit as st

from finops.access.roles import Permission
from finops.exchange import rates as exchange
from finops.portal import desk
from finops.portal import formats
from finops.portal import once

if TYPE_CHECKING:
    from collections.abc import Callable

    from finops.ingestion.kept import Subject
    from finops.ingestion.record_files import Column
    from finops.ingestion.record_files import RecordFile

_WIDE = 4


class Way(NamedTuple):
    """How a kind of record comes in: its file, how that is read, and what keeps its records.

    `keep` takes the records, the file's name and who brings them, and says what it did.
    """

    name: str
    permission: Permission
    file: RecordFile[Any]
    read: Callable[[Path], tuple[Any, ...]]
    keep: Callable[[tuple[Any, ...], str, dict[str, Any]], str]


def way_of(subject: Subject[Any]) -> Way:
    """The way of metrics, budgets or events."""
    file = subject.file_of(desk.organization())

    def keep(records: tuple[Any, ...], name: str, who: dict[str, Any]) -> str:
        done = subject.bring(desk.workspace(), records, file=name, who=who)
        if done.status == "unchanged":
            return f"{name}: nothing new, {formats.are(done.unchanged, 'row')} there already."
        told = f"{formats.count(done.added)} added, {formats.count(done.replaced)} replaced"
        return f"{name}: {told}, {formats.count(done.unchanged)} unchanged."

    return Way(subject.name, subject.permission, file, file.read, keep)


def way_of_rates() -> Way:
    """The way of rates of exchange."""

    def keep(records: tuple[Any, ...], name: str, who: dict[str, Any]) -> str:
        done = exchange.add_rates(desk.workspace().store, rates=records, file=name, **who)
        return f"{name}: {formats.are(done.rates, 'rate')} in."

    return Way("rates", Permission.WRITE_RATES, exchange.FILE, exchange.read, keep)


def bring(way: Way) -> None:
    """Bring a file in, or type a row, which adds one or corrects the one of the same key."""
    once.told(_told(way))
    with st.expander(f"Bring in or correct {way.name}", icon=":material/edit_note:"):
        by_file, typed = st.tabs(["A file", "One row"], key=f"{way.name}-ways")
        with by_file:
            _file(way)
        with typed:
            _typed(way)


def _file(way: Way) -> None:
    key, turn = once.form(f"{way.name}-file")
    st.download_button(
        f"Download the template of {way.name}",
        way.file.template(),
        file_name=f"{way.name}-template.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"{way.name}-template",
    )
    file = st.file_uploader(
        f"A file of {way.name} (csv, xlsx)",
        type=["csv", "xlsx"],
        key=f"{turn}-upload",
        help="All lines are taken, or none. A row that is there already changes nothing.",
    )
    may = desk.actor().may(way.permission)
    add = f"Add {way.name}"
    clicked = st.button(add, type="primary", key=f"{turn}-add", disabled=not (file and may))
    if clicked and file:
        name, content = Path(file.name).name, file.getvalue()
        own = f"{key}-{file.file_id}"
        once.do(f"{way.name}-file", partial(_read, way, name, content, own), place=_told(way))


def _read(way: Way, name: str, content: bytes, key: str) -> str:
    with tempfile.TemporaryDirectory(prefix="finops-records-") as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        records = way.read(path)
    return way.keep(records, name, _who(key))


def _typed(way: Way) -> None:
    key, turn = once.form(f"{way.name}-typed")
    with st.form(f"{turn}-form", enter_to_submit=False):
        row = {}
        with st.grid(_WIDE, min_column_width=180):
            for column in way.file.columns:
                row[column.name] = _field(column, f"{turn}-{column.name}")
        sent = once.send("Keep the row", turn, way.permission)
    if sent:

        def work() -> str:
            return way.keep((way.file.typed(row),), "One row", _who(key))

        once.do(f"{way.name}-typed", work, place=_told(way))


def _field(column: Column, key: str) -> str:
    """A field for a cell: a choice where there are few values, else a text."""
    label = column.name.replace("_", " ").capitalize() + ("" if column.needed else " (optional)")
    if column.choices:
        chosen: str | None = st.selectbox(label, column.choices, index=None, key=key)
        return str(chosen or "")
    return st.text_input(label, key=key, placeholder=column.example)


def _who(key: str) -> dict[str, Any]:
    return {"actor": desk.actor(), "at": desk.now(), "origin": "page", "key": key}


def _told(way: Way) -> str:
    return f"{way.name}-told"
