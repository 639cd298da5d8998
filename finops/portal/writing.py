"""Writing: one form for everything that is written for a review, and no words of it lost.

What is typed is kept as a draft at every step, done once however often it is sent, and, where
somebody else was faster, shown beside theirs to be merged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

import streamlit as st

from finops.access.roles import Permission
from finops.errors import EditConflict
from finops.operations import drafts
from finops.operations import preparing
from finops.operations.entries import history
from finops.portal import desk
from finops.portal import once
from finops.portal import side_by_side
from finops.records.canonical import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from finops.access.command import Call
    from finops.operations.entries import Entry
    from finops.operations.entries import Kept

_HEIGHT = 88
_SHORT = 8


class Shape(StrEnum):
    """How a field is typed."""

    LINE = "line"
    TEXT = "text"
    LIST = "list"
    CHOICE = "choice"
    DAY = "day"
    AMOUNT = "amount"


class Field(NamedTuple):
    """One field of an entry: its name there, what it is called, and how it is typed."""

    name: str
    label: str
    shape: Shape = Shape.LINE
    options: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Form:
    """What is written, by which fields, and the command that keeps it."""

    name: str
    kind: type[Entry]
    fields: tuple[Field, ...]
    more: tuple[Field, ...] = ()
    label: str
    keep: Callable[[Any, Call], Kept]
    said: str = "is on the record"

    @property
    def every(self) -> tuple[Field, ...]:
        """All fields."""
        return (*self.fields, *self.more)


class _Sheet(NamedTuple):
    """One form as one person has it before them: its names, and the entry that it began from."""

    form: Form
    name: str
    key: str
    turn: str
    seen: Entry | None
    around: Mapping[str, object]


def draw(
    form: Form,
    seen: Entry | None,
    around: Mapping[str, object],
    *,
    first: Mapping[str, str] | None = None,
) -> None:
    """Draw the form of an entry, or of a new one.

    `around` is what is not typed; `first` is what stands in the fields of a new one, until its
    writer begins to type.
    """
    name = f"{form.name}-{seen.key}" if seen else form.name
    once.told(name)
    _begin_with(name, dict(first or {}))
    left = _draft(name)
    key, turn = once.form(name, left.key if left else "")
    draft = st.session_state.setdefault(f"{turn}-draft", left)
    base = st.session_state.setdefault(f"{turn}-seen", _base(form, seen, draft))
    sheet = _Sheet(form, name, key, turn, base, around)
    begun = draft.said if draft else dict(first or {}) if seen is None else {}
    for field in form.fields:
        _ask(sheet, field, begun)
    if form.more:
        with st.expander("More"):
            for field in form.more:
                _ask(sheet, field, begun)
    if draft:
        st.caption(":material/draft: What you had begun to write is back.")
    may = desk.actor().may(Permission.REVIEW)
    if st.button(form.label, type="primary", key=f"{turn}-send", disabled=not may):
        once.do(name, partial(_send, sheet), place=name)
    if conflict := st.session_state.get(f"{turn}-both"):
        labels = {field.name: field.label for field in form.every}
        if side_by_side.merge(conflict, labels, key=turn):
            once.do(name, partial(_merge, sheet, conflict), place=name)


def _begin_with(name: str, first: Mapping[str, str]) -> None:
    """Lay out a new form where what it begins with has changed and nobody has typed in it."""
    kept = f"{name}-first"
    if st.session_state.get(kept, first) != first and _draft(name) is None:
        once.renew(name)
    st.session_state[kept] = dict(first)


def _draft(name: str) -> drafts.Draft | None:
    """What the reader had begun to write; what of it is on the record is begun no more."""
    workspace, who = desk.workspace(), desk.actor().name
    found = drafts.find(workspace.root, who, name)
    if found and drafts.arrived(workspace.store, found):
        drafts.drop(workspace.root, who, name)
        return None
    return found


def _base(form: Form, seen: Entry | None, draft: drafts.Draft | None) -> Entry | None:
    """The version that the writer saw: the draft's, where one was begun."""
    if seen is None or draft is None:
        return seen
    versions = history(desk.workspace(), form.kind, seen.key)
    return next((one for one in versions if one.version == draft.version), seen)


def _ask(sheet: _Sheet, field: Field, begun: Mapping[str, str]) -> None:
    """Draw one field with what was begun, or else what the entry has."""
    text = begun.get(field.name, _text(sheet.seen, field))
    usual: dict[str, Any] = {
        "key": f"{sheet.turn}-{field.name}",
        "on_change": partial(_remember, sheet),
    }
    shown: dict[str, Any] = {"placeholder": field.hint} if field.hint else {}
    match field.shape:
        case Shape.TEXT | Shape.LIST:
            st.text_area(field.label, text, height=_HEIGHT, **usual, **shown)
        case Shape.CHOICE:
            place = field.options.index(text) if text in field.options else None
            st.radio(field.label, field.options, index=place, horizontal=True, **usual)
        case Shape.DAY:
            st.date_input(field.label, date.fromisoformat(text) if text else None, **usual)
        case _:
            st.text_input(field.label, text, **usual, **shown)


def _text(seen: Entry | None, field: Field) -> str:
    """What an entry has in a field, as it is typed."""
    value = seen.words().get(field.name) if seen else None
    if isinstance(value, list):
        return "\n".join(_line(one) for one in value)
    return "" if value is None else str(value)


def _line(one: object) -> str:
    """One of a list: a name, or an option with its effect."""
    if isinstance(one, dict):
        effect = one.get("effect")
        return f"{one['text']} = {effect}" if effect is not None else str(one["text"])
    return str(one)


def typed(turn: str, fields: tuple[Field, ...]) -> dict[str, str]:
    """What stands in the fields now, as text."""
    found = {one.name: st.session_state.get(f"{turn}-{one.name}") for one in fields}
    return {name: "" if value is None else str(value) for name, value in found.items()}


def _remember(sheet: _Sheet, sent: str = "") -> None:
    """Keep what has been typed so far, and under which key it is being sent, if it is."""
    said, version = typed(sheet.turn, sheet.form.every), sheet.seen.version if sheet.seen else 0
    draft = drafts.Draft(said, version, sheet.key.removeprefix(f"{sheet.name}-"), sent)
    drafts.keep(desk.workspace().root, desk.actor().name, sheet.name, draft)


def _entry(sheet: _Sheet) -> Entry:
    """The entry as it was typed, as an edit of the version that was seen."""
    seen = sheet.seen.model_dump(mode="json") if sheet.seen else {}
    told = {**seen, **sheet.around, **values_of(sheet.form, typed(sheet.turn, sheet.form.every))}
    return preparing.read(sheet.form.kind, told)


def values_of(form: Form, said: Mapping[str, str]) -> dict[str, object]:
    """What was typed as an entry takes it; what was left empty is what it usually is."""
    usual = {
        name: one.get_default(call_default_factory=True)
        for name, one in form.kind.model_fields.items()
        if not one.is_required()
    }
    return {
        one.name: value_of(one, said[one.name])
        if said[one.name].strip() or one.name not in usual
        else usual[one.name]
        for one in form.every
    }


def value_of(field: Field, text: str) -> object:
    """A field's text as the entry takes it."""
    match field.shape:
        case Shape.LIST:
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            return [_option(line) for line in lines] if field.name == "options" else lines
        case Shape.DAY:
            return text or None
        case Shape.AMOUNT:
            return text.strip() or "0"
        case _:
            return text


def _option(line: str) -> dict[str, object]:
    """`Switch it off = -300`: an option and what it changes of a month's cost."""
    text, _, effect = line.rpartition("=")
    try:
        return {"text": text.strip(), "effect": Decimal(effect.strip())}
    except ArithmeticError:
        return {"text": line}


def _send(sheet: _Sheet) -> str:
    """Keep it; where somebody was faster, keep both texts to be shown."""
    entry = _entry(sheet)
    try:
        return _kept(sheet, entry, f"{sheet.key}-{digest_of(entry.words())[:_SHORT]}")
    except EditConflict as conflict:
        both = side_by_side.Both(sheet.seen, entry, conflict)
        st.session_state[f"{sheet.turn}-both"] = both
        raise


def _merge(sheet: _Sheet, both: side_by_side.Both) -> str:
    """Keep the words of both, as an edit of the newest version."""
    return _kept(sheet, side_by_side.merged(both), f"{sheet.key}-merged-{both.conflict.version}")


def _kept(sheet: _Sheet, entry: Entry, key: str) -> str:
    _remember(sheet, key)
    kept = sheet.form.keep(entry, desk.call(key))
    drafts.drop(desk.workspace().root, desk.actor().name, sheet.name)
    return f"{kept.key} {sheet.form.said}."
