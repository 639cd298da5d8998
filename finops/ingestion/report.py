"""ImportReport: what became of one file that was brought in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from finops.core.amount import shortest
from finops.core.period import BillingPeriod
from finops.dataset.snapshot import added

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from decimal import Decimal

    from finops.core.finding import Finding
    from finops.dataset.snapshot import Part
    from finops.dataset.snapshot import Sums
    from finops.dataset.source import Staged


class Status(StrEnum):
    """What an import did to the dataset."""

    COMMITTED = "committed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True)
class Restated:
    """What a file said otherwise of a closed month: adjustments in an open one.

    `rows` counts reversals and bookings; `amounts` are BilledCost by billing currency.
    """

    month: str
    booked_in: str
    issuer: str
    rows: int
    amounts: tuple[tuple[str, Decimal], ...]

    @classmethod
    def of(cls, parts: Iterable[Part]) -> tuple[Restated, ...]:
        """What parts of adjustments say, by month, open month and issuer."""
        found: dict[tuple[str, str, str], list[Part]] = defaultdict(list)
        for part in parts:
            found[part.adjusts, part.month, part.issuer].append(part)
        return tuple(
            cls(
                month=month,
                booked_in=booked_in,
                issuer=issuer,
                rows=sum(part.rows for part in mine),
                amounts=_billed(mine),
            )
            for (month, booked_in, issuer), mine in sorted(found.items())
        )

    def __str__(self) -> str:
        """A sentence: what is closed, how much is adjusted, and where it is booked."""
        of = ", ".join(f"{shortest(amount):,f} {currency}" for currency, amount in self.amounts)
        many = "1 adjustment" if self.rows == 1 else f"{self.rows:,} adjustments"
        is_booked = "is" if self.rows == 1 else "are"
        closed, booked = (_named(month) for month in (self.month, self.booked_in))
        return f"{closed} is closed; {many} of {of} {is_booked} booked in {booked}."


def _billed(parts: Iterable[Part]) -> tuple[tuple[str, Decimal], ...]:
    every = added(tuple(one for part in parts for one in part.sums))
    return tuple((one.currency, dict(one.amounts)["BilledCost"]) for one in every)


def _named(month: str) -> str:
    """`2026-05` as people say it."""
    return f"{BillingPeriod.parse(month).start:%B %Y}"


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """One file: what it was found to be, what came of it, and what keeps rows or the file out.

    `message` says in a sentence what a person should know: which earlier import an unchanged file
    is, what would vanish, or what of it is booked as adjustments (`restates`). `sums` are of the
    rows that were taken, by billing currency.
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
    restates: tuple[Restated, ...] = ()

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
            "restates": [asdict(one) | {"amounts": dict(one.amounts)} for one in self.restates],
        }


def _place(finding: Finding) -> dict[str, object]:
    return {
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "value": finding.value,
        "reason": finding.reason,
    }


def report_of_unreadable(import_id: str, finding: Finding, at: str) -> ImportReport:
    """The report on a file that could not be read at all."""
    return ImportReport(
        import_id=import_id,
        source=finding.file,
        format="",
        focus_version="",
        dataset="",
        status=Status.REJECTED,
        rejected_rows=(finding,),
        at=at,
        message=_sentence((finding,)),
    )


def report_of_staged(import_id: str, staged: Staged, at: str) -> ImportReport:
    """The report on a file that was read and held to the rules, before it is committed."""
    raw, refused = staged.raw, staged.refused
    rejected = staged.path is None
    return ImportReport(
        import_id=import_id,
        source=raw.name,
        format=f"focus-{raw.format}",
        focus_version=raw.version,
        dataset=raw.kind,
        status=Status.REJECTED if rejected else Status.COMMITTED,
        rows=staged.rows,
        rejected_rows=refused,
        findings=tuple(finding for finding in staged.findings if not finding.rejects),
        absent_columns=staged.mapping.absent,
        left_out_rows=staged.left_out.rows,
        left_out=staged.left_out.amounts,
        beyond=staged.beyond,
        at=at,
        message=_sentence(refused) if rejected else "",
    )


def _sentence(refused: tuple[Finding, ...]) -> str:
    """The first fault, and how many more there are."""
    more = f" (and {len(refused) - 1:,} more)" if len(refused) > 1 else ""
    return f"{refused[0]}{more}." if refused else ""
