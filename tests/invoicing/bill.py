"""Small bills, invoices and commitments, as charges of a file and as values."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING

from finops import invoicing
from finops.access.actor import local_actor
from finops.core.period import BillingPeriod
from finops.ingestion import ingest
from finops.ingestion.invoices import add_invoices
from finops.ingestion.invoices import Header
from finops.ingestion.report import Status
from finops.invoicing.charged import Slice
from tests.faults.bill import costing
from tests.faults.bill import write

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.invoicing import Reconciliation

AT = datetime(2026, 6, 3, 9, tzinfo=UTC)
ISSUER, ACCOUNT, MONTH = "Cloud", "1", "2026-04"
COMMITMENT = "sp-1"


def days(month: str = MONTH, charged: str = "") -> dict[str, str]:
    """The periods of a charge: billed in a month, incurred on the first of one."""
    period, incurred = BillingPeriod.parse(month), BillingPeriod.parse(charged or month)
    return {
        "BillingPeriodStart": f"{period.start}T00:00:00Z",
        "BillingPeriodEnd": f"{period.end}T00:00:00Z",
        "ChargePeriodStart": f"{incurred.start}T00:00:00Z",
        "ChargePeriodEnd": f"{incurred.start.replace(day=2)}T00:00:00Z",
    }


def purchase(billed: str, *, month: str = MONTH, **other: str) -> dict[str, str]:
    """What is paid for a commitment."""
    return costing(
        billed,
        **{
            **days(month),
            "EffectiveCost": "0",
            "ChargeCategory": "Purchase",
            "ChargeFrequency": "One-Time",
            "CommitmentDiscountId": COMMITMENT,
            "ResourceId": COMMITMENT,
            **other,
        },
    )


def covered(effective: str, status: str, *, month: str = MONTH, **other: str) -> dict[str, str]:
    """What a commitment covered, or left unused."""
    return costing(
        effective,
        **{
            **days(month),
            "BilledCost": "0",
            "PricingCategory": "Committed",
            "CommitmentDiscountId": COMMITMENT,
            "CommitmentDiscountStatus": status,
            **other,
        },
    )


def bring(workspace: Workspace, path: Path, charges: list[dict[str, str]]) -> None:
    """Import charges as a file of their own."""
    bring_file(workspace, write(path, charges))


def bring_file(workspace: Workspace, path: Path) -> None:
    """Import a file, whole."""
    reports = ingest.run(workspace, [str(path)], actor=local_actor(), at=AT, origin="test")
    assert [report.status for report in reports] == [Status.COMMITTED], reports


def invoice(number: str, net: str, tax: str = "0", **other: object) -> Header:
    """An invoice of April as its header says it."""
    usual: dict[str, object] = {"issuer": ISSUER, "month": MONTH, "currency": "USD"}
    return Header(
        invoice_id=number,
        net=Decimal(net),
        tax=Decimal(tax),
        payable=Decimal(net) + Decimal(tax),
        **{**usual, **other},  # type: ignore[arg-type]
    )


def tell(workspace: Workspace, *headers: Header) -> None:
    """Bring invoices in."""
    add_invoices(
        workspace.store,
        actor=local_actor(),
        at=AT,
        origin="test",
        body=[asdict(one) for one in headers],
        headers=headers,
        file="typed",
    )


def report(workspace: Workspace, month: str = MONTH) -> Reconciliation:
    """The month, reconciled."""
    dataset = workspace.dataset()
    books = invoicing.books_of(workspace, dataset.snapshot)
    return invoicing.reconcile(dataset, books, BillingPeriod.parse(month))


def part(billed: str | Decimal, effective: str | Decimal | None = None, **other: object) -> Slice:
    """Charges of April that are alike."""
    usual: dict[str, object] = {
        "issuer": ISSUER,
        "invoice_id": "I-1",
        "account": ACCOUNT,
        "currency": "USD",
        "category": "Usage",
        "correction": False,
        "service": "VM",
        "month": MONTH,
        "charged": MONTH,
        "status": "",
        "commitment": "",
        "charges": 1,
    }
    amount = Decimal(billed)
    cost = amount if effective is None else Decimal(effective)
    return Slice(billed=amount, effective=cost, **{**usual, **other})  # type: ignore[arg-type]
