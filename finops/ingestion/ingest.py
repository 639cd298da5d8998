"""Ingest: a bill comes in. Read, stage and hold to the rules, part, commit: whole or not at all."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from finops.access.command import Call
from finops.core import fault
from finops.core.finding import Finding
from finops.dataset import deliveries
from finops.dataset import derive
from finops.dataset.snapshot import added
from finops.dataset.staging import stage
from finops.ingestion import focus_files
from finops.ingestion.commit import commit_import
from finops.ingestion.commit import Committed
from finops.ingestion.commit import Mode
from finops.ingestion.commit import NothingNew
from finops.ingestion.commit import reject_import
from finops.ingestion.compression import Checking
from finops.ingestion.report import ImportReport
from finops.ingestion.report import report_of_staged
from finops.ingestion.report import report_of_unreadable
from finops.ingestion.report import Restated
from finops.ingestion.report import Status
from finops.ingestion.sweep import clear_desks
from finops.ingestion.sweep import desk
from finops.ingestion.sweep import hold_room
from finops.ingestion.sweep import named

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from finops.access.actor import Actor
    from finops.access.workspace import Workspace
    from finops.dataset.engine_duckdb import Engine
    from finops.dataset.snapshot import Part
    from finops.dataset.snapshot import Snapshot
    from finops.dataset.source import Staged
    from finops.focus.raw import Raw

    Progress = Callable[[str, float], None]


@dataclass(frozen=True, kw_only=True)
class Options:
    """How an import is to be done; the bounds are settings."""

    mode: Mode = Mode.COMPLETE
    accept_rejects: bool = False
    memory: str = "1400MB"
    max_ratio: int = 200
    max_rows: int = 50_000_000


def run(  # noqa: PLR0913 -- what, where, by whom, when, how, and who wants to watch
    workspace: Workspace,
    sources: Sequence[str],
    *,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    origin: str = "cli",
    options: Options = Options(),
    progress: Progress = lambda _what, _share: None,
) -> tuple[ImportReport, ...]:
    """Bring files in as one import; one report a file.

    Either all of them are published in one new snapshot or none is. `progress` is told what is
    being done, and how far it is from 0 to 1.

    Raises:
        InputError: a source names no file.
        ImportRefused: a delivery that is there would lose something.
        NotAllowed: the actor may not import.
    """
    actor.require(commit_import.permission)
    clear_desks(workspace.root)
    files = focus_files.find(sources)
    work = _Work(workspace, options, progress, at.isoformat())
    call = Call(actor=actor, at=at, origin=origin, key=key)
    with desk(workspace, work.import_id) as folder:
        read = [work.read(path, folder, index) for index, path in enumerate(files)]
        reports = tuple(report for report, _ in read)
        if any(report.status is Status.REJECTED for report in reports):
            return _rejected(work, reports, call)
        fault.point("import:validated")
        parted = [work.part(staged, report) for report, staged in read if staged]
        parts = tuple(part for found in parted for part in found)
        progress("publishing", 1.0)
        reports = tuple(_described(report, parts) for report in reports)
        return _published(work, parts, reports, call)


def _published(
    work: _Work, parts: tuple[Part, ...], reports: tuple[ImportReport, ...], call: Call
) -> tuple[ImportReport, ...]:
    workspace, mode = work.workspace, work.options.mode
    try:
        done = commit_import(
            workspace.store,
            **call,
            body=[mode, sorted(part.digest for part in parts)],
            root=workspace.root,
            parts=parts,
            reports=reports,
            mode=mode,
        )
        fault.point("import:after-records")
    except NothingNew:
        snapshot = workspace.snapshot()
        done = Committed(snapshot.id if snapshot else "", 0)
    told = tuple(_done(report, parts, done, workspace) for report in reports)
    fault.point("import:before-cleanup")
    return told


class _Work:
    """One import at work: its id, its options, and who watches it."""

    def __init__(self, workspace: Workspace, options: Options, progress: Progress, at: str) -> None:
        self.import_id = uuid4().hex[:12]
        self.workspace, self.options, self.progress, self.at = workspace, options, progress, at

    def read(self, path: Path, folder: Path, index: int) -> tuple[ImportReport, Staged | None]:
        """Read and stage one file; a report that says whether it may be committed."""
        name = f"{self.import_id}-{index}"
        try:
            raw = focus_files.read(path)
        except focus_files.Unreadable as error:
            return report_of_unreadable(name, error.finding, self.at), None
        fault.point("import:file-read")
        staged = self._staged(raw, folder / f"{index}.parquet")
        hold_room(" ".join(finding.reason for finding in staged.refused[:1]))
        return report_of_staged(name, staged, self.at), staged

    def _staged(self, raw: Raw, target: Path) -> Staged:
        """Stage a file while its packed data is checked; what is not sound is not staged."""
        options = self.options
        with (
            _watched(self.progress, raw.name) as watch,
            Checking(raw, max_ratio=options.max_ratio) as checking,
        ):

            def seen(engine: Engine) -> None:
                watch(engine)
                checking.guard(engine)

            staged = stage(
                raw,
                target,
                accept=options.accept_rejects,
                memory=options.memory,
                max_rows=options.max_rows,
                watch=seen,
            )
            reason = checking.reason()
        if not reason or any(finding.rule == "readable" for finding in staged.refused):
            return staged
        finding = Finding(rule="readable", file=raw.name, reason=reason)
        return replace(staged, path=None, findings=(finding, *staged.findings))

    def part(self, staged: Staged, report: ImportReport) -> tuple[Part, ...]:
        """Part a staged file by delivery, and make what pages read."""
        root, memory = self.workspace.root, self.options.memory
        self.progress(f"adding up {staged.raw.name}", 1.0)
        parts = deliveries.part_files(staged, root, import_id=report.import_id, memory=memory)
        organization, rules = self.workspace.organization(), self.workspace.rules()
        return derive.derive(parts, root, organization, rules=rules, memory=memory)


class _watched:  # noqa: N801 -- read as a word: with watched(...)
    """Tell the progress of an engine to whoever asked, from a thread of its own."""

    def __init__(self, progress: Progress, name: str) -> None:
        self._progress, self._name, self._over = progress, name, threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Callable[[Engine], None]:
        return self._watch

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._thread:
            self._thread.join()

    def _watch(self, engine: Engine) -> None:
        self._thread = threading.Thread(target=self._tell, args=(engine,), daemon=True)
        self._thread.start()

    def _tell(self, engine: Engine) -> None:
        while not self._over.wait(0.25):
            share = engine.progress()
            if share >= 0:
                self._progress(f"reading {self._name}", share / 100)


def _rejected(
    work: _Work, reports: tuple[ImportReport, ...], call: Call
) -> tuple[ImportReport, ...]:
    workspace = work.workspace
    snapshot = workspace.snapshot()
    told = tuple(
        replace(
            report,
            status=Status.REJECTED,
            rows=0,
            snapshot=snapshot.id if snapshot else "",
            message=report.message or "Another file of this import was rejected.",
        )
        for report in reports
    )
    body = [[report.source, report.message, len(report.rejected_rows)] for report in told]
    reject_import(workspace.store, **call, body=body, root=workspace.root, reports=told)
    return told


def _described(report: ImportReport, parts: tuple[Part, ...]) -> ImportReport:
    mine = [part for part in parts if part.import_id == report.import_id]
    return replace(
        report,
        rows=sum(part.rows for part in mine),
        sums=added(tuple(one for part in mine for one in part.sums)),
        billing_periods=tuple(sorted({part.month for part in mine if part.month})),
    )


def _done(
    report: ImportReport, parts: tuple[Part, ...], done: Committed, workspace: Workspace
) -> ImportReport:
    mine = {part.path: part for part in parts if part.import_id == report.import_id}
    digests = {part.digest for part in mine.values()}
    snapshots = workspace.snapshots()
    restates = _restates(report, digests, snapshots)
    if restates or not named(snapshots).isdisjoint(mine):
        message = " ".join(map(str, restates))
        return replace(report, snapshot=done.snapshot, message=message, restates=restates)
    earlier = _earlier(snapshots, digests)
    message = f"{report.source} is already imported as {earlier}." if earlier else NOTHING_NEW
    return replace(report, status=Status.UNCHANGED, snapshot=done.snapshot, message=message)


NOTHING_NEW = "It says nothing that is not on the books already."
"""What is said of a file whose rows are no others, although they are written in another way."""


def _restates(
    report: ImportReport, digests: set[str], snapshots: Sequence[Snapshot]
) -> tuple[Restated, ...]:
    """What this import booked for a file as adjustments of closed months.

    Several files of one import may tell one delivery; each of them then says so.
    """
    work, _, _ = report.import_id.rpartition("-")
    booked = {
        part.path: part
        for snapshot in snapshots
        for part in snapshot.parts
        if part.adjusts
        and part.import_id.startswith(f"{work}-")
        and not digests.isdisjoint(part.delivered)
    }
    return Restated.of(booked.values())


def _earlier(snapshots: Sequence[Snapshot], digests: set[str]) -> str:
    for snapshot in snapshots:
        for part in snapshot.parts:
            if not digests.isdisjoint((part.digest, *part.delivered)):
                return part.import_id
    return ""
