"""Targets: the unit cost that product and engineering agreed on, as a contract from a month on.

Product proposes, engineering agrees: only then is it a contract, and both are on the record by
name. How each month did against it is in `tracked`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.access.workspace import organization_at
from finops.core.period import BillingPeriod
from finops.errors import Conflict
from finops.errors import UsageError
from finops.records.models import UnitTarget
from finops.records.revisions import newest
from finops.unit_economics.sides import require
from finops.unit_economics.sides import Side

if TYPE_CHECKING:
    from finops.access.command import Transaction
    from finops.access.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a unit may cost from a month (`YYYY-MM`) on; a contract once somebody agreed to it."""

    product: str
    unit: str
    month: str
    amount: Decimal
    currency: str
    reason: str = ""
    proposed_by: str = ""
    agreed_by: str = ""

    @property
    def agreed(self) -> bool:
        """Whether both sides stand behind it."""
        return bool(self.agreed_by)


@dataclass(frozen=True)
class TargetKept:
    """Whose target was kept, and whether it is a contract by now."""

    product: str
    unit: str
    month: str
    agreed: bool


@command("unit.propose_target", permission=Permission.WRITE_SCENARIOS)
def propose(transaction: Transaction, *, target: Target) -> TargetKept:
    """Propose a target, for product; it waits for engineering to agree.

    Raises:
        UsageError: the amount is not above zero, or the month is none.
        NotAllowed: the actor does not speak for product.
    """
    BillingPeriod.parse(target.month)
    if target.amount <= 0:
        message = f"A target of {target.amount} is none."
        raise UsageError(message, remedy="Name an amount above zero for one unit.")
    _speak(transaction, Side.PRODUCT, target)
    return _keep(transaction, target, proposed_by=transaction.actor.name, agreed_by="")


@command("unit.agree_target", permission=Permission.WRITE_SCENARIOS)
def agree(transaction: Transaction, *, target: Target) -> TargetKept:
    """Agree, for engineering, to the target of a product, unit and month at its amount.

    Raises:
        Conflict: there is no such proposal, it has another amount, or it is one's own.
        NotAllowed: the actor does not speak for engineering.
    """
    rows = newest(transaction.session, UnitTarget)
    key = (target.product, target.unit, target.month)
    found = next((row for row in rows if (row.product, row.unit, row.month) == key), None)
    if found is None or Decimal(found.amount) != target.amount:
        message = f"No target of {target.amount} is proposed for {target.product} {target.unit}."
        raise Conflict(message, remedy="Look at what is proposed by now, and agree to that.")
    if found.proposed_by == transaction.actor.name:
        message = "A target is agreed by somebody other than who proposed it."
        raise Conflict(message, remedy="Ask engineering to agree.")
    _speak(transaction, Side.ENGINEERING, target)
    who = transaction.actor.name
    return _keep(transaction, target, proposed_by=found.proposed_by, agreed_by=who)


def targets(workspace: Workspace) -> tuple[Target, ...]:
    """Every target, by product, unit and month."""
    with workspace.store.reading() as session:
        rows = newest(session, UnitTarget)
    return tuple(
        Target(
            product=row.product,
            unit=row.unit,
            month=row.month,
            amount=Decimal(row.amount),
            currency=row.currency,
            reason=row.reason,
            proposed_by=row.proposed_by,
            agreed_by=row.agreed_by,
        )
        for row in rows
    )


def holding(found: tuple[Target, ...], product: tuple[str, str], month: str) -> Target | None:
    """The contract that holds for a product's unit in a month: the latest that was agreed."""
    mine = [
        one
        for one in found
        if (one.product, one.unit) == product and one.month <= month and one.agreed
    ]
    return max(mine, key=lambda one: one.month, default=None)


def _speak(transaction: Transaction, side: Side, target: Target) -> None:
    organization = organization_at(transaction.session)
    require(organization, side, target.product, target.month, actor=transaction.actor)


def _keep(
    transaction: Transaction, target: Target, *, proposed_by: str, agreed_by: str
) -> TargetKept:
    told: dict[str, Any] = {
        "amount": f"{target.amount:f}",
        "currency": target.currency,
        "reason": target.reason,
    }
    transaction.session.add(
        UnitTarget(
            revision=transaction.revision,
            product=target.product,
            unit=target.unit,
            month=target.month,
            proposed_by=proposed_by,
            agreed_by=agreed_by,
            at=transaction.at.isoformat(),
            **told,
        )
    )
    transaction.record(subject=f"{target.product} {target.unit} {target.month}", after=told)
    return TargetKept(target.product, target.unit, target.month, bool(agreed_by))
