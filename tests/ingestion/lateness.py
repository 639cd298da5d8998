"""What the tests of late data share: a month that is closed, and what is then on the books."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.core.measure import Axis
from finops.focus.columns import MONEY
from finops.ingestion.commit import Mode
from finops.measures import ask
from finops.measures import Query
from finops.records.closings import closings
from finops.records.closings import Event
from finops.records.models import PeriodClose
from tests.corpus import as_csv
from tests.corpus import charge
from tests.corpus.workspaces import bring

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.access.workspace import Workspace
    from finops.ingestion.report import ImportReport
    from tests.corpus import Charge

Figures = dict[tuple[str, ...], tuple[Decimal, ...]]
"""The four costs by account, currency and day."""


def of(month: int, cost: str, *, day: int = 1, **said: str) -> Charge:
    """A charge of a day of a month of 2026, billed in that month."""
    return charge(
        cost,
        **{
            "BillingPeriodStart": f"2026-{month:02}-01T00:00:00Z",
            "BillingPeriodEnd": f"2026-{month + 1:02}-01T00:00:00Z",
            "ChargePeriodStart": f"2026-{month:02}-{day:02}T00:00:00Z",
            "ChargePeriodEnd": f"2026-{month:02}-{day + 1:02}T00:00:00Z",
            "ResourceId": "i-1",
            "SkuId": "sku",
        }
        | said,
    )


def deliver(
    workspace: Workspace, rows: Iterable[Charge], mode: Mode = Mode.COMPLETE
) -> ImportReport:
    """Import charges as a file."""
    path = workspace.root.parent / "bill.csv"
    path.write_bytes(as_csv(rows))
    return bring(workspace, path, mode=mode)[0]


def step(workspace: Workspace, month: str, event: Event, provider: str = "") -> None:
    """Record a step of a month; `CLOSED` closes it and `REOPENED` opens it again."""
    with workspace.store.writing() as session:
        last = max((one.revision for one in closings(session)), default=0)
        row = PeriodClose(
            revision=last + 1,
            provider=provider,
            month=month,
            event=event,
            at="2026-06-03T09:00:00+00:00",
        )
        session.add(row)


def close(workspace: Workspace, month: str, provider: str = "") -> None:
    """Close a month."""
    step(workspace, month, Event.CLOSED, provider)


def figures(workspace: Workspace, concerning: str = "", *, billed_in: str = "") -> Figures:
    """What is on the books about a month, wherever it is booked; or what a month bills."""
    whose = ("InvoiceIssuerName", "BillingAccountId", "BillingCurrency", "x_ChargeDay")
    query = Query(
        measures=MONEY,
        by=("x_Adjusts", "x_BillingMonth", *whose),
        axis=Axis.BILLING,
        currency="billing",
    )
    found: dict[tuple[str, ...], list[Decimal]] = {}
    for adjusts, month, *rest in ask(workspace.dataset(), query).rows:
        if month == billed_in or (concerning and concerning == (adjusts or month)):
            key, values = tuple(map(str, rest[:4])), rest[4:]
            sums = found.setdefault(key, [Decimal(0)] * 4)
            found[key] = [EXACT.add(a, Decimal(str(b))) for a, b in zip(sums, values, strict=True)]
    return {key: tuple(sums) for key, sums in found.items() if any(sums)}


def summed(rows: Iterable[Charge]) -> Figures:
    """The same of charges as they were delivered, added up without any engine."""
    found: dict[tuple[str, ...], list[tuple[Decimal, ...]]] = {}
    for row in rows:
        whose = (row["InvoiceIssuerName"], row["BillingAccountId"], row["BillingCurrency"])
        costs = tuple(Decimal(row[name]) for name in MONEY)
        found.setdefault((*whose, row["ChargePeriodStart"][:10]), []).append(costs)
    told = {key: tuple(map(total, zip(*costs, strict=True))) for key, costs in found.items()}
    return {key: sums for key, sums in told.items() if any(sums)}


def reasons(workspace: Workspace) -> dict[str, Decimal]:
    """The billed cost of adjustments by reason."""
    query = Query(measures=("BilledCost",), by=("x_AdjustmentReason",), currency="billing")
    rows = ask(workspace.dataset(), query).rows
    return {str(row[0]): Decimal(str(row[-1])) for row in rows if row[0]}
