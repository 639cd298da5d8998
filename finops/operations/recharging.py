"""Recharging: a month's journal charges those cost centers back whose owners have agreed to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.errors import RateMissing
from finops.errors import UsageError
from finops.invoicing import posted
from finops.invoicing.recharge import Gate
from finops.operations.figures import figures_of
from finops.operations.owners import CENTER
from finops.operations.telling import tell_each

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from datetime import date

    from finops.access.workspace import Workspace
    from finops.core.period import BillingPeriod
    from finops.dataset import Dataset
    from finops.invoicing.journal import Journal
    from finops.invoicing.posting import Accounts
    from finops.operations.standing import Terms
    from finops.operations.telling import Told


def journal_of(
    workspace: Workspace,
    dataset: Dataset,
    period: BillingPeriod,
    *,
    accounts: Accounts,
    today: date,
    terms: Terms,
) -> Journal:
    """The journal of a month; it recharges whoever may be charged back on that day.

    Raises:
        UsageError: there is nothing of that month.
        NotAllowed: the viewer sees a part of the cost only.
    """
    gate = gate_at(workspace, dataset, period, today=today, terms=terms)
    return posted.journal_of(workspace, dataset, period, accounts=accounts, gate=gate)


def gate_at(
    workspace: Workspace, dataset: Dataset, period: BillingPeriod, *, today: date, terms: Terms
) -> Gate:
    """What keeps each cost center from being charged back of a month, as of a day.

    Raises:
        NotAllowed: the viewer sees a part of the cost only.
    """

    def tell() -> Iterable[Told]:
        figures = figures_of(workspace, dataset, period, CENTER)
        return tell_each(workspace, dataset, figures, today=today, terms=terms)

    return gate_of(tell)


def gate_of(tell: Callable[[], Iterable[Told]]) -> Gate:
    """The same from the statements of a month by cost center, each with where it stands."""
    try:
        found = tuple(tell())
    except (RateMissing, UsageError) as error:
        # Without one sum of the month nobody can have agreed to a part of it.
        return Gate(of_month=(str(error).rstrip("."),))
    month = next((one.of_month for one in found), ())
    return Gate(
        of_month=month,
        of_center={one.statement.team: one.lacks[len(month) :] for one in found},
    )
