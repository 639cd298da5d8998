"""`finops import`: a bill comes in, whole or not at all."""

from __future__ import annotations

from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.printing import emit
from finops.cli.printing import one_line
from finops.cli.printing import table
from finops.cli.progress import progress
from finops.cli.session import session_of
from finops.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from finops.cli.session import Session
    from finops.ingestion.ingest import Options
    from finops.ingestion.report import ImportReport

MOST = 20
"""Rejected rows that are shown to a person; the JSON document has them all."""


def import_(
    context: typer.Context,
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, globs.")
    ],
    form: Annotated[
        str, typer.Option("--format", metavar="F", help="What they are; told by their content.")
    ] = "focus",
    provider: Annotated[
        str, typer.Option(metavar="P", help="Whose they are; told by their content.")
    ] = "",
    accept_rejects: Annotated[
        bool, typer.Option("--accept-rejects", help="Leave rejected rows out, on the record.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Take the former delivery's place, come what may.")
    ] = False,
    add: Annotated[bool, typer.Option("--add", help="Add to the former delivery.")] = False,
) -> None:
    """Import FOCUS files: csv, csv.gz, csv.zst, Parquet, folders, globs."""
    from finops.ingestion.report import Status

    if form.lower() not in FORMATS:
        message = f"--format {form!r} is not read."
        raise UsageError(message, remedy="Files in FOCUS 0.5 to 1.4 are: --format focus.")
    session = session_of(context)
    options = _options(session, accept=accept_rejects, replace=replace, add=add)
    reports = _bring(session, sources, options)
    document = {"imports": [report.to_document() for report in reports], "provider": provider}
    emit(session, document, lambda console: _show(console, reports))
    if wrong := [report for report in reports if report.status is Status.REJECTED]:
        told = [report.message for report in wrong if report.rejected_rows] or [wrong[0].message]
        _complain(" ".join(told[:3]) + " Nothing was imported.")
        raise typer.Exit(2)


FORMATS = ("focus", "auto")
"""What `--format` may say."""


def _options(session: Session, *, accept: bool, replace: bool, add: bool) -> Options:
    from finops.ingestion.commit import Mode
    from finops.ingestion.ingest import Options

    if replace and add:
        message = "--replace and --add exclude each other."
        raise UsageError(message)
    return Options(
        mode=Mode.REPLACE if replace else Mode.ADD if add else Mode.COMPLETE,
        accept_rejects=accept,
        max_ratio=session.settings.max_ratio,
        max_rows=session.settings.max_rows,
    )


def _bring(session: Session, sources: list[str], options: Options) -> tuple[ImportReport, ...]:
    from finops.ingestion import ingest

    workspace = session.open
    try:
        with progress(session) as watch:
            return ingest.run(
                workspace,
                sources,
                actor=session.actor,
                at=session.moment,
                options=options,
                progress=watch,
            )
    finally:
        workspace.close()


def _complain(sentence: str) -> None:
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
