"""Portfolio: what a unit of every product costs, and every segment by what it leaves."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.unit_economics import metrics
from finops.unit_economics.costs import costs_of
from finops.unit_economics.costs import question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.core.period import BillingPeriod
    from finops.unit_economics.metrics import Segment
    from finops.unit_economics.metrics import UnitCost
    from finops.unit_economics.sources import Sources


class Standing(NamedTuple):
    """A product's unit cost of a month, and of the month before it."""

    now: UnitCost
    before: UnitCost


class Served(NamedTuple):
    """A segment of a product, in the currency of its cost."""

    product: str
    currency: str
    segment: Segment

    @property
    def name(self) -> str:
        """Whose it is: the product, and the segment where it has a name."""
        return f"{self.product} {self.segment.name}".strip()


def standings(sources: Sources, period: BillingPeriod) -> tuple[Standing, ...]:
    """Every product's unit cost in a month and the one before, from one question."""
    first = period.plus(-1)
    costs = costs_of(sources.ask(sources.dataset, question(first.start, period.end, sources.rule)))
    to = sources.converter(costs.currency)

    def of(product: tuple[str, str], month: BillingPeriod) -> UnitCost:
        return metrics.unit_cost(costs, sources.series, product, month, to)

    known = metrics.products(sources.series)
    return tuple(Standing(of(one, period), of(one, first)) for one in known)


def served(found: Iterable[Standing]) -> tuple[Served, ...]:
    """Every segment of every product by margin, the worst first; unknown margins last."""
    every = (
        Served(one.now.product, one.now.currency, s) for one in found for s in one.now.segments
    )
    return tuple(
        sorted(every, key=lambda o: (o.segment.margin is None, o.segment.margin or 0, o.name))
    )
