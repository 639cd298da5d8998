"""Preparing a meeting: its pack and requests from the figures as they are, and all in one call.

Also what needs the figures and the records together: deciding and scoring as anybody does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import TypeVar

from pydantic import ValidationError

from finops.core.period import BillingPeriod
from finops.errors import UsageError
from finops.ingestion.budgets import budgets_of
from finops.invoicing import books_of
from finops.operations import agenda
from finops.operations import decisions
from finops.operations import outcomes
from finops.operations import review
from finops.operations.entries import log_of
from finops.operations.material import Material
from finops.operations.value import units_of
from finops.savings.ledger import savings_of
from finops.savings.verification import verifications_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pydantic import BaseModel

    from finops.access.command import Call
    from finops.access.workspace import Workspace
    from finops.operations.decisions import Decision
    from finops.operations.entries import Kept
    from finops.operations.outcomes import Outcome
    from finops.operations.review import Meeting

Kind = TypeVar("Kind", bound="BaseModel")

NAME = "Cost review"
"""What the first series is called."""


def material(workspace: Workspace, meeting: Meeting, *, today: date) -> Material:
    """What the agenda of a meeting is made from, as the newest snapshot has it.

    Raises:
        UsageError: there is no data yet.
    """
    dataset, log = workspace.dataset(), log_of(workspace)
    return Material(
        dataset=dataset,
        books=books_of(workspace, dataset.snapshot),
        organization=workspace.organization(dataset.snapshot),
        budgets=budgets_of(workspace, dataset.snapshot),
        log=log,
        series=review.series_of(log, meeting),
        meeting=meeting,
        period=BillingPeriod.parse(meeting.month),
        today=today,
        savings=savings_of(workspace, today=today),
        signed=verifications_of(workspace),
    )


def plan(  # noqa: PLR0913 -- what a meeting is
    workspace: Workspace,
    *,
    day: date,
    today: date,
    call: Call,
    month: str = "",
    facilitator: str = "",
    attendees: tuple[str, ...] = (),
) -> Meeting:
    """Plan a meeting of the one series and prepare it; the series begins with the first.

    `attendees` are `Name=Persona`; where none is named the series' usual ones are expected.
    Without a month, it is about the last one before the day that has charges.

    Raises:
        UsageError: there is no data yet, or `month` is none.
    """
    series = _series(workspace, facilitator, attendees, call)
    about = BillingPeriod.parse(month) if month else _last(workspace, day)
    entry = review.Meeting(
        series=series.key,
        day=day,
        month=str(about),
        facilitator=facilitator or series.facilitator,
    )
    kept = review.change_meeting(workspace.store, **_part(call, "meeting"), entry=entry)
    for one in series.attendees:
        there = review.Attendance(meeting=kept.key, person=one.name, persona=one.persona)
        review.attend(workspace.store, **_part(call, f"attend {one.name}"), entry=there)
    held = review.meeting_of(log_of(workspace), kept.key)
    prepare(workspace, held, today=today, call=_part(call, "prepare"))
    return held


def prepare(workspace: Workspace, meeting: Meeting, *, today: date, call: Call) -> Kept:
    """Score what can be scored, freeze the pack, and ask the owners of material variances.

    Raises:
        Conflict: its minutes are final, or somebody else has prepared it meanwhile.
    """
    score(workspace, meeting=meeting.key, today=meeting.day, call=_part(call, "score"))
    prepared = agenda.prepare(material(workspace, meeting, today=today))
    return agenda.keep_pack(workspace.store, **call, prepared=prepared)


def decide(workspace: Workspace, entry: Decision, *, day: date, call: Call) -> Kept:
    """Put a decision on the record with the figure it is measured against, frozen.

    Raises:
        UsageError: something is missing, or no month is closed before the day.
        EditConflict: somebody else has changed it meanwhile.
    """
    decisions.check(entry)
    dataset = workspace.dataset()
    books = books_of(workspace, dataset.snapshot)
    if entry.purpose is decisions.Kind.INVEST and entry.value_expected:
        units_of(workspace, dataset.snapshot).require(entry.value)
    frozen = decisions.freeze(dataset, books.closings, entry, day=day)
    return decisions.decide(workspace.store, **call, entry=frozen)


def score(workspace: Workspace, *, meeting: str, today: date, call: Call) -> tuple[Outcome, ...]:
    """Measure every decision whose day has come and whose month is closed; on the record."""
    dataset, log = workspace.dataset(), log_of(workspace)
    books = books_of(workspace, dataset.snapshot)
    units = units_of(workspace, dataset.snapshot)
    found = []
    for one in outcomes.ready(log, dataset, books, today):
        outcome = outcomes.measure(dataset, books, one, units)
        if outcome:
            entry = outcome.model_copy(update={"meeting": meeting})
            outcomes.score(workspace.store, **_part(call, one.key), entry=entry)
            found.append(entry)
    return tuple(found)


def read(kind: type[Kind], told: Mapping[str, object]) -> Kind:
    """Read an entry, or an answer to one, from what somebody typed.

    Raises:
        UsageError: a field is not what it must be; it is named with what was typed.
    """
    try:
        return kind.model_validate(told)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        message = f"{place}: {str(first.get('input', ''))[:60]!r} does not fit: {first['msg']}."
        raise UsageError(message) from error


def _series(
    workspace: Workspace, facilitator: str, attendees: tuple[str, ...], call: Call
) -> review.Series:
    """The one series, as it is or begun now."""
    there = log_of(workspace).of(review.Series)
    if there:
        return there[0]
    people = (one.partition("=") for one in attendees)
    entry = review.Series(
        name=NAME,
        facilitator=facilitator,
        attendees=tuple(review.Attendee(name=who, persona=what) for who, _, what in people),
    )
    review.begin_series(workspace.store, **_part(call, "series"), entry=entry)
    return log_of(workspace).of(review.Series)[0]


def _last(workspace: Workspace, day: date) -> BillingPeriod:
    """The last month with charges that is over on a day."""
    months = {BillingPeriod.parse(part.month) for part in workspace.dataset().snapshot.charges}
    return max((month for month in months if month.end <= day), default=max(months))


def _part(call: Call, name: str) -> Call:
    """The call of one command of several, under a key of its own."""
    return {**call, "key": f"{call['key']}-{name}" if call["key"] else None}
