"""Advance: take a finding one step further, and never call gone what merely was not looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from finops.core.resource_id import key_of
from finops.errors import Conflict
from finops.errors import UsageError
from finops.ingestion.inventory import inventory_of
from finops.workloads import waste_rules
from finops.workloads.findings import findings
from finops.workloads.progress import progress_of
from finops.workloads.progress import State
from finops.workloads.progress import step_after
from finops.workloads.progress import step_for
from finops.workloads.progress import take
from finops.workloads.resources import estate
from finops.workloads.signs import Case
from finops.workloads.signs import gone

if TYPE_CHECKING:
    from datetime import date

    from finops.access.command import Call
    from finops.access.workspace import Workspace
    from finops.workloads.progress import Progress
    from finops.workloads.progress import Taken
    from finops.workloads.resources import Estate

WAIT = 3
"""How many days of bill after a change show whether it worked."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a person says of a finding: its key or the beginning of it, and what comes next."""

    key: str
    state: State
    owner: str = ""
    reason: str = ""
    until: date | None = None


def advance(workspace: Workspace, said: Said, *, today: date, call: Call) -> Taken:
    """Take a finding one step further.

    Raises:
        UsageError: there is no such finding, or the step lacks what it needs.
        Conflict: it cannot be taken now: another one comes first, or the bill does not show it.
        NotAllowed: the actor may not, or did what is to be verified.
    """
    here = estate(workspace.dataset(), inventory_of(workspace, workspace.snapshot()), today=today)
    found = findings(here, today=today)
    there = [one for one in found if said.key and one.key.startswith(said.key)]
    if len(there) == 1:
        step = step_for(
            there[0], said.state, today, owner=said.owner, reason=said.reason, until=said.until
        )
        return take(workspace.store, **call, step=step)
    known = progress_of(workspace, today=today)
    former = [one for key, one in known.items() if said.key and key.startswith(said.key)]
    if len(former) != 1 or there:
        message = f"There is no one finding {said.key!r}."
        raise UsageError(message, remedy="`finops worklist` lists them with their keys.")
    if said.state is State.VERIFIED:
        shown(former[0], here, today)
    step = step_after(former[0], said.state, today, reason=said.reason)
    return take(workspace.store, **call, step=step)


def shown(former: Progress, here: Estate, today: date) -> None:
    """Go on only where the bill shows that a finding is gone.

    It must reach a few days beyond the change. What an inventory had told is only gone when the
    resource is, or when an inventory of the last week no longer tells it.

    Raises:
        Conflict: it does not show it yet.
    """
    if former.day and here.window.end <= former.day + timedelta(days=WAIT):
        message = f"The bill ends with {here.window.end - timedelta(days=1)}, which is too early."
        raise Conflict(message, remedy=f"It must reach {WAIT} days beyond {former.day}.")
    left = [one for one in here.resources if key_of(one.id) == key_of(former.resource)]
    rule = next((one for one in waste_rules.rules() if one.id == former.rule), None)
    needs = rule.needs if rule else "advice"
    for resource in left:
        if gone(resource, here.window) or (rule and not needs):
            continue
        kind = ("metric", needs) if needs == "cpu" else (needs, "")
        if rule is None or not Case(rule, resource, (), here.window, today).known(*kind):
            message = "The resource is still billed, and no inventory of this week tells of it."
            raise Conflict(message, remedy="Add what its command prints now, then verify it.")
