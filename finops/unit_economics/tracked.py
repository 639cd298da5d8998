"""Tracked: how each month did against the unit cost that product and engineering agreed on."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.unit_economics.attribution import attributed
from finops.unit_economics.targets import holding

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from finops.unit_economics.attribution import Attribution
    from finops.unit_economics.metrics import UnitCost
    from finops.unit_economics.prepared import Prepared
    from finops.unit_economics.sources import Sources
    from finops.unit_economics.targets import Target

    Attributing = Callable[[UnitCost, UnitCost], Attribution | None]

MONTHS = 6
"""How many months a contract is followed back; each asks for its variance once."""


class Tracked(NamedTuple):
    """A month under a contract: what a unit cost, and why that was other than the month before.

    `why` is None where nobody can tell: the month before is not known, or days are missing.
    """

    contract: Target
    month: UnitCost
    why: Attribution | None

    @property
    def over(self) -> Decimal | None:
        """How far a unit cost more than agreed; None where there is none, or in another currency.

        Below zero the contract was kept with room to spare.
        """
        average = self.month.average
        if average is None or self.contract.currency != self.month.currency:
            return None
        return EXACT.subtract(average, self.contract.amount)


def tracked(
    found: tuple[Target, ...], ready: Prepared, attributing: Attributing
) -> tuple[Tracked, ...]:
    """The last months that a contract holds for, the earliest first.

    `attributing` tells why one month differs from the one before it.
    """
    product = (ready.now.product, ready.now.unit)
    months = {one.period: one for one in ready.trend}
    rows: list[Tracked] = []
    for month in list(months.values())[-MONTHS:]:
        contract = holding(found, product, str(month.period))
        if contract is not None:
            before = months.get(month.period.plus(-1))
            rows.append(Tracked(contract, month, attributing(before, month) if before else None))
    return tuple(rows)


def asking(sources: Sources, marginal: Decimal | None) -> Attributing:
    """What attributes a month, from the dataset."""
    return lambda before, after: attributed(sources, before, after, marginal)


def engineering(rows: tuple[Tracked, ...]) -> Decimal:
    """What efficiency alone made of a unit's cost over the months told: engineering's part."""
    return total(one.why.efficiency for one in rows if one.why)
