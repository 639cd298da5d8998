"""Coefficients: what a person says about a product's cost model, with the reason, on the record."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.errors import UsageError
from finops.ingestion.commit import republish
from finops.records.models import CostCoefficient
from finops.records.revisions import newest
from finops.unit_economics.model import Method
from finops.unit_economics.model import Model
from finops.unit_economics.ratios import PRECISE

if TYPE_CHECKING:
    from finops.access.command import Transaction
    from finops.access.workspace import Workspace
    from finops.dataset import Snapshot

VARIABLE, FIXED = "variable", "fixed"
MEANINGS = {VARIABLE: "cost that one more unit adds", FIXED: "cost of a month without any unit"}


@dataclass(frozen=True, kw_only=True)
class Coefficient:
    """A coefficient as somebody declared it; the amount is None where it was taken back."""

    product: str
    unit: str
    name: str
    amount: Decimal | None
    currency: str
    reason: str
    actor: str = ""
    at: str = ""


@dataclass(frozen=True)
class Kept:
    """The snapshot that knows of what was kept; empty before any import."""

    snapshot: str


@command("unit.declare", permission=Permission.WRITE_SCENARIOS)
def declare(transaction: Transaction, *, said: Coefficient) -> Kept:
    """Keep a coefficient; a later one of the same product and unit takes its place.

    Raises:
        UsageError: no reason is given, the amount is negative, or there is no such coefficient.
    """
    if not said.reason.strip():
        message = "A declared coefficient needs a reason."
        raise UsageError(message, remedy="Say where the number comes from.")
    if said.name not in MEANINGS or (said.amount is not None and said.amount < 0):
        message = f"{said.name} {said.amount} is no coefficient."
        raise UsageError(message, remedy="Declare variable or fixed, as an amount of 0 or more.")
    told: dict[str, Any] = {
        "name": said.name,
        "amount": "" if said.amount is None else f"{said.amount:f}",
        "currency": said.currency,
        "reason": said.reason.strip(),
    }
    transaction.session.add(
        CostCoefficient(
            revision=transaction.revision,
            product=said.product,
            unit=said.unit,
            actor=transaction.actor.name,
            at=transaction.at.isoformat(),
            **told,
        )
    )
    snapshot = republish(transaction)
    transaction.record(subject=f"{said.product} {said.unit}", after=told)
    return Kept(snapshot)


def declared(workspace: Workspace, snapshot: Snapshot | None) -> tuple[Coefficient, ...]:
    """The coefficients that hold, as a snapshot knows them."""
    with workspace.store.reading() as session:
        rows = newest(session, CostCoefficient, revision=snapshot.revision if snapshot else None)
    return tuple(
        Coefficient(
            product=row.product,
            unit=row.unit,
            name=row.name,
            amount=Decimal(row.amount),
            currency=row.currency,
            reason=row.reason,
            actor=row.actor,
            at=row.at,
        )
        for row in rows
        if row.amount
    )


def edited(model: Model, said: Coefficient, *, cost: Decimal, units: Decimal) -> Model:
    """The model with a declared coefficient in place of the fitted one, and labelled so.

    A declared fixed part leaves the rest of the month's cost to its units.
    """
    variable = said.amount or Decimal(0)
    if said.name == FIXED:
        rest = max(cost - variable, Decimal(0))
        variable = PRECISE.divide(rest, units) if units > 0 else Decimal(0)
    what = f"{said.name} {said.amount:f} {said.currency}".rstrip()
    label = f"Declared by {said.actor}, not measured: {what}. Reason: {said.reason}"
    fit = tuple(f"Not used: {one}" for one in model.said)
    return replace(
        model,
        method=Method.DECLARED,
        variable=variable,
        low=variable,
        high=variable,
        fit=None,
        said=(label, *fit),
    )
