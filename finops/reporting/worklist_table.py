"""Worklist table: what is to be done as a file, each line with its price, commands and state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.reporting.exports import About

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from finops.workloads.findings import Finding
    from finops.workloads.progress import Progress
    from finops.workloads.worklist import Worklist

COLUMNS = (
    "Finding",
    "What",
    "Action",
    "Resource",
    "Provider",
    "Account",
    "Region",
    "Team",
    "From",
    "To",
    "Period state",
    "Cost",
    "Gross",
    "Net now",
    "At list price",
    "Currency",
    "Basis",
    "Proof",
    "Confidence",
    "Effort (h)",
    "State",
    "Owner",
    "Reason",
    "Held until",
    "Check",
    "Fix",
    "Undo",
    "Snapshot",
)


def about(told: Worklist, *, mark: str, team: str, by: str, on: date) -> About:
    """What the file is."""
    what = f"Worklist priced from {told.window.start} to {told.window.end}, {mark}"
    only = f"x_Team={team}" if team else ""
    return About(what, by, on, only=only, snapshot=told.snapshot)


def rows(
    told: Worklist, found: tuple[Finding, ...], known: Mapping[str, Progress], *, mark: str
) -> list[tuple[object, ...]]:
    """One row for each finding; amounts are estimates of 30 days, empty where nobody can know.

    `mark` says of each month that the days fall in whether it is closed or provisional.
    """
    return [_row(told, one, known.get(one.key), mark) for one in found]


def _row(told: Worklist, one: Finding, progress: Progress | None, mark: str) -> tuple[object, ...]:
    whose = one.resource
    return (
        one.key,
        one.title,
        one.action.value,
        whose.id,
        whose.provider,
        whose.account,
        whose.region,
        whose.team,
        told.window.start,
        told.window.end,
        mark,
        one.cost,
        one.gross,
        one.net,
        one.listed,
        told.currency,
        one.basis,
        one.proof.value,
        one.confidence,
        one.effort_hours,
        progress.state.value if progress else "open",
        progress.owner if progress else "",
        progress.reason if progress else "",
        progress.until if progress else None,
        *one.commands,
        told.snapshot,
    )
