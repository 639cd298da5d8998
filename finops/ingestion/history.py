"""History: the imports there have been, as they were recorded."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

from finops.core.finding import Finding
from finops.dataset.snapshot import Sums
from finops.focus import columns
from finops.ingestion.report import ImportReport
from finops.ingestion.report import Status
from finops.records.models import ImportRecord
from finops.records.revisions import newest

if TYPE_CHECKING:
    from finops.access.workspace import Workspace


def imports(workspace: Workspace) -> tuple[ImportReport, ...]:
    """Every import, committed or rejected, the latest first."""
    with workspace.store.reading() as session:
        rows = newest(session, ImportRecord)
    return tuple(_report(row) for row in sorted(rows, key=_latest_first))


def rejected_rows(workspace: Workspace, import_id: str) -> tuple[Finding, ...]:
    """The rows that one import rejected or left out, by file and line."""
    found = [report for report in imports(workspace) if report.import_id == import_id]
    return found[0].rejected_rows if found else ()


def _latest_first(row: ImportRecord) -> tuple[int, str]:
    return -row.revision, row.import_id


def _report(row: ImportRecord) -> ImportReport:
    findings = [_finding(body) for body in json.loads(row.findings)]
    left_out = json.loads(row.left_out)
    return ImportReport(
        import_id=row.import_id,
        source=row.source,
        format=row.format,
        focus_version=row.focus_version,
        dataset=row.dataset,
        status=Status(row.status),
        rows=row.rows,
        rejected_rows=tuple(finding for finding in findings if finding.rejects),
        findings=tuple(finding for finding in findings if not finding.rejects),
        sums=tuple(
            Sums(currency=currency, amounts=_amounts(amounts))
            for currency, amounts in json.loads(row.sums).items()
        ),
        billing_periods=tuple(json.loads(row.billing_periods)),
        absent_columns=tuple(json.loads(row.absent_columns)),
        left_out_rows=left_out.get("rows", 0),
        left_out=_amounts(left_out.get("BilledCost", {})),
        beyond=_amounts(json.loads(row.beyond)),
        at=row.at,
    )


def _amounts(body: dict[str, str]) -> tuple[tuple[str, Decimal], ...]:
    """Amounts in the order in which every report shows them; currencies by name."""
    order = {name: place for place, name in enumerate(columns.MONEY)}
    told = sorted(body.items(), key=lambda item: (order.get(item[0], 0), item[0]))
    return tuple((name, Decimal(value)) for name, value in told)


def _finding(body: dict[str, Any]) -> Finding:
    return Finding(**{"rule": "", "rejects": "rule" not in body, **body})
