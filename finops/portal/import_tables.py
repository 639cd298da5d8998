"""Tables of what was brought in: imports, freshness, rejected rows, findings, absent columns."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import Amount
from finops.focus import columns
from finops.portal import formats
from finops.portal.tables import records
from finops.portal.tables import Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from finops.allocation.splits import Split
    from finops.core.finding import Finding
    from finops.ingestion.report import ImportReport
    from finops.portal.health import Freshness

MOST = 1000
"""How many rows of one kind are shown; all of them stand in the import's record."""


def imports(reports: Sequence[ImportReport], issuers: dict[str, str]) -> Table:
    """Every import, the newest first, with the sum of each cost to the last digit.

    An import of two currencies has a row for each. `issuers` names whose bill an import is.
    """
    rows: list[dict[str, object]] = []
    for report in reports:
        for sums in report.sums or (None,):
            amounts = dict(sums.amounts) if sums else {}
            rows.append(
                {
                    "When": _when(report.at),
                    "File": report.source,
                    "Issuer": issuers.get(report.import_id, ""),
                    "Status": report.status.value,
                    "FOCUS": report.focus_version,
                    "Months": formats.dated(", ".join(report.billing_periods)),
                    "Rows": report.rows,
                    "Currency": sums.currency if sums else "",
                    **{name: _exact(amounts.get(name)) for name in columns.MONEY},
                    "Import": report.import_id,
                }
            )
    right = st.column_config.TextColumn(alignment="right", help="Exact, as imported.")
    config = dict.fromkeys(columns.MONEY, right)
    config["Issuer"] = st.column_config.TextColumn(width="medium")
    config["Rows"] = st.column_config.NumberColumn(format="localized")
    return records("Imports, the newest first", rows, config)


def freshness(sources: Sequence[Freshness], when: dict[str, str], today: date) -> Table:
    """How far each issuer's charges reach, and what is missing."""
    rows = [
        {
            "Issuer": source.issuer,
            "First charge day": source.first,
            "Last charge day": source.last,
            "Days behind": (today - source.last).days,
            "Missing days": len(source.missing),
            "Charges": source.charges,
            "Last import": _when(when.get(source.imported, "")),
        }
        for source in sources
    ]
    config = {
        name: st.column_config.DateColumn(format="D MMM YYYY")
        for name in ("First charge day", "Last charge day")
    }
    config["Charges"] = st.column_config.NumberColumn(format="localized")
    return records("How far each issuer's charges reach", rows, config)


def rejected(findings: Sequence[Finding]) -> Table:
    """Each rejected row: where it stands, what stands there, and what was expected."""
    rows = [
        {
            "File": finding.file,
            "Line": finding.line or None,
            "Column": finding.column,
            "Value": finding.value,
            "Reason": finding.reason,
        }
        for finding in findings[:MOST]
    ]
    config = {
        "Line": st.column_config.NumberColumn(format="%d", width="small"),
        "Reason": st.column_config.TextColumn(width="large"),
    }
    return records("Rejected rows", rows, config)


def findings(reports: Sequence[ImportReport]) -> Table:
    """What is odd in rows that were taken, told once for many."""
    rows = [
        {
            "File": finding.file or report.source,
            "Rule": finding.rule,
            "Column": finding.column,
            "Finding": finding.reason,
            "Rows": finding.count,
            "First line": finding.line or None,
        }
        for report in reports
        for finding in report.findings
    ][:MOST]
    config = {
        "Finding": st.column_config.TextColumn(width="large"),
        "Rows": st.column_config.NumberColumn(format="localized"),
        "First line": st.column_config.NumberColumn(format="%d"),
    }
    return records("Findings in rows that were taken", rows, config)


def absent(reports: Sequence[ImportReport]) -> Table:
    """The FOCUS columns that files do not have, and how binding FOCUS makes them."""
    lacking: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        for name in report.absent_columns:
            lacking[name].add(report.import_id)
    rows = [
        {
            "Column": name,
            "In FOCUS": _standing(name),
            "Absent from": f"{len(files)} of {len(reports)} files",
        }
        for name, files in sorted(lacking.items())
    ]
    return records("FOCUS columns that files do not have", rows)


def name(report: ImportReport) -> str:
    """An import as it stands in a list to choose from."""
    rows = formats.count(len(report.rejected_rows))
    return f"{report.source}, {_when(report.at)}, {report.status.value}: {rows} rejected"


def _standing(name: str) -> str:
    """How binding FOCUS makes a column, and since which version it has it."""
    column = columns.BY_ID.get(name)
    return f"{column.level} since {column.since}" if column else ""


def _when(at: str) -> str:
    return formats.moment(datetime.fromisoformat(at)) if at else formats.NONE


def _exact(number: object) -> str:
    """An amount with every digit it came with; n/a where the file does not have the cost."""
    return formats.NONE if number is None else f"{number.normalize():,f}"  # type: ignore[attr-defined]


def splits(found: Sequence[Split]) -> Table:
    """Resources that are charged both whole and in parts, billed in their own currency."""
    rows = [
        {
            "Resource": one.resource or formats.NONE,
            "Whole": formats.money(Amount(one.whole, one.currency)),
            "In parts": formats.money(Amount(one.parts, one.currency)),
            "Parts": one.charges,
            "Finding": "Counted twice" if one.twice else "Parts are not the whole",
        }
        for one in found
    ]
    config = dict.fromkeys(("Whole", "In parts"), st.column_config.TextColumn(alignment="right"))
    return records("Charged both whole and in parts", rows, config)
