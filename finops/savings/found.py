"""Found: a finding of the worklist as the saving that it would be."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.errors import UsageError
from finops.savings.saving import Kind
from finops.savings.steps import Proposal
from finops.workloads.waste_rules import Action
from finops.workloads.worklist import worklist

if TYPE_CHECKING:
    from datetime import date

    from finops.access.workspace import Workspace
    from finops.workloads.findings import Finding

KINDS = {
    Action.DELETE: Kind.ELIMINATE,
    Action.STOP: Kind.ELIMINATE,
    Action.RETAIN: Kind.ELIMINATE,
    Action.SCHEDULE: Kind.SCHEDULE,
    Action.RESIZE: Kind.RIGHTSIZE,
    Action.UPGRADE: Kind.MODERNIZE,
    Action.COMMIT: Kind.COMMIT,
    Action.OTHER: Kind.MODERNIZE,
}
"""What kind of saving each action of the worklist is."""


def proposal_from(workspace: Workspace, key: str, *, today: date) -> Proposal:
    """The proposal that a finding of the worklist makes, by its key or the beginning of it.

    Raises:
        UsageError: there is no one such finding.
    """
    told = worklist(workspace, workspace.dataset(), today=today)
    found = [one for one in told.findings if key and one.key.startswith(key)]
    if len(found) != 1:
        message = f"There is no one finding {key!r}."
        raise UsageError(message, remedy="`finops worklist` lists them with their keys.")
    return proposal_of(found[0], told.currency, day=today)


def proposal_of(finding: Finding, currency: str, *, day: date) -> Proposal:
    """The proposal that a finding makes: what it would take off the bill now, of its resource."""
    resource = finding.resource
    net = (finding.net or Decimal(0)).quantize(minor_unit(currency), context=EXACT)
    return Proposal(
        title=f"{finding.title}: {resource.name or resource.id}",
        kind=KINDS[finding.action],
        scope=f"ResourceId={resource.id}",
        team=resource.team or "UNALLOCATED",
        day=day,
        expected=max(net, Decimal(0)),
        finding=finding.key,
    )
