"""What the demo's providers say of months that were closed: late usage, and a late correction."""

from __future__ import annotations

from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

import numpy as np

from finops.demo.money import digits
from finops.demo.refunds import refund
from finops.demo.write import write_charges

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from finops.demo.company import Provider
    from finops.demo.ledger import Ledger
    from finops.demo.seasons import Month
    from finops.demo.truth import Fact
    from finops.demo.usage import Site

FOLDER = "late"
"""Beside `charges`: bills of closed months as they are delivered again, with what came late."""


class Restated(NamedTuple):
    """What a provider adds to a month after it was closed, and why."""

    month: Month
    provider: Provider
    kind: str
    rows: NDArray[np.void]


def restate(
    directory: Path, here: Site, provider: Provider, month: Month, rows: NDArray[np.void]
) -> tuple[Restated, ...]:
    """Write a month's bill as it is delivered again; nothing where nothing came late.

    `rows` are the bill as it was delivered first; they stand unchanged in the later one.
    """
    works = {work.id: work for work in here.company.workloads}
    found = tuple(
        Restated(month, provider, told["kind"], refund(here, told, month, **_marked(told)))
        for told in here.company.adjustments["restated"]
        if told["month"] == month.index
        and here.company.accounts[works[told["workload"]].account].provider == provider.key
    )
    if found:
        path = directory / FOLDER / provider.key / f"{month.period}.parquet"
        every = np.concatenate([rows, *(one.rows for one in found)])
        write_charges(path, every, here.book, provider, month)
    return found


def _marked(told: dict[str, Any]) -> dict[str, bool]:
    return {"correction": told["kind"] == "correction"}


def record(found: tuple[Restated, ...], ledger: Ledger, booked_in: Month) -> None:
    """Book what came late in the open month, in the ledger that knows the truth."""
    for one in found:
        ledger.record(one.rows, one.provider.key, booked_in)


def facts(found: tuple[Restated, ...], booked_in: Month) -> list[Fact]:
    """What `reconcile` of the open month must list."""
    return [
        {
            "question": {"period": str(booked_in.period), "axis": "billing"},
            "answer": {
                "month": str(one.month.period),
                "booked_in": str(booked_in.period),
                "issuer": one.provider.issuer,
                "currency": one.provider.currency,
                "rows": len(one.rows),
                "amount": _billed(one),
                "kinds": [one.kind],
            },
        }
        for one in found
    ]


def matches(found: tuple[Restated, ...], booked_in: Month) -> list[Fact]:
    """The same as they stand beside the open month's invoices: on none, and with their name."""
    return [
        {
            "question": {
                "period": str(booked_in.period),
                "axis": "billing",
                "InvoiceIssuerName": one.provider.issuer,
                "InvoiceId": "",
            },
            "answer": {
                "BillingCurrency": one.provider.currency,
                "status": "EXPLAINED",
                "invoiced": "0",
                "billed": _billed(one),
                "buckets": {f"restatement of {one.month.period.start:%B %Y}": _billed(one, -1)},
                "unexplained": "0",
            },
        }
        for one in found
    ]


def _billed(one: Restated, sign: int = 1) -> str:
    return digits(sign * sum(one.rows["billed"].tolist()))
