"""Value: what an investment must move beside its cost, counted by the business itself."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.errors import UsageError
from finops.ingestion.metric_gaps import series
from finops.ingestion.metrics import ADDS
from finops.ingestion.metrics import Grain
from finops.ingestion.metrics import Kind
from finops.ingestion.metrics import metrics_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from finops.access.workspace import Workspace
    from finops.dataset import Snapshot
    from finops.ingestion.metric_gaps import Series

Months = dict[BillingPeriod, Decimal]


class Units(NamedTuple):
    """What the business counted by month, by `product unit`, and every series it was told by.

    `levels` are the names of what does not add up, such as a price: it stands at a height.
    """

    counted: dict[str, Months]
    series: tuple[Series, ...] = ()
    levels: frozenset[str] = frozenset()

    def of(self, name: str, month: BillingPeriod) -> Decimal | None:
        """What was counted in a month; None where nothing was."""
        return self.counted.get(name.strip(), {}).get(month)

    def moved(self, name: str, frozen: BillingPeriod, month: BillingPeriod) -> Decimal | None:
        """By how much a month is more than the days of the frozen month would give.

        A price or an outcome is not of so many days: it is told against the frozen month's own.
        """
        before, after = self.of(name, frozen), self.of(name, month)
        if before is None or after is None:
            return None
        if name.strip() in self.levels:
            return EXACT.subtract(after, before)
        return EXACT.subtract(after, before / frozen.days * month.days)

    def require(self, name: str) -> None:
        """Go on only with a metric that somebody counts.

        Raises:
            UsageError: nobody does; some that are counted are named.
        """
        if name.strip() not in self.counted:
            message = f"Nobody counts {name!r}."
            some = ", ".join(sorted(self.counted)[:3]) or "none yet"
            raise UsageError(message, remedy=f"Name a product and its unit. Counted are: {some}.")


def units_of(workspace: Workspace, snapshot: Snapshot | None) -> Units:
    """Every metric that a snapshot knows."""
    return units(series(metrics_of(workspace, snapshot)))


def units(every: tuple[Series, ...]) -> Units:
    """Metrics by `product unit`: what adds up, with its segments added up, and the rest apart.

    What is of another kind under the same words, or in several currencies, is never added: it has
    a name of its own, such as `checkout orders (price)`.
    """
    found: dict[tuple[str, str], list[Series]] = defaultdict(list)
    for one in every:
        found[one.product, one.unit].append(one)
    counted, levels = {}, set()
    for (product, unit), mine in found.items():
        for words, parts in _apart(mine):
            name = f"{product} {unit}" + (f" ({', '.join(words)})" if words else "")
            counted[name] = _added(parts)
            if parts[0].kind not in ADDS:
                levels.add(name)
    return Units(counted, every, frozenset(levels))


def _apart(mine: Sequence[Series]) -> Iterable[tuple[tuple[str, ...], list[Series]]]:
    """The series that may be added to each other, with what tells them from the others."""
    kinds = [kind for kind in Kind if any(one.kind is kind for one in mine)]
    for kind in kinds:
        of_kind = [one for one in mine if one.kind is kind]
        currencies = len({one.currency for one in of_kind}) > 1
        groups: dict[tuple[str, ...], list[Series]] = defaultdict(list)
        for one in of_kind:
            words = (
                kind.value if kind is not kinds[0] else "",
                one.segment if kind not in ADDS else "",
                one.currency if currencies else "",
            )
            groups[tuple(filter(None, words))].append(one)
        yield from groups.items()


def _added(parts: Iterable[Series]) -> Months:
    """Segments added up, month by month; a figure of a whole month stands for its days."""
    segments: dict[str, Months] = defaultdict(dict)
    for one in sorted(parts, key=lambda one: one.grain is Grain.MONTH):
        segments[one.segment] |= dict(one.by_month())
    months = {month for told in segments.values() for month in told}
    return {
        month: total(told.get(month, Decimal(0)) for told in segments.values()) for month in months
    }
