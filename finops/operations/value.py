"""Value: what an investment must move beside its cost, counted by the business itself."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.errors import UsageError
from finops.ingestion.metric_gaps import series
from finops.ingestion.metrics import metrics_of

if TYPE_CHECKING:
    from finops.access.workspace import Workspace
    from finops.dataset import Snapshot
    from finops.ingestion.metric_gaps import Series

Months = dict[BillingPeriod, Decimal]


class Units(NamedTuple):
    """What the business counted by month, by `product unit`, and every series it was told by."""

    counted: dict[str, Months]
    series: tuple[Series, ...] = ()

    def of(self, name: str, month: BillingPeriod) -> Decimal | None:
        """What was counted in a month; None where nothing was."""
        return self.counted.get(name.strip(), {}).get(month)

    def moved(self, name: str, frozen: BillingPeriod, month: BillingPeriod) -> Decimal | None:
        """By how much a month is more than the days of the frozen month would give."""
        before, after = self.of(name, frozen), self.of(name, month)
        if before is None or after is None:
            return None
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
    """Every metric that a snapshot knows, its segments added up."""
    found: dict[str, Months] = {}
    every = series(metrics_of(workspace, snapshot))
    for one in every:
        months = found.setdefault(f"{one.product} {one.unit}", {})
        for month, amount in one.by_month():
            months[month] = total((months.get(month, Decimal(0)), amount))
    return Units(found, every)
