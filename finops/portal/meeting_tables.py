"""Meeting tables: the agenda, requests, decisions, actions and outcomes of a review, in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import Amount
from finops.core.period import BillingPeriod
from finops.operations.actions import Action
from finops.operations.actions import cost_of_delay
from finops.operations.actions import days_late
from finops.operations.commentary import said_before
from finops.operations.comments import Comment
from finops.operations.decisions import Decision
from finops.operations.issues import new_issue
from finops.operations.sources import OPENS
from finops.portal import desk
from finops.portal import formats
from finops.portal import set_up
from finops.portal import tables

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from finops.operations.commentary import Commentary
    from finops.operations.entries import Log
    from finops.operations.material import Item
    from finops.operations.outcomes import Outcome
    from finops.portal.meeting import Held
    from finops.portal.tables import Table


_ABOVE = "one by one above"
"""Where the outcomes stand that a meeting opens with."""


def items(found: Iterable[Item], *, timed: bool = True) -> Table:
    """Agenda items with their amounts, and their minutes where all items are told."""
    return tables.records(
        "Agenda",
        (
            {
                "Item": formats.dated(one.title),
                "Amount": signed(one.amount, one.currency),
                **({"Minutes": one.minutes} if timed else {}),
                "Owner": one.owner or formats.NONE,
                "Detail": _ABOVE if one.source == OPENS else formats.dated(one.detail),
            }
            for one in found
        ),
    )


def requests(found: Held) -> Table:
    """Each request with its answer, and what was said last month beside it."""
    return tables.records(
        "Requests for commentary",
        (
            {
                "Team": ", ".join(filter(None, (one.team, one.owner))),
                "Change": signed(one.change, one.currency),
                "Answer": _answer(one),
                "Next step": one.next_step,
                "Last time": before.cause if (before := said_before(found.log, one)) else "",
            }
            for one in sorted(found.requests, key=lambda one: (one.answered, -abs(one.change)))
        ),
    )


def _answer(one: Commentary) -> str:
    """What was answered, or by when it is due."""
    if one.answered:
        return f"{one.cause} ({one.lasting})"
    return f"unanswered, due {formats.day_in_month(one.due)}"


def decided_briefly(found: Held) -> Table:
    """What this meeting decided, as narrow as half a screen."""
    return tables.records(
        "Decisions",
        (
            {
                "Decision": one.choice,
                "Expected a month": _expected(one) or formats.NONE,
                "Owner": one.owner or formats.NONE,
            }
            for one in found.log.of(Decision, found.meeting.key)
        ),
    )


def actions_briefly(found: Held) -> Table:
    """What is still to be done, the latest first, as narrow as half a screen."""
    return tables.records(
        "Actions",
        (
            {"What": one.title, "Owner": one.owner, "When": _when_due(one, found.today)}
            for one in _left(found)
        ),
    )


def decided(found: Held) -> Table:
    """What this meeting decided."""
    return tables.records(
        "Decisions",
        (
            {
                "Decision": one.choice,
                "Question": one.question,
                "Kind": str(one.purpose),
                "Expected a month": _expected(one),
                "Owner": one.owner or formats.NONE,
                "Due": formats.day(one.due) if one.due else formats.NONE,
                "Known as": one.key,
            }
            for one in found.log.of(Decision, found.meeting.key)
        ),
    )


def actions(found: Held) -> Table:
    """What is still to be done, with what its delay has cost and how often it was carried over."""
    currency = desk.organization().reporting_currency
    return tables.records(
        "Actions",
        (
            {
                "What": one.title,
                "Owner": one.owner,
                "When": _when_due(one, found.today),
                "State": str(one.progress),
                "Cost of delay": signed(cost_of_delay(found.log, one, found.today), currency),
                "Carried over": one.carried,
                "Next step": one.next_step,
                **_issue(one),
            }
            for one in _left(found)
        ),
        {"Issue": st.column_config.LinkColumn(display_text="New issue")},
    )


def turned_out(log: Log, found: Iterable[Outcome]) -> Table:
    """How decisions turned out: expected against the bill."""
    return tables.records("Outcomes", (_brought(log, one) for one in found))


def ahead(log: Log, found: Iterable[Outcome]) -> Table:
    """How decisions stand that are not scored yet, and when they will be."""
    return tables.records(
        "Decisions so far", ({**_brought(log, one), "Scored": _when(log, one)} for one in found)
    )


def talk(found: Held) -> Table:
    """What was said about this meeting's items, the latest last."""
    return tables.records(
        "Comments",
        (
            {
                "Who": one.by,
                "Comment": one.text,
                "About": _about(found, one),
                "To": ", ".join(one.mentions),
            }
            for one in found.log.of(Comment, found.meeting.key)
        ),
    )


def signed(number: Decimal, currency: str) -> str:
    """An amount with its sign and currency; nothing where it is zero."""
    return formats.short(Amount(number, currency), signed=True) if number else ""


def _left(found: Held) -> list[Action]:
    """What is still to be done, the latest first."""
    return sorted((one for one in found.log.of(Action) if one.left), key=lambda one: one.due)


def _issue(one: Action) -> dict[str, object]:
    """The action's own link, or else the address of a new issue; nothing without a tracker."""
    tracker = set_up.tracker()
    return {"Issue": new_issue(tracker, one)} if tracker else {}


def _when_due(one: Action, today: date) -> str:
    late = days_late(one, today)
    return formats.counted(late, "day") + " late" if late else f"by {formats.day_in_month(one.due)}"


def _expected(one: Decision) -> str:
    return signed(one.expected, one.baseline.currency if one.baseline else "")


def _brought(log: Log, one: Outcome) -> dict[str, object]:
    decision = log.find(Decision, one.key)
    return {
        "Decision": decision.choice if decision else one.key,
        "Owner": decision.owner if decision else "",
        "Result": str(one.result),
        "Expected a month": _money(one, one.expected),
        "On the bill": _money(one, one.effect),
        "Off by": _money(one, one.error),
        "Month": formats.month_brief(BillingPeriod.parse(one.measured.month)),
    }


def _when(log: Log, one: Outcome) -> str:
    """From which day on a decision is scored."""
    decision = log.find(Decision, one.key)
    day = decision.review_day if decision else None
    return f"from {formats.day(day)}" if day else "at the next meeting"


def _about(found: Held, one: Comment) -> str:
    """What a comment is about, in words."""
    titles = {item.key: formats.dated(item.title) for item in found.agenda.items if item.key}
    decision = found.log.find(Decision, one.about)
    seen = ", ".join(filter(None, (one.page, one.view, one.figure)))
    return titles.get(one.about) or (decision.choice if decision else "") or seen or "the meeting"


def _money(one: Outcome, number: Decimal) -> str:
    return formats.short(Amount(number, one.measured.currency), signed=True)
