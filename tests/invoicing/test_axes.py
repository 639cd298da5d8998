"""As invoiced and as incurred are two ways to tell the same money (R6, REC-2)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.measure import Axis
from finops.invoicing.axes import axes
from finops.measures import ask
from finops.measures import Query
from tests.corpus.workspaces import fresh
from tests.corpus.workspaces import template
from tests.ingestion.lateness import close
from tests.ingestion.lateness import deliver
from tests.ingestion.lateness import of

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

__all__ = ["fresh", "template"]


def test_rec_2_in_both_its_figures(fresh: Workspace) -> None:
    """Invoiced May 100000, June 119950 with -1200 about May; incurred 98800 and 121150."""
    deliver(fresh, [of(5, "100000")])
    close(fresh, "2026-05")
    deliver(fresh, [of(5, "100000"), of(5, "-1200", ChargeClass="Correction")])
    deliver(fresh, [of(6, "121150")])

    (told,) = axes(fresh.dataset())

    assert told.months == (
        ("2026-05", Decimal(100000), Decimal(98800)),
        ("2026-06", Decimal(119950), Decimal(121150)),
    )
    assert told.invoiced == told.incurred == Decimal(219950)
    assert told.holds
    for axis, place in ((Axis.BILLING, 1), (Axis.CHARGE, 2)):
        query = Query(measures=("BilledCost",), axis=axis, grain="month", currency="billing")
        rows = ask(fresh.dataset(), query).rows
        assert [row[-1] for row in rows] == [month[place] for month in told.months]


def test_each_currency_is_told_by_itself(fresh: Workspace) -> None:
    deliver(fresh, [of(5, "1"), of(5, "2", BillingCurrency="EUR")])
    assert [(one.currency, one.invoiced) for one in axes(fresh.dataset())] == [
        ("EUR", Decimal(2)),
        ("USD", Decimal(1)),
    ]
