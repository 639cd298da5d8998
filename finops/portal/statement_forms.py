"""Forms of statements: accept one, dispute a line of it, answer a dispute; each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.access.roles import Permission
from finops.core.amount import Amount
from finops.core.condition import COLUMNS
from finops.core.period import BillingPeriod
from finops.operations import disputes
from finops.operations import telling
from finops.portal import desk
from finops.portal import formats
from finops.portal import once

if TYPE_CHECKING:
    from finops.operations.disputes import Dispute
    from finops.operations.telling import Told

PLACE = "statement"
_HOW = {
    "agreed": "Agree: the line is not theirs",
    "refused": "Refuse: the line stands",
    "withdrawn": "Withdraw it",
}
_NO_RULE = "no rule, a person must look"


def accept(one: Told) -> None:
    """A button with which the owner accepts what is shown."""
    key, turn = once.form("statement-accept")
    with st.form(f"{turn}-{one.statement.scope}-form", enter_to_submit=False, border=False):
        note = st.text_input("Note (optional)", key=f"{turn}-{one.statement.scope}-note")
        sent = once.send("Accept this statement", turn, Permission.REVIEW)
    if not sent:
        return

    def work() -> str:
        telling.accept(desk.workspace(), one, call=desk.call(key), note=note)
        month = formats.month(BillingPeriod.parse(one.statement.period))
        return f"{one.called}: the statement of {month} is accepted."

    once.do("statement-accept", work, place=PLACE)


def dispute(one: Told) -> None:
    """Which line is wrong, why, who should bear it, and by which rule."""
    key, turn = once.form("statement-dispute")
    of = f"{turn}-{one.statement.scope}"
    teams = [team.id for team in desk.organization().at(one.statement.period).teams]
    others = [name for name in dict.fromkeys(teams) if name != one.statement.team]
    with st.form(f"{of}-form", enter_to_submit=False, border=False):
        line = st.selectbox("Line", [each.says for each in one.statement.lines], key=f"{of}-line")
        reason = st.text_area("Why is it wrong?", key=f"{of}-reason", height=80)
        to = st.selectbox("Who should bear it?", others, index=None, key=f"{of}-to")
        st.markdown("A rule that would mend it, for every month to come (optional)")
        left, right = st.columns(2)
        column = left.selectbox(
            "Charges whose", list(COLUMNS), index=None, placeholder=_NO_RULE, key=f"{of}-column"
        )
        text = right.text_input("is", key=f"{of}-text")
        sent = once.send("Dispute this line", turn, Permission.REVIEW)
    if not sent:
        return

    def work() -> str:
        rule = None
        if column and text.strip() and to:
            name = f"{one.statement.team}-to-{to}-{one.statement.period}"
            rule = {"id": name, "when": {column: text.strip()}, "then": {"x_Team": to}}
        said = telling.Objection(line=line or "", reason=reason, to=to or "", rule=rule)
        kept = telling.dispute(desk.workspace(), one, said, call=desk.call(key))
        return f"Dispute {kept.key} is on the record; {to or 'whoever runs the review'} is asked."

    once.do("statement-dispute", work, place=PLACE)


def answer(one: Dispute) -> None:
    """Agree, refuse or withdraw, with a reason."""
    key, turn = once.form(f"statement-answer-{one.key}")
    with st.form(f"{turn}-form", enter_to_submit=False, border=False):
        how = st.radio(
            "Answer",
            list(_HOW),
            format_func=_HOW.__getitem__,
            index=None,
            horizontal=True,
            key=f"{turn}-how",
        )
        text = st.text_input("Why?", key=f"{turn}-text")
        sent = once.send("Answer", turn, Permission.REVIEW)
    if not sent:
        return

    def work() -> str:
        said = disputes.Answer(
            key=one.key,
            version=one.version,
            settlement=disputes.Settlement(how or disputes.Settlement.OPEN),
            text=text,
        )
        disputes.answer(desk.workspace().store, **desk.call(key), answer=said)
        return f"Dispute {one.key} is {how}."

    once.do(f"statement-answer-{one.key}", work, place=PLACE)


def said(one: Dispute) -> str:
    """A dispute in one line of text."""
    month = formats.month(BillingPeriod.parse(one.month))
    owner = formats.md_escape(one.scope.partition("=")[2])
    asked = f", and asks {formats.md_escape(one.to)} to bear it" if one.to else ""
    head = f"**{one.key}**: {owner} disputes {formats.md_escape(one.line)} of {month}"
    amount = formats.money(Amount(one.amount, one.currency))
    reason = formats.md_escape(one.reason.rstrip("."))
    answered = ""
    if not one.open:
        who, why = formats.md_escape(one.by), formats.md_escape(one.answer)
        answered = f" **{str(one.settlement).capitalize()}** by {who}: {why}"
    return f"{head} ({amount}){asked}: {reason}.{answered}"
