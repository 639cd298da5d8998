"""Economics at the command line: of which product and month, and where its figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.errors import UsageError

if TYPE_CHECKING:
    from finops.access.workspace import Workspace
    from finops.cli.session import Session
    from finops.core.period import BillingPeriod
    from finops.unit_economics.prepared import Prepared
    from finops.unit_economics.sources import Sources


def found(session: Session, workspace: Workspace, period: str) -> tuple[Sources, BillingPeriod]:
    """The sources of a workspace, and the month that is told of."""
    from finops.access.scope import viewer_of
    from finops.core.period import BillingPeriod
    from finops.ingestion.metric_gaps import series
    from finops.ingestion.metrics import metrics_of
    from finops.measures import ask
    from finops.unit_economics.sources import sources

    dataset = workspace.dataset(viewer_of(session.actor))
    month = BillingPeriod.parse(period or latest(session, workspace))
    counted = series(metrics_of(workspace, dataset.snapshot), until=month.end)
    return sources(workspace, dataset, counted, ask=ask), month


def latest(session: Session, workspace: Workspace) -> str:
    """The latest month that has charges and is over; else the latest that has any."""
    from finops.core.period import BillingPeriod

    snapshot = workspace.snapshot()
    months = sorted({part.month for part in snapshot.charges}) if snapshot else []
    over = [one for one in months if BillingPeriod.parse(one).end <= session.today]
    return (over or months or [""])[-1]


def products(of: Sources, product: str) -> tuple[tuple[str, str], ...]:
    """The named product and its unit, or every one that is counted."""
    from finops.unit_economics.metrics import products as counted

    return (one(of, product),) if product else counted(of.series)


def one(of: Sources, product: str) -> tuple[str, str]:
    """The product and unit of a product's name.

    Raises:
        UsageError: nobody counts its units.
    """
    from finops.unit_economics.metrics import products as counted

    known = counted(of.series)
    for pair in known:
        if product in {pair[0], " ".join(pair)}:
            return pair
    message = f"No units of product {product!r} are in."
    raise UsageError(message, remedy=f"Products: {', '.join(pair[0] for pair in known) or 'none'}.")


def ready(of: Sources, product: tuple[str, str], month: BillingPeriod) -> Prepared:
    """A product's month with its model, its trend and its levers."""
    from finops.unit_economics.prepared import prepare

    return prepare(of, product, month)
