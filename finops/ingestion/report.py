"""ImportReport: what became of one file that was brought in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from finops.core.finding import Finding
    from finops.dataset.snapshot import Sums


class Status(StrEnum):
    """What an import did to the dataset."""

    COMMITTED = "committed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """One file: what it was found to be, what came of it, and what keeps rows or the file out.

    `message` says in a sentence what a person should know: which earlier import an unchanged file
    is, or what would vanish. `sums` are of the rows that were taken, by billing currency.
    """

    import_id: str
    source: str
    format: str
    focus_version: str
    dataset: str
    status: Status
    rows: int = 0
    rejected_rows: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()
    sums: tuple[Sums, ...] = ()
    billing_periods: tuple[str, ...] = ()
    absent_columns: tuple[str, ...] = ()
    left_out_rows: int = 0
    left_out: tuple[tuple[str, Decimal], ...] = ()
    beyond: tuple[tuple[str, Decimal], ...] = ()
    snapshot: str = ""
    at: str = ""
    message: str = ""

    def to_document(self) -> Mapping[str, object]:
        """The report as the command line prints it (product.md 5): money by column, as decimals.

        With more than one billing currency `sums` has none that could be added; the sums of each
        then stand in `sums_by_currency` alone.
        """
        one = dict(self.sums[0].amounts) if len(self.sums) == 1 else {}
        return {
            "import_id": self.import_id,
            "source": self.source,
            "format": self.format,
            "focus_version": self.focus_version,
            "dataset": self.dataset,
            "status": self.status.value,
            "rows": self.rows,
            "rejected_rows": [_place(finding) for finding in self.rejected_rows],
            "findings": [_place(f) | {"rule": f.rule, "count": f.count} for f in self.findings],
            "sums": one,
            "sums_by_currency": {s.currency: dict(s.amounts) for s in self.sums},
            "billing_periods": list(self.billing_periods),
            "absent_columns": list(self.absent_columns),
            "left_out": {"rows": self.left_out_rows, "BilledCost": dict(self.left_out)},
            "rounded_beyond_18_decimals": dict(self.beyond),
            "snapshot": self.snapshot,
            "message": self.message,
        }


def _place(finding: Finding) -> dict[str, object]:
    return {
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "value": finding.value,
        "reason": finding.reason,
    }
