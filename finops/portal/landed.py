"""Landed: last time we said so much, it landed there, and why; what Overview opens with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.core.amount import Amount
from finops.core.amount import total
from finops.errors import TieoutError
from finops.operations import outcomes
from finops.operations.actions import holding_back
from finops.operations.actions import Progress
from finops.operations.decisions import Decision
from finops.portal import formats
from finops.portal import meeting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.dataset import Dataset
    from finops.operations.actions import Action
    from finops.operations.entries import Log
    from finops.operations.outcomes import Outcome

_STATES = {Progress.DOING: "under way", Progress.BLOCKED: "blocked"}
"""How what is left to do stands; what is open is not done."""


def sentence(_: Dataset) -> str:
    """What the last decisions were to bring, where it landed, and why; empty without any."""
    found = meeting.held()
    if found is None:
        return ""
    try:
        last = _last(found.log) or meeting.so_far(found.log)
    except TieoutError:
        return ""
    return told(found.log, last) if last else ""


def _last(log: Log) -> tuple[Outcome, ...]:
    """What the latest meeting that scored any decision scored."""
    scored = log.of(outcomes.Outcome)
    newest = max(scored, key=lambda one: one.version, default=None)
    return tuple(one for one in scored if newest and one.meeting == newest.meeting)


def told(log: Log, last: Sequence[Outcome]) -> str:
    """What some decisions were to bring together, what they brought, and what missed by most."""
    currency = last[0].measured.currency
    said = _money(total(one.expected for one in last), currency)
    landed = _money(total(one.effect for one in last), currency)
    by = formats.counted(len(last), "decision")
    return (
        f"Last time we said {said} a month by {by}, it landed {landed} "
        f"({outcomes.tally(last)}), because {_why(log, max(last, key=lambda one: abs(one.error)))}."
    )


def _why(log: Log, one: Outcome) -> str:
    """Why the decision that missed by most did; where nobody knows yet, what it brought.

    In the words of a person, or by what is still to be done for it.
    """
    decision = log.find(Decision, one.key)
    name = formats.md_escape(decision.choice if decision else one.key)
    left = holding_back(log, one.key) if one.result is not outcomes.Result.HIT else None
    if said := _plain(one.why) or (_left(left) if left else ""):
        return f"of “{name}”: {formats.md_escape(said)}"
    currency = one.measured.currency
    return f"“{name}” brought {_money(one.effect, currency)} of {_money(one.expected, currency)}"


def _left(action: Action) -> str:
    """What is not done of a decision, and what it waits for."""
    step = f" ({_plain(action.next_step)})" if action.next_step.strip() else ""
    return f"“{_plain(action.title)}” is {_STATES.get(action.progress, 'not done')}{step}"


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def _money(number: Decimal, currency: str) -> str:
    return formats.md_escape(formats.short(Amount(number, currency), signed=bool(number)))
