"""`finops import`: a bill comes in, whole or not at all."""

from __future__ import annotations

from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.progress import progress
from finops.cli.session import session_of
from finops.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from finops.ingestion.report import ImportReport

MOST = 20
"""Rejected rows that are shown to a person; the JSON document has them all."""


def import_(
    context: typer.Context,
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, globs.")
    ],
    form: Annotated[
        str,
        typer.Option("--format", metavar="F", help="What the files are; told by their content."),
    ] = "focus",
    provider: Annotated[
        str, typer.Option(metavar="P", help="Whose files they are; told by their content.")
    ] = "",
    accept_rejects: Annotated[
        bool, typer.Option("--accept-rejects", help="Leave rejected rows out, on the record.")
    ] = False,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Take the place of the former delivery, whatever it had."),
    ] = False,
    add: Annotated[bool, typer.Option("--add", help="Add to the former delivery.")] = False,
) -> None:
    """Import FOCUS files: csv, csv.gz, csv.zst, Parquet, folders, globs."""
    from finops.ingestion import ingest
    from finops.ingestion.commit import Mode
    from finops.ingestion.report import Status

    if form.lower() not in {"focus", "auto"}:
        message = f"--format {form!r} is not read."
        raise UsageError(message, remedy="Files in FOCUS 0.5 to 1.4 are: --format focus.")
    if replace and add:
        message = "--replace and --add exclude each other."
        raise UsageError(message)
    session = session_of(context)
    settings = session.settings
    options = ingest.Options(
        mode=Mode.REPLACE if replace else Mode.ADD if add else Mode.COMPLETE,
        accept_rejects=accept_rejects,
        max_ratio=settings.max_ratio,
        max_rows=settings.max_rows,
    )
    workspace = session.open
    with progress(session) as watch:
        reports = ingest.run(
            workspace,
            sources,
            actor=session.actor,
            at=session.moment,
            options=options,
            progress=watch,
        )
    workspace.close()
    document = {"imports": [report.to_document() for report in reports], "provider": provider}
    emit(session, document, lambda console: _show(console, reports))
    if wrong := [report for report in reports if report.status is Status.REJECTED]:
        told = [report.message for report in wrong if report.rejected_rows] or [wrong[0].message]
        print_error(" ".join(told[:3]) + " Nothing was imported.")
        raise typer.Exit(2)


def print_error(sentence: str) -> None:
    """One line on standard error."""
    from finops.cli.printing import one_line

    typer.echo(one_line(sentence), err=True)


def _show(console: Console, reports: tuple[ImportReport, ...]) -> None:
    rows = [
        (
            r.source,
            f"{r.dataset} {r.focus_version}",
            r.status.value,
            r.rows,
            _amounts(r),
            _periods(r),
        )
        for r in reports
    ]
    console.print(table(("File", "FOCUS", "Status", "Rows", "BilledCost", "Periods"), rows))
    for report in reports:
        if report.message:
            console.print(report.message)
        for finding in report.rejected_rows[:MOST]:
            console.print(f"  {finding}")
        if len(report.rejected_rows) > MOST:
            console.print(f"  and {len(report.rejected_rows) - MOST} more; --json lists them.")
        for finding in report.findings:
            console.print(f"  {finding} ({finding.count} rows; taken as they are)")
    console.print(f"Snapshot {reports[0].snapshot or 'none'}.")


def _amounts(report: ImportReport) -> str:
    return ", ".join(
        f"{amount:,.2f} {sums.currency}"
        for sums in report.sums
        for name, amount in sums.amounts
        if name == "BilledCost"
    )


def _periods(report: ImportReport) -> str:
    periods = report.billing_periods
    return periods[0] if len(periods) == 1 else f"{periods[0]} to {periods[-1]}" if periods else ""
