"""`finops review answer, decide, act, learn`: what people say in a meeting, put on its record."""

from __future__ import annotations

from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.reviewed import call_of
from finops.cli.reviewed import Meeting
from finops.cli.reviewed import show_work
from finops.cli.reviewed import shown
from finops.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finops.access.workspace import Workspace
    from finops.cli.session import Session

Day = Annotated[str, typer.Option(metavar="D", help="A day, YYYY-MM-DD.")]
Key = Annotated[str, typer.Option(metavar="K", help="Edit this one.")]
Version = Annotated[int, typer.Option(metavar="N", help="The version that you saw.")]
Owner = Annotated[str, typer.Option(metavar="NAME")]
Question = Annotated[str, typer.Option(metavar="TEXT", help="What is asked.")]
Choice = Annotated[str, typer.Option(metavar="TEXT", help="What was chosen.")]
Kind = Annotated[str, typer.Option(help="save (unless said), invest, accept or rule.")]
Change = Annotated[
    str, typer.Option(metavar="AMOUNT", help="Change of a month's cost; negative saves.")
]
Value = Annotated[
    str,
    typer.Option(metavar="METRIC", help="What an investment must move a month: `checkout orders`."),
]
Options = Annotated[
    list[str] | None,
    typer.Option(metavar="TEXT=AMOUNT", help="What could be done, and what it changes of a month."),
]
Drivers = Annotated[list[str] | None, typer.Option(metavar="TEXT", help="What drives it.")]
Deciders = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Who decides.")]
Retrospective = Annotated[
    str, typer.Option(metavar="NAME", help="The retrospective it came out of.")
]


def answer(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="The request.")],
    *,
    cause: Annotated[str, typer.Option(metavar="TEXT", help="Why it is.")],
    lasting: Annotated[str, typer.Option(help="one-off or lasting.")],
    next_step: Annotated[str, typer.Option(metavar="TEXT")] = "",
    version: Version = 0,
) -> None:
    """Answer a request for commentary."""
    from finops.operations import commentary
    from finops.operations import preparing
    from finops.operations.entries import log_of

    def work(workspace: Workspace, session: Session) -> dict[str, object]:
        there = log_of(workspace).find(commentary.Commentary, key)
        if there is None:
            message = f"There is no request {key!r}."
            raise UsageError(message, remedy="See `finops review agenda`.")
        said = {"cause": cause, "lasting": lasting, "next_step": next_step}
        around = {"key": key, "meeting": there.meeting, "version": version or there.version}
        entry = preparing.read(commentary.Commentary, {**there.words(), **said, **around})
        commentary.answer(workspace.store, **call_of(session), entry=entry)
        return shown(log_of(workspace).find(commentary.Commentary, key))

    show_work(context, work)


def decide(
    context: typer.Context,
    *,
    question: Question = "",
    choice: Choice = "",
    kind: Kind = "",
    team: Annotated[str, typer.Option(metavar="TEAM")] = "",
    owner: Owner = "",
    due: Day = "",
    expected: Change = "",
    scope: Annotated[str, typer.Option(metavar="D=V", help="Where it will show.")] = "",
    measure: Annotated[str, typer.Option(metavar="M", help="What it is measured by.")] = "",
    value: Value = "",
    value_expected: Annotated[str, typer.Option(metavar="AMOUNT", help="By how much.")] = "",
    review_day: Day = "",
    context_text: Annotated[str, typer.Option("--context", metavar="TEXT", help="Why asked.")] = "",
    option: Options = None,
    driver: Drivers = None,
    decider: Deciders = None,
    dissent: Annotated[str, typer.Option(metavar="TEXT")] = "",
    supersedes: Annotated[str, typer.Option(metavar="K", help="The decision it replaces.")] = "",
    retrospective: Retrospective = "",
    meeting: Meeting = "",
    key: Key = "",
    version: Version = 0,
) -> None:
    """Put a decision on the record, with the figure that it is measured against."""
    said = {
        "question": question, "choice": choice, "purpose": kind, "team": team, "owner": owner,
        "due": due or None, "expected": expected or None, "scope": scope, "dissent": dissent,
        "review_day": review_day or None, "supersedes": supersedes, "key": key, "version": version,
        "retrospective": retrospective, "context": context_text, "drivers": tuple(driver or ()),
        "options": tuple(map(_option, option or ())), "deciders": tuple(decider or ()),
        "measure": measure, "value": value, "value_expected": value_expected or None,
    }  # fmt: skip

    show_work(context, lambda workspace, session: _decided(workspace, session, meeting, said))


def act(
    context: typer.Context,
    *,
    title: Annotated[str, typer.Option(metavar="TEXT", help="What is to be done.")] = "",
    owner: Owner = "",
    due: Day = "",
    expected: Change = "",
    state: Annotated[str, typer.Option(help="open, doing, blocked, done or dropped.")] = "",
    next_step: Annotated[str, typer.Option(metavar="TEXT")] = "",
    decision: Annotated[str, typer.Option(metavar="K", help="The decision it serves.")] = "",
    link: Annotated[str, typer.Option(metavar="URL")] = "",
    meeting: Meeting = "",
    key: Key = "",
    version: Version = 0,
) -> None:
    """Agree on an action, or say how far it has come."""
    from finops.operations import actions
    from finops.operations import preparing
    from finops.operations import review
    from finops.operations.entries import log_of

    said = {
        "title": title, "owner": owner, "due": due, "progress": state, "next_step": next_step,
        "decision": decision, "link": link, "key": key, "expected": expected,
    }  # fmt: skip

    def work(workspace: Workspace, session: Session) -> dict[str, object]:
        log = log_of(workspace)
        former = log.find(actions.Action, key)
        held = former.meeting if former else review.meeting_of(log, meeting).key
        told = {**(former.words() if former else {}), **{k: v for k, v in said.items() if v}}
        entry = preparing.read(actions.Action, {**told, "meeting": held, "version": version})
        kept = actions.act(workspace.store, **call_of(session), entry=entry)
        return shown(log_of(workspace).find(actions.Action, kept.key))

    show_work(context, work)


def learn(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="The decision that was scored.")],
    *,
    why: Annotated[str, typer.Option(metavar="TEXT", help="Why it turned out so.")],
    lesson: Annotated[str, typer.Option(metavar="TEXT", help="What is learned from it.")] = "",
) -> None:
    """Say why a decision turned out as it did, and what is learned from it."""
    from finops.operations import outcomes as room
    from finops.operations.entries import log_of

    def work(workspace: Workspace, session: Session) -> dict[str, object]:
        there = log_of(workspace).find(room.Outcome, key)
        if there is None:
            message = f"There is no decision {key!r} that was scored."
            raise UsageError(message, remedy="See `finops review outcomes`.")
        entry = there.model_copy(update={"why": why, "lesson": lesson or there.lesson})
        room.score(workspace.store, **call_of(session), entry=entry)
        return shown(log_of(workspace).find(room.Outcome, key))

    show_work(context, work)


def _decided(
    workspace: Workspace, session: Session, meeting: str, said: Mapping[str, object]
) -> dict[str, object]:
    """Write a decision; what is not said stays as it was."""
    from finops.operations import preparing
    from finops.operations import review
    from finops.operations.decisions import Decision
    from finops.operations.entries import log_of

    log = log_of(workspace)
    held = review.meeting_of(log, meeting)
    former = log.find(Decision, str(said["key"]))
    told = {**(former.words() if former else {}), **{k: v for k, v in said.items() if v}}
    entry = preparing.read(Decision, {**told, "meeting": held.key, "version": said["version"]})
    kept = preparing.decide(workspace, entry, day=held.day, call=call_of(session))
    return shown(log_of(workspace).find(Decision, kept.key))


def _option(text: str) -> dict[str, object]:
    """`Switch it off=-300`; without an amount its effect is not known."""
    words, _, effect = text.rpartition("=")
    return {"text": words.strip(), "effect": effect.strip()} if words else {"text": text.strip()}
