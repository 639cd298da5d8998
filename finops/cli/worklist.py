"""`finops worklist`: which resources to change, what each is worth, and the commands to copy."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of
from finops.core.resource_id import short

if TYPE_CHECKING:
    from rich.console import Console

    from finops.workloads.findings import Finding
    from finops.workloads.worklist import Worklist

_SHOWN = 25


def worklist(
    context: typer.Context,
    *,
    team: Annotated[str, typer.Option(metavar="TEAM", help="Only what this team owns.")] = "",
    finding: Annotated[
        str, typer.Option("--finding", metavar="KEY", help="One finding with its commands.")
    ] = "",
) -> None:
    """Show what to change, at what it really costs, with the commands; nothing is ever run."""
    from finops.access.scope import viewer_of
    from finops.workloads.worklist import worklist as found_in

    session = session_of(context)
    with closing(session.open) as workspace:
        dataset = workspace.dataset(viewer_of(session.actor))
        told = found_in(workspace, dataset, today=session.today)
    kept = [
        one
        for one in told.findings
        if team in {"", one.resource.team} and one.key.startswith(finding)
    ]
    body = {
        "snapshot": told.snapshot,
        "from": told.window.start,
        "to": told.window.end,
        "currency": told.currency,
        "cost": told.cost,
        "resources": told.resources,
        "findings": [document(one) for one in kept],
        "unlocks": [one.__dict__ for one in told.unlocks],
    }
    emit(session, body, lambda console: _show(console, told, kept, single=bool(finding)))


def document(one: Finding) -> dict[str, object]:
    """A finding as JSON tells it; amounts are of 30 days, null where nobody can know them."""
    told = {name: value for name, value in one.__dict__.items() if name != "resource"}
    whose = one.resource
    return {
        **told,
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
