"""The one command that changes which charges there are: decide, commit, publish, in one go."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.access.workspace import organization_at
from finops.access.workspace import rules_at
from finops.core import fault
from finops.dataset import charges
from finops.dataset import derive
from finops.dataset.adjustments import adjust
from finops.dataset.coverage import vanishing
from finops.dataset.snapshot import Snapshot
from finops.errors import ImportRefused
from finops.ingestion import late
from finops.ingestion.sweep import sweep
from finops.records import revisions
from finops.records.closings import closed_months
from finops.records.models import ImportRecord
from finops.records.models import SnapshotRecord

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path

    from sqlmodel import Session

    from finops.access.command import Transaction
    from finops.dataset.adjustments import Late
    from finops.dataset.snapshot import Part
    from finops.ingestion.report import ImportReport

    Delivery = tuple[str, str, str]


class Mode(StrEnum):
    """What to do with a delivery that is already there."""

    COMPLETE = "complete"
    """Replace it if nothing would vanish; else refuse, and say what would."""
    REPLACE = "replace"
    ADD = "add"


class NothingNew(Exception):  # noqa: N818 -- no error: the import ends here, and nothing is written
    """Everything that was brought is already there."""


@dataclass(frozen=True)
class Committed:
    """What a commit published: the id and the number of the snapshot."""

    snapshot: str
    number: int


@command("import", permission=Permission.IMPORT_COST)
def commit_import(
    transaction: Transaction,
    *,
    root: Path,
    parts: tuple[Part, ...],
    reports: tuple[ImportReport, ...],
    mode: Mode,
) -> Committed:
    """Publish the parts of an import as a new snapshot.

    Raises:
        NothingNew: each part is in the dataset already.
        ImportRefused: something would vanish, and nobody said that it may.
    """
    session = transaction.session
    base = settle(session, root)
    new, dropped = _new(transaction, base, parts, root=root, mode=mode)
    if not (new or dropped):
        raise NothingNew
    new = derive.derive(new, root, organization_at(session), rules=rules_at(session))
    gone = {part.path for part in dropped}
    kept = tuple(part for part in (base.parts if base else ()) if part.path not in gone)
    moment = int(transaction.at.timestamp() * 1000)
    version = charges.commit(root, base=base, drop=dropped, add=new, moment=moment)
    fault.point("import:before-records")
    snapshot = publish(transaction, base, parts=(*kept, *new), version=version)
    for report in reports:
        session.add(record(report, transaction))
    transaction.record(
        subject=", ".join(sorted({report.source for report in reports})),
        before={"snapshot": base.id if base else None},
        after={"snapshot": snapshot.id, "rows": sum(part.rows for part in new), "mode": mode},
    )
    return Committed(snapshot.id, snapshot.number)


@command("import.reject", permission=Permission.IMPORT_COST)
def reject_import(
    transaction: Transaction, *, root: Path, reports: tuple[ImportReport, ...]
) -> int:
    """Keep on record that files were refused, and why; the dataset stays as it is."""
    settle(transaction.session, root)
    for report in reports:
        transaction.session.add(record(report, transaction))
    transaction.record(subject=", ".join(report.source for report in reports))
    return len(reports)


def settle(session: Session, root: Path) -> Snapshot | None:
    """Bring the disk back to the newest snapshot, whatever a killed import left; that snapshot.

    The table first: it must never list a file that the sweep takes away.
    """
    base = latest(session)
    charges.settle(root, base)
    sweep(root, every(session))
    return base


def every(session: Session) -> Iterator[Snapshot]:
    """Every published snapshot."""
    for row in revisions.newest(session, SnapshotRecord):
        yield Snapshot.from_json(row.body)


def latest(session: Session) -> Snapshot | None:
    """The newest published snapshot."""
    row = revisions.latest(session, SnapshotRecord)
    return Snapshot.from_json(row.body) if row else None


def publish(
    transaction: Transaction, base: Snapshot | None, *, parts: tuple[Part, ...], version: int
) -> Snapshot:
    """Write the next snapshot; from the moment the transaction commits, readers see it."""
    snapshot = Snapshot(
        number=base.number + 1 if base else 1,
        revision=transaction.revision,
        at=transaction.at.isoformat(),
        charges_version=version,
        parts=tuple(sorted(parts, key=lambda part: (*part.delivery, part.path))),
    )
    transaction.session.add(
        SnapshotRecord(
            number=snapshot.number,
            revision=snapshot.revision,
            at=snapshot.at,
            digest=snapshot.digest,
            body=snapshot.to_json(),
        )
    )
    return snapshot


def republish(transaction: Transaction) -> str:
    """Publish the same charges with the records of this command; no snapshot before any import.

    Returns its id, or an empty text.
    """
    base = latest(transaction.session)
    if base is None:
        return ""
    return publish(transaction, base, parts=base.parts, version=base.charges_version).id


def record(report: ImportReport, transaction: Transaction) -> ImportRecord:
    """The report as it is kept."""
    body = report.to_document()
    return ImportRecord(
        import_id=report.import_id,
        revision=transaction.revision,
        at=transaction.at.isoformat(),
        source=report.source,
        format=report.format,
        focus_version=report.focus_version,
        dataset=report.dataset,
        status=report.status,
        rows=report.rows,
        sums=_text(body["sums_by_currency"]),
        billing_periods=_text(body["billing_periods"]),
        absent_columns=_text(body["absent_columns"]),
        findings=_text([*_told(body["findings"]), *_told(body["rejected_rows"])]),
        left_out=_text(body["left_out"]),
        beyond=_text(body["rounded_beyond_18_decimals"]),
        files=_text([{"name": report.source, "rows": report.rows}]),
    )


def _new(
    transaction: Transaction,
    base: Snapshot | None,
    parts: tuple[Part, ...],
    *,
    root: Path,
    mode: Mode,
) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """The parts that come in, adjustments of closed months among them, and those that go.

    Raises:
        ImportRefused: something would vanish, and nobody said that it may.
    """
    session = transaction.session
    timely, said = late.part(parts, base.parts if base else (), closed_months(session))
    once = _ever(session) if mode is Mode.COMPLETE and base else {}
    new, dropped = _changes(base, timely, mode, once)
    said = tuple(found for one in said if (found := _unheard(one, mode, once)))
    books = tuple(part for one in said for part in one.books)
    if mode is Mode.COMPLETE and (lost := vanishing(root, (*dropped, *books), parts)):
        raise ImportRefused(lost, remedy="Use --replace to let it go, or --add to keep both.")
    return (*new, *adjust(said, root, at=transaction.at.isoformat())), dropped


def _unheard(one: Late, mode: Mode, once: Mapping[Delivery, set[str]]) -> Late | None:
    """A late delivery as far as it is to be compared with the books; none if it was told before."""
    there = {digest for part in one.books for digest in (part.digest, *part.delivered)}
    brought = {part.digest: part for part in one.brought}
    if mode is Mode.ADD:
        brought = {digest: part for digest, part in brought.items() if digest not in there}
    elif mode is Mode.COMPLETE and brought.keys() <= once.get(one.brought[0].concerns, set()):
        return None
    books = () if mode is Mode.ADD else one.books
    return replace(one, books=books, brought=tuple(brought.values())) if brought else None


def _changes(
    base: Snapshot | None,
    parts: tuple[Part, ...],
    mode: Mode,
    once: Mapping[Delivery, set[str]],
) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """The parts that come in and those that go, delivery by delivery.

    A part whose rows are there already stays as it is. A delivery of parts that all are there, or
    once were, changes nothing: a file that was replaced since must not come back by itself. With a
    delivery go the adjustments of its month: it says itself what they said.
    """
    there, brought = _by_delivery(base.parts if base else ()), _by_delivery(parts)
    new: list[Part] = []
    dropped: list[Part] = []
    for delivery, theirs in brought.items():
        former = there.get(delivery, {})
        if mode is Mode.COMPLETE and theirs.keys() <= once.get(delivery, set()):
            continue
        new += [part for digest, part in theirs.items() if digest not in former]
        if mode is not Mode.ADD:
            dropped += [part for digest, part in former.items() if digest not in theirs]
    return tuple(new), tuple(dropped)


def _by_delivery(parts: Iterable[Part]) -> dict[Delivery, dict[str, Part]]:
    found: dict[Delivery, dict[str, Part]] = defaultdict(dict)
    for part in parts:
        found[part.concerns].setdefault(part.digest, part)
    return dict(found)


def _ever(session: Session) -> dict[Delivery, set[str]]:
    """The digests of all parts that a delivery ever had."""
    found: dict[Delivery, set[str]] = defaultdict(set)
    for snapshot in every(session):
        for part in snapshot.parts:
            found[part.concerns].update((part.digest, *part.delivered))
    return dict(found)


def _text(value: object) -> str:
    return json.dumps(value, default=str, sort_keys=True)


def _told(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []
