"""Reconciling: a whole month set against its invoice, against one bare scan of its columns."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from finops import invoicing
from finops.access.workspace import open_workspace
from finops.bench import bare_scan
from finops.bench.measured import Ratio
from finops.bench.measured import told
from finops.core.period import BillingPeriod
from finops.ingestion.invoices import FILE

if TYPE_CHECKING:
    from collections.abc import Callable

BAR = 1.5
MONTH = "2026-05"
"""The month that a bill of the benchmark is of."""

_ISSUED = {
    "InvoiceIssuerName": "Example Cloud, Inc.",
    "InvoiceId": "INV-2026-05",
    "BillingPeriodStart": f"{MONTH}-01",
    "Currency": "USD",
    "TaxAmount": "0",
}


def reconciling(
    workspace: Path, *, rows: int, rounds: int, say: Callable[[str], None]
) -> tuple[Ratio, ...]:
    """Measure `reconcile()` over a bill that is in, in turns with the scan, each a process anew.

    Both open what they read before the clock starts; what is read was not read in that process.
    """
    say(f"reconciling {rows:,} lines, {rounds} times, in turns with the bare scan")
    _tell(workspace)
    files = _files(workspace)
    bare, ours = [], []
    for _ in range(rounds):
        bare.append(told(bare_scan.__name__, *files))
        ours.append(told("finops.bench.reconciling", str(workspace)))
    work = f"reconcile of {rows:,} lines"
    return (Ratio(work=work, ours=median(ours), bare=median(bare), bar=BAR),)


def main(folder: str) -> float:
    """Seconds that the month takes, from invoices and charges to the last named difference.

    Raises:
        RuntimeError: it does not tie, so that what was measured is not what was meant.
    """
    workspace = open_workspace(Path(folder))
    try:
        dataset = workspace.dataset()
        begun = time.perf_counter()
        books = invoicing.books_of(workspace, dataset.snapshot)
        found = invoicing.reconcile(dataset, books, BillingPeriod.parse(MONTH))
        seconds = time.perf_counter() - begun
    finally:
        workspace.close()
    if not (found.ties and found.invoices[0].tied):
        message = "The month of the benchmark does not tie."
        raise RuntimeError(message)
    return seconds


def _tell(folder: Path) -> None:
    """Bring the invoice of the month in: what the charges ask for, in whole cents."""
    workspace = open_workspace(folder)
    try:
        dataset = workspace.dataset()
        books = invoicing.books_of(workspace, dataset.snapshot)
        (match, *_) = invoicing.reconcile(dataset, books, BillingPeriod.parse(MONTH)).invoices
    finally:
        workspace.close()
    net = f"{match.billed:.2f}"
    file = folder.parent / "invoices.csv"
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, FILE.needed)
        writer.writeheader()
        writer.writerow(_ISSUED | {"NetAmount": net, "PayableAmount": net})
    words = (sys.executable, "-m", "finops", "--workspace", str(folder), "invoices", "add")
    subprocess.run([*words, str(file)], check=True, capture_output=True)  # noqa: S603 -- our own


def _files(folder: Path) -> list[str]:
    """The charges of the month, as they lie in the workspace."""
    workspace = open_workspace(folder)
    try:
        parts = workspace.dataset().snapshot.charges
        return [str(folder / part.path) for part in parts if part.month == MONTH]
    finally:
        workspace.close()


if __name__ == "__main__":
    sys.stdout.write(f"{main(*sys.argv[1:])}\n")
