"""Forms of mapping rules: change one, put it in its place, and publish what was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
import yaml

from finops.access.roles import Permission
from finops.allocation import rule_files
from finops.allocation.published import newest_version
from finops.allocation.published import publish_rules
from finops.core.condition import COLUMNS
from finops.core.condition import Test
from finops.core.mapping import read_rule
from finops.core.mapping import rule_body
from finops.core.mapping import Told
from finops.errors import TieoutError
from finops.portal import desk
from finops.portal import formats
from finops.portal import once
from finops.portal import rule_desk
from finops.portal import rule_tables
from finops.portal import tables

if TYPE_CHECKING:
    from finops.access.command import Call
    from finops.allocation.draft import Draft
    from finops.core.mapping import MappingRule

NEW = "A new rule"
PLACE = "rules"
_NOTHING = "nothing"
_LINES = 3


def edit(draft: Draft) -> None:
    """Choose a rule, and change it, move it or take it out."""
    names = [NEW, *draft.rules.by_id]
    chosen = st.selectbox("Rule", names, key="rule-chosen", width=420)
    rule = draft.rules.by_id.get(chosen)
    if rule:
        _place(draft, rule)
    as_text = bool(rule and not _is_plain(rule))
    with st.form(f"rule-{chosen}-{draft.rules.digest[:8]}", enter_to_submit=False):
        body = _text(rule) if rule and as_text else _fields(rule)
        sent = st.form_submit_button("Keep in the draft", key="rule-keep")
    if sent:
        _kept(draft, body, chosen if rule else "")


def publish(draft: Draft) -> None:
    """Publish a draft with a reason; where somebody was faster, show both and keep the draft."""
    newest = newest_version(desk.workspace())
    if newest.number != draft.base.number:
        _conflict(draft)
        return

    def fields(turn: str) -> str:
        return st.text_input("Why these rules change", key=f"{turn}-reason")

    def work(reason: str, call: Call) -> str:
        done = publish_rules(
            desk.workspace().store,
            **call,
            body=[draft.rules.digest, draft.base.number, reason],
            root=desk.workspace().root,
            rules=draft.rules,
            base=draft.base.number,
            reason=reason,
        )
        rule_desk.drop()
        return f"Version {done.version} holds. Every month that is not closed is told by it."

    once.ask("rules-publish", ("Publish", Permission.WRITE_RULES), fields, work, place=PLACE)


def _conflict(draft: Draft) -> None:
    """Somebody else has published since: both texts, and the way on."""
    theirs = newest_version(desk.workspace())
    st.warning(
        f"{formats.md_escape(theirs.author)} has published version {theirs.number} since you read "
        f"version {draft.base.number}: {formats.md_escape(theirs.reason)}. "
        "Your text is kept, and theirs too.",
        icon=":material/call_merge:",
    )
    tables.draw_or_say(
        rule_tables.both(draft.both(theirs)), "Nobody else changed a rule that you changed."
    )
    if st.button(f"Put my changes on version {theirs.number}", key="rules-on-theirs"):
        rule_desk.keep(draft.on(theirs))
        st.rerun(scope="app")


def _place(draft: Draft, rule: MappingRule) -> None:
    """Buttons that move a rule or take it out."""
    with st.container(horizontal=True):
        up = st.button("Move up", icon=":material/arrow_upward:", key="rule-up")
        down = st.button("Move down", icon=":material/arrow_downward:", key="rule-down")
        out = st.button("Take out", icon=":material/delete:", key="rule-out")
    if up or down:
        _again(draft.moved(rule.id, by=-1 if up else 1))
    if out:
        _again(draft.without(rule.id))


def _again(draft: Draft) -> None:
    rule_desk.keep(draft)
    st.rerun(scope="app")


def _kept(draft: Draft, body: dict[str, object], instead_of: str) -> None:
    try:
        rule = read_rule(body, draft.rules.lookups)
        changed = draft.put(rule, instead_of=instead_of)
    except TieoutError as error:
        st.error(formats.md_escape(error.sentence), icon=":material/error:")
        return
    _again(changed)


def _is_plain(rule: MappingRule) -> bool:
    """Whether the fields of the form can hold it."""
    plain = all(not (p.source.by or p.source.aliases) for p in rule.when)
    return plain and len(rule.when) <= _LINES and not any(isinstance(v, Told) for _, v in rule.then)


def _text(rule: MappingRule) -> dict[str, object]:
    """A rule with parts of names or tables, as text."""
    told = yaml.safe_dump(rule_body(rule), sort_keys=False, allow_unicode=True)
    text = st.text_area("The rule, as YAML", value=told, height=220, key=f"rule-text-{rule.id}")
    try:
        return rule_files.parse(text)
    except TieoutError:
        return {}


def _fields(rule: MappingRule | None) -> dict[str, object]:
    """A rule's fields; what is left empty is not asked or said."""
    name = rule.id if rule else ""
    told = st.text_input("Name", value=name, key=f"rule-id-{name}")
    when = [_condition(rule, place) for place in range(_LINES)]
    then = {d: _choice(rule, d) for d in desk.organization().own_dimensions[:-1]}
    first, last, steward, note = st.columns(4)
    body: dict[str, object] = {
        "id": told,
        "when": dict(one for one in when if one),
        "then": {dimension: value for dimension, value in then.items() if value},
        "valid_from": first.text_input(
            "First month (YYYY-MM)", value=(rule and rule.valid_from) or "", key=f"rule-from-{name}"
        ),
        "valid_to": last.text_input(
            "Last month (YYYY-MM)", value=(rule and rule.valid_to) or "", key=f"rule-to-{name}"
        ),
        "steward": steward.text_input(
            "Steward", value=(rule and rule.steward) or "", key=f"rule-steward-{name}"
        ),
        "note": note.text_input("Note", value=(rule and rule.note) or "", key=f"rule-note-{name}"),
    }
    return {key: value for key, value in body.items() if value not in ("", {})}


def _condition(rule: MappingRule | None, place: int) -> tuple[str, object] | None:
    """One line: what is looked at, how, and for which texts."""
    there = rule.when[place] if rule and place < len(rule.when) else None
    key = f"{rule.id if rule else ''}-{place}"
    options = [_NOTHING, *COLUMNS]
    if there and there.source.name not in options:
        options.append(there.source.name)
    what, how, texts = st.columns([2, 1, 3])
    source = what.selectbox(
        "When" if place == 0 else "and",
        options,
        index=options.index(there.source.name) if there else 0,
        accept_new_options=True,
        help="A column, or tag:KEY; several spellings of a key are parted by |.",
        key=f"rule-source-{key}",
    )
    tests = list(Test)
    test = how.selectbox(
        "asks", tests, index=tests.index(there.test) if there else 0, key=f"rule-test-{key}"
    )
    text = texts.text_input(
        "for (several parted by commas)",
        value=", ".join(there.values) if there else "",
        key=f"rule-values-{key}",
    )
    if not source or source == _NOTHING:
        return None
    if test is Test.EXISTS:
        return source, {"exists": text.strip() not in {"no", "false"}}
    values = [one.strip() for one in text.split(",")] if test is Test.IN else text.strip()
    return source, {str(test): values}


def _choice(rule: MappingRule | None, dimension: str) -> str:
    value = dict(rule.then).get(dimension) if rule else None
    there = str(value) if value else ""
    return st.text_input(
        f"then {formats.dimension(dimension)} is",
        value=there,
        key=f"rule-{dimension}-{rule.id if rule else ''}",
    )
