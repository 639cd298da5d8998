"""`finops worklist`: which resources to change, what each is worth, and the commands to copy."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.month import day_of
from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of
from finops.core.resource_id import short
from finops.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

    from finops.access.command import Call
    from finops.access.workspace import Workspace
    from finops.dataset import Dataset
    from finops.reporting.exports import About
    from finops.workloads.findings import Finding
    from finops.workloads.progress import Progress
    from finops.workloads.worklist import Worklist

_SHOWN = 25


def worklist(
    context: typer.Context,
    *,
    every: Annotated[bool, typer.Option("--all", help="What is held or done as well.")] = False,
    team: Annotated[str, typer.Option(metavar="TEAM", help="Only what this team owns.")] = "",
    finding: Annotated[
        str, typer.Option("--finding", metavar="KEY", help="One finding with its commands.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it as .csv or .xlsx.")
    ] = None,
) -> None:
    """Show what to change, at what it really costs, with the commands; nothing is ever run."""
    if context.invoked_subcommand:
        return
    from finops.access.scope import viewer_of
    from finops.reporting import worklist_table
    from finops.workloads.progress import progress_of
    from finops.workloads.worklist import worklist as found_in

    session = session_of(context)
    with closing(session.open) as workspace:
        dataset = workspace.dataset(viewer_of(session.actor))
        told = found_in(workspace, dataset, today=session.today)
        known = progress_of(workspace, today=session.today)
        kept = _asked_for(told, team, finding)
        if out:
            mark, who = _final(workspace, dataset, told), session.actor.name
            about = worklist_table.about(told, mark=mark, team=team, by=who, on=session.today)
            _write(about, worklist_table.rows(told, kept, known, mark=mark), out)
    body = {
        **_head(told),
        "findings": [document(one, known.get(one.key)) for one in kept],
        "gone": _gone(told, known),
        "unlocks": [one.__dict__ for one in told.unlocks],
    }
    shown = [one for one in kept if every or finding or _waits(known.get(one.key))]
    emit(session, body, lambda console: _show(console, told, shown, single=bool(finding)))


def _head(told: Worklist) -> dict[str, object]:
    """What was looked at, and how much of it is as it should be."""
    return {
        "snapshot": told.snapshot,
        "from": told.window.start,
        "to": told.window.end,
        "currency": told.currency,
        "cost": told.cost,
        "resources": told.resources,
        "optimized": told.optimized,
        "coverage": [{**one._asdict(), "optimized": one.optimized} for one in told.coverage],
    }


def _asked_for(told: Worklist, team: str, finding: str) -> tuple[Finding, ...]:
    return tuple(
        one
        for one in told.findings
        if team in {"", one.resource.team} and one.key.startswith(finding)
    )


def _gone(told: Worklist, known: Mapping[str, Progress]) -> list[dict[str, object]]:
    """What somebody works on or held, and the bill does not show any more."""
    here = {one.key for one in told.findings}
    return [progress_document(one) for key, one in known.items() if key not in here]


def _final(workspace: Workspace, dataset: Dataset, told: Worklist) -> str:
    """How final the months are that the findings are priced from."""
    from finops.invoicing import books_of
    from finops.invoicing.marks import marks
    from finops.invoicing.marks import says

    return says(marks(dataset, books_of(workspace, dataset.snapshot).closings, *told.window))


def _write(about: About, rows: list[tuple[object, ...]], out: Path) -> None:
    from finops.reporting import worklist_table
    from finops.reporting.exports import exported

    kind = out.suffix.lstrip(".").lower()
    out.write_bytes(exported(worklist_table.COLUMNS, rows, kind=kind, about=about))


def set_state(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="The finding, by its key.")],
    state: Annotated[
        str,
        typer.Argument(
            metavar="STATE",
            help="assigned, approved, done, verified, open, snoozed, expected, 'not worth it'.",
        ),
    ],
    *,
    owner: Annotated[str, typer.Option(metavar="WHO", help="Who does it.")] = "",
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why, or what was changed.")] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help="Until when it is held.")] = "",
) -> None:
    """Say how far a finding has come; Tieout itself changes nothing in a cloud."""
    from finops.workloads.advance import advance
    from finops.workloads.advance import Said
    from finops.workloads.progress import State

    session = session_of(context)
    words = state.replace("-", " ").lower()
    if words not in set(State):
        message = f"There is no state {state!r}."
        raise UsageError(message, remedy="States: " + ", ".join(State) + ".")
    said = Said(
        key=key,
        state=State(words),
        owner=owner,
        reason=reason,
        until=day_of(until, option="--until") if until else None,
    )
    call: Call = {"actor": session.actor, "at": session.moment, "origin": "cli", "key": None}
    with closing(session.open) as workspace:
        taken = advance(workspace, said, today=session.today, call=call)
    body = {"key": taken.key, "state": taken.state}
    emit(session, body, lambda console: console.print(f"{taken.key} is {taken.state}."))


def progress_document(one: Progress | None) -> dict[str, object]:
    """How far a finding has come, as JSON tells it."""
    if one is None:
        return {"state": "open", "owner": "", "reason": "", "until": None, "by": "", "on": None}
    told = {name: getattr(one, name) for name in ("state", "owner", "reason", "until")}
    about = {name: getattr(one, name) for name in ("key", "resource", "title", "team")}
    return {**about, **told, "by": one.actor, "on": one.day}


def _waits(one: Progress | None) -> bool:
    """Whether there is still something to do for somebody."""
    return one is None or one.state in {"open", "assigned", "approved"}


def document(one: Finding, progress: Progress | None = None) -> dict[str, object]:
    """A finding as JSON tells it; amounts are of 30 days, null where nobody can know them."""
    told = {name: value for name, value in one.__dict__.items() if name != "resource"}
    whose = one.resource
    return {
        **told,
        **progress_document(progress),
        "key": one.key,
        "title": one.title,
        "resource": whose.id,
        "name": whose.name,
        "provider": whose.provider,
        "account": whose.account,
        "region": whose.region,
        "team": whose.team,
        "environment": whose.environment,
        "first_seen": whose.first,
        "last_seen": whose.last,
        "commands": one.commands._asdict(),
    }


def _show(console: Console, told: Worklist, kept: list[Finding], *, single: bool) -> None:
    if single and len(kept) == 1:
        _one(console, kept[0], told.currency)
        return
    if not kept:
        console.print(f"Nothing to do was found in {told.resources:,} resources.")
    else:
        heads = ("Finding", "Net now", "Gross", "Action", "Resource", "Team")
        rows = [
            (
                one.key,
                "unknown" if one.net is None else f"{one.net:,.2f}",
                "unknown" if one.gross is None else f"{one.gross:,.2f}",
                one.action,
                one.resource.name or short(one.resource.id),
                one.resource.team,
            )
            for one in kept[:_SHOWN]
        ]
        console.print(table(heads, rows))
        console.print(
            f"{len(kept):,} findings; {told.currency} of {told.window.start} to the day before "
            f"{told.window.end}. `finops worklist --finding KEY` shows one with its commands."
        )
    if told.optimized is not None:
        console.print(
            f"{told.optimized:.1f} % of {told.currency} {told.cost:,.2f} is as it should be."
        )
    for one in told.unlocks:
        console.print(
            f"To know more of {told.currency} {one.cost:,.2f} ({one.resources:,} resources), "
            f"add what this prints with `finops inventory add FILE`: {one.command}"
        )


def _one(console: Console, one: Finding, currency: str) -> None:
    lines = {
        "Finding": f"{one.key} · {one.title} ({one.proof}, confidence {one.confidence})",
        "Resource": one.resource.id,
        "Seen": one.why,
        "Cost": f"{currency} {one.cost:,.2f} in 30 days",
        "Saves": "unknown"
        if one.gross is None or one.net is None
        else f"{currency} {one.gross:,.2f} gross, {one.net:,.2f} net now ({one.basis})",
        "May be wrong": one.false_positives,
        "Risk": one.risk,
        "Way back": one.rollback,
        "Check": one.commands.check,
        "Fix": one.commands.fix,
        "Undo": one.commands.undo,
    }
    console.print(table(("", ""), [(name, text) for name, text in lines.items() if text]))
