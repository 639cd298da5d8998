"""The demo company's unit-cost contracts: what product proposed, and what engineering agreed to."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.access.actor import local_actor
from finops.unit_economics.targets import agree
from finops.unit_economics.targets import propose
from finops.unit_economics.targets import Target

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from finops.access.workspace import Workspace

BACK = 6
"""How many months before the last the contracts began."""


class Promise(NamedTuple):
    """What one unit may cost, who proposed it, and who agreed; empty where nobody has yet."""

    product: str
    unit: str
    amount: str
    proposes: str
    agrees: str


PROMISES = (
    Promise("checkout", "orders", "0.18", "Mei Tanaka", "Amara Okafor"),
    Promise("payments", "payments", "0.105", "Paul Adeyemi", "Daniel Reyes"),
    Promise("delivery", "parcels", "0.19", "Paul Adeyemi", ""),
)


def since(months: Sequence[str]) -> str:
    """The month from which the contracts hold."""
    return sorted(months)[-1 - min(BACK, len(months) - 1)]


def agree_units(workspace: Workspace, *, at: datetime) -> None:
    """Propose and agree to the targets, by the same two commands as anybody would."""
    snapshot = workspace.snapshot()
    if snapshot is None:
        return
    month = since(sorted({part.month for part in snapshot.charges}))
    for one in PROMISES:
        target = Target(
            product=one.product,
            unit=one.unit,
            month=month,
            amount=Decimal(one.amount),
            currency="USD",
            reason="agreed in the yearly plan",
        )
        proposer = local_actor(one.proposes)
        propose(workspace.store, actor=proposer, at=at, origin="demo", target=target)
        if one.agrees:
            agree(
                workspace.store, actor=local_actor(one.agrees), at=at, origin="demo", target=target
            )
