"""Chargeback: whether a month may be charged to its owners, and in words what it still lacks."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.invoicing.periods import FINAL

if TYPE_CHECKING:
    from finops.allocation.allocated import Allocation

UNOWNED = Decimal("0.10")
"""At most this share may have no team (domain.md 3: allocated above 90 % is run)."""


def lacks(state: str, found: Allocation, *, unowned: Decimal = UNOWNED) -> tuple[str, ...]:
    """What keeps a month from being charged back; nothing where it may be.

    `state` is the month's, as reconciling says. Whether its owners have agreed is theirs to say
    (`operations.standing`).
    """
    told = []
    if state not in FINAL:
        told.append(f"the month is {state}, not reconciled")
    share = found.unallocated_after
    if share is None:
        told.append("there is no cost to charge")
    elif share > unowned:
        told.append(f"{share:.1%} has no team; at most {unowned:.0%} may")
    return tuple(told)
