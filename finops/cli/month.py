"""The month that a command speaks of, and what every team bears of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.errors import UsageError

if TYPE_CHECKING:
    from finops.access.workspace import Workspace
    from finops.allocation.allocated import Allocation
    from finops.core.period import BillingPeriod
    from finops.dataset import Dataset
    from finops.measures import Query

Period = Annotated[str, typer.Option(metavar="PERIOD", help="A month; the latest if not said.")]


def chosen(dataset: Dataset, period: str) -> BillingPeriod:
    """The month that is named as YYYY-MM, or the latest that has charges.

    Raises:
        UsageError: it is no month, or none is named and there are no charges.
    """
    from finops.core.period import BillingPeriod

    months = [part.month for part in dataset.snapshot.charges]
    if not (period or months):
        message = "There are no charges yet."
        raise UsageError(message, remedy="Bring a bill with `finops import FILE`.")
    return BillingPeriod.parse(period or max(months))


def allocated(
    workspace: Workspace, dataset: Dataset, asked: Query
) -> tuple[int, tuple[Allocation, ...]]:
    """What each team bears of the month that is asked for, and by which version of the rules.

    One allocation in the currency that is asked for; one for each where that is `billing`.
    """
    from finops.allocation.agreed import agreed
    from finops.allocation.allocated import allocate_each

    by = agreed(workspace, dataset.snapshot, str(asked.period))
    return by.version.number, allocate_each(dataset, by.pools, by.metrics, asked)


def day_of(text: str, *, option: str) -> date:
    """The day that an option names.

    Raises:
        UsageError: it is no day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"{option} {text!r} is no day."
        raise UsageError(message, remedy="Write it as YYYY-MM-DD.") from error
