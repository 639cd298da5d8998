"""Proposed: a saved scenario put before the meeting, with its snapshot and its assumptions."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.operations import review
from finops.operations.entries import log_of

if TYPE_CHECKING:
    from finops.access.command import Call
    from finops.access.workspace import Workspace
    from finops.operations.entries import Kept
    from finops.unit_economics.compared import Compared

PAGE, VIEW = "Product", "Saved scenarios"


def put_forward(
    workspace: Workspace, one: Compared, *, comment: str = "", meeting: str = "", call: Call
) -> Kept:
    """Raise a scenario to a meeting, the next one if none is named, with what it moves a month.

    Raises:
        UsageError: there is no such meeting.
    """
    held = review.meeting_of(log_of(workspace), meeting)
    scenario = one.scenario
    entry = review.Raised(
        meeting=held.key,
        title=f"Scenario {scenario.name}: {figure_of(one)}",
        page=PAGE,
        view=VIEW,
        scope=f"x_Product={scenario.product}" if scenario.product else "all",
        figure=f"Snapshot {scenario.snapshot}, month {scenario.month}.",
        snapshot=scenario.snapshot,
        comment=" ".join(filter(None, (comment.strip(), said(one)))),
        amount=moved_of(one) or Decimal(0),
        currency=scenario.currency,
    )
    return review.raise_item(workspace.store, **call, entry=entry)


def moved_of(one: Compared) -> Decimal | None:
    """By how much a month would cost more; None where its cost is not known."""
    if one.cost.was is None or one.cost.would is None:
        return None
    return EXACT.subtract(one.cost.would, one.cost.was)


def figure_of(one: Compared) -> str:
    """What a month and a unit would cost, against what they do."""
    moved, each, currency = moved_of(one), one.unit_cost, one.scenario.currency
    if moved is None:
        return "its cost is not known"
    told = f"{moved:+,.0f} {currency} a month"
    if each.was is None or each.would is None:
        return told
    return f"{told}, {each.would:.4g} instead of {each.was:.4g} {currency} for one"


def said(one: Compared) -> str:
    """Where the levers stand, whether it is stale, and all that is assumed."""
    moved = ", ".join(f"{name} {place:.0%}" for name, place in one.levers) or "no lever moved"
    service = f" of {one.scenario.levers.service}" if one.scenario.levers.service else ""
    stale = "Stale: a newer month is in. " if one.stale else ""
    assumed = " ".join(one.scenario.assumptions)
    return f"Levers: {moved}{service}. {stale}Assumed: {assumed}"
