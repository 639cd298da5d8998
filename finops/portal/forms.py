"""Forms: how a reader brings something in, and what a page says while there is nothing yet."""

from __future__ import annotations

import csv
import hashlib
import tempfile
from io import StringIO
from pathlib import Path
from typing import Any
from typing import TYPE_CHECKING

import streamlit as st

from finops.access.roles import Permission
from finops.focus import columns
from finops.ingestion import apart
from finops.ingestion.commit import Mode
from finops.ingestion.ingest import Options
from finops.ingestion.report import Status
from finops.portal import desk
from finops.portal import formats
from finops.portal import import_tables
from finops.portal import tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from finops.ingestion.report import ImportReport
    from finops.portal.jobs import Job

TYPES = ("csv", "gz", "zst", "parquet")

EMPTY = (
    "There is no bill in this workspace yet. One file unlocks every page: a **FOCUS Cost and Usage "
    "export** of your cloud (csv, csv.gz, csv.zst or parquet), brought in on the Data page or with "
    "`finops import FILE`."
)

CHOICES = {
    "whole": "Refuse what does not hold (usual)",
    "accept": "Leave out rows that do not hold, and record their amount",
    "replace": "Replace the deliveries that are there, whatever vanishes",
    "add": "Add to the deliveries that are there",
}

OPTIONS = {
    "whole": Options(),
    "accept": Options(accept_rejects=True),
    "replace": Options(mode=Mode.REPLACE),
    "add": Options(mode=Mode.ADD),
}
"""What each choice means to the import; the same that the command line has."""

_EXAMPLE = {
    "BilledCost": "12.34", "BillingAccountId": "1000-2000", "BillingAccountName": "Example account",
    "BillingCurrency": "USD", "BillingPeriodEnd": "2026-11-01T00:00:00Z",
    "BillingPeriodStart": "2026-10-01T00:00:00Z", "ChargeCategory": "Usage", "ChargeClass": "",
    "ChargeDescription": "One virtual machine for a day", "ChargeFrequency": "Usage-Based",
    "ChargePeriodEnd": "2026-10-02T00:00:00Z", "ChargePeriodStart": "2026-10-01T00:00:00Z",
    "ContractedCost": "12.34", "EffectiveCost": "12.34", "InvoiceId": "INV-1",
    "InvoiceIssuerName": "Example Cloud", "ListCost": "13.00", "PricingQuantity": "24",
    "PricingUnit": "Hours", "ProviderName": "Example Cloud", "PublisherName": "Example Cloud",
    "ResourceId": "vm-1", "ServiceCategory": "Compute", "ServiceName": "Virtual Machines",
    "SubAccountId": "project-1", "SubAccountName": "Project one", "Tags": '{"team": "search"}',
}  # fmt: skip


def unlock() -> None:
    """Say which file unlocks the page, and give its template."""
    st.info(EMPTY, icon=":material/upload_file:")
    st.download_button(
        "Download the template",
        template(),
        file_name="focus-1.2-cost-and-usage-template.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="template",
    )


def template() -> str:
    """A FOCUS 1.2 file of one charge: every mandatory column, and those that pages ask for."""
    names = sorted({*columns.mandatory("1.2"), *_EXAMPLE})
    text = StringIO(newline="")
    writer = csv.DictWriter(text, names, restval="")
    writer.writeheader()
    writer.writerow(_EXAMPLE)
    return text.getvalue()


def upload() -> None:
    """Take files and import them; the same files and choice are imported once."""
    files = st.file_uploader(
        "FOCUS files: Cost and Usage, or the other datasets of FOCUS",
        type=list(TYPES),
        accept_multiple_files=True,
        key="upload-files",
        help="All files are imported together, or none. Larger ones: `finops import FILE`.",
    )
    choice = st.radio(
        "If something does not hold",
        list(CHOICES),
        format_func=CHOICES.__getitem__,
        key="upload-choice",
    )
    key = upload_key(files, choice)
    job = desk.jobs().find(key)
    may = desk.actor().may(Permission.IMPORT_COST)
    clicked = st.button(
        "Import",
        type="primary",
        icon=":material/upload:",
        key="upload-import",
        disabled=not (files and may) or job is not None,
    )
    if clicked and files and job is None:
        job = desk.jobs().start(key, importing(files, choice, key))
    if job is None:
        return
    if job.done:
        outcome(job)
    else:
        st.fragment(_watch, run_every=0.5)(job)


def upload_key(files: Sequence[UploadedFile], choice: str) -> str:
    """The key of an import: what was uploaded, each upload by itself, and what was chosen."""
    uploads = "|".join(sorted(file.file_id for file in files))
    return "upload-" + hashlib.sha256(f"{uploads}|{choice}".encode()).hexdigest()[:24]


def importing(
    files: Sequence[UploadedFile], choice: str, key: str
) -> Callable[[Callable[..., None]], tuple[ImportReport, ...]]:
    """The work of an import, to be done away from the page."""
    root, actor, at = desk.workspace().root, desk.actor(), desk.now()
    contents = [(Path(file.name).name, file.getvalue()) for file in files]

    def work(report: Callable[..., None]) -> tuple[ImportReport, ...]:
        with tempfile.TemporaryDirectory(prefix="finops-upload-") as folder:
            paths = [Path(folder, f"{place}", name) for place, (name, _) in enumerate(contents)]
            for path, (_, content) in zip(paths, contents, strict=True):
                path.parent.mkdir()
                path.write_bytes(content)
            asked = apart.Request(
                workspace=root,
                sources=tuple(str(path) for path in paths),
                actor=actor,
                at=at,
                key=key,
                origin="page",
                options=OPTIONS[choice],
            )
            return apart.run(asked, report)

    return work


def outcome(job: Job[tuple[ImportReport, ...]]) -> None:
    """Say how an import ended; what was refused with its place and what can be done."""
    if job.broken:
        st.error("The import failed and nothing was changed. The log says why.")
    if job.error:
        st.error(formats.md_escape(job.error.sentence), icon=":material/error:")
        st.caption("Nothing was changed. Choose above what to do instead, and import again.")
    for report in job.result or ():
        _ended(report)


def _ended(report: ImportReport) -> None:
    name = formats.md_escape(report.source)
    if report.status is Status.REJECTED:
        st.error(
            f"{name} was rejected and nothing was changed. {formats.md_escape(report.message)}",
            icon=":material/error:",
        )
        if report.rejected_rows:
            tables.draw(import_tables.rejected(report.rejected_rows))
            st.caption("Mend the file, or choose above to leave such rows out, and import again.")
    elif report.status is Status.UNCHANGED:
        st.info(f"{name}: nothing new. {formats.md_escape(report.message)}")
    else:
        told = f"{name}: {formats.are(report.rows, 'charge')} in, snapshot {report.snapshot}."
        if report.left_out_rows:
            told += f" {formats.counted(report.left_out_rows, 'row')} left out."
        if report.restates:
            told += f" {formats.md_escape(report.message)}"
        st.success(told, icon=":material/check_circle:")


def _watch(job: Job[Any]) -> None:
    """Draw how far an import is; when it has ended, the whole page is drawn anew."""
    if job.done:
        st.rerun(scope="app")
    what, share = (*job.progress, "starting", 0.0)[:2] if job.progress else ("starting", 0.0)
    st.progress(min(max(float(share), 0.0), 1.0), text=formats.md_escape(str(what)))
