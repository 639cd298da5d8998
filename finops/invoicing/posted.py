"""Posted: journals that finance has taken over, in versions; a later one reverses the one before.

The same month and version always give the same entry ids, so that nothing is posted twice.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.errors import Conflict
from finops.invoicing.books import books_of
from finops.invoicing.journal import ACCRUAL
from finops.invoicing.journal import journal
from finops.invoicing.journal import REVERSAL
from finops.invoicing.journal import REVERSED
from finops.invoicing.periods import FINAL
from finops.invoicing.posting import Entry
from finops.invoicing.posting import Line
from finops.invoicing.posting import reversed_of
from finops.invoicing.reconciliation import reconcile
from finops.records.canonical import canonical_json
from finops.records.canonical import digest_of
from finops.records.models import JournalPosting
from finops.records.revisions import newest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from finops.access.command import Transaction
    from finops.access.workspace import Workspace
    from finops.core.period import BillingPeriod
    from finops.dataset import Dataset
    from finops.invoicing.journal import Journal
    from finops.invoicing.posting import Accounts
    from finops.invoicing.recharge import Gate

_SHORT = 8
_PAIR = {ACCRUAL, REVERSAL}
"""An accrual and what takes it back: together they leave nothing."""


@dataclass(frozen=True, kw_only=True)
class Posting:
    """A version of a month's journal that was posted, by whom and when."""

    month: str
    version: int
    source: str
    actor: str
    at: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Posted:
    """The version that is posted now; `unchanged` where it was just so already."""

    month: str
    version: int
    status: str


def postings(workspace: Workspace, month: str) -> tuple[Posting, ...]:
    """Every posted version of a month, oldest first."""
    with workspace.store.reading() as session:
        return _postings(session, month)


def journal_of(
    workspace: Workspace, dataset: Dataset, period: BillingPeriod, *, accounts: Accounts, gate: Gate
) -> Journal:
    """The journal of a month as a dataset gives it, numbered after what was posted of it.

    Which cost centers it recharges is what the `gate` says.

    Raises:
        UsageError: there is nothing of that month.
    """
    books = books_of(workspace, dataset.snapshot)
    report = reconcile(dataset, books, period)
    found = journal(dataset, books, report, accounts=accounts, gate=gate)
    return numbered(found, postings(workspace, str(period)))


def numbered(found: Journal, known: Iterable[Posting]) -> Journal:
    """The journal with its version and entry ids.

    Where another version was posted before, that is reversed first, entry by entry; but for an
    accrual whose invoice has come: that was reversed on the first of the next month.
    """
    last = max(known, key=lambda one: one.version, default=None)
    if last and last.source == found.source:
        return _as(found, last.version, posted=True)
    told = _as(found, last.version + 1 if last else 1, posted=False)
    if last is None:
        return told
    accrued = {(one.subject, one.currency) for one in found.entries if one.kind == ACCRUAL}
    undone = [
        reversed_of(one, kind=REVERSED, day=one.day)
        for one in last.entries
        if one.kind not in _PAIR or (one.subject, one.currency) in accrued
    ]
    undone = [
        replace(one, id=_id(one, found, told.version, str(place)))
        for place, one in enumerate(undone, start=1)
    ]
    return replace(told, entries=(*undone, *told.entries))


@command("journal.post", permission=Permission.CLOSE_PERIODS)
def post(transaction: Transaction, *, shown: Journal, provisional: bool = False) -> Posted:
    """Post the journal of a month as it was shown; the same again changes nothing.

    A month that is not reconciled is posted only where that is said (`provisional`): what it
    lacks is accrued, and a later version reverses it.

    Raises:
        Conflict: the month is not reconciled, or another version has been posted since.
    """
    month = str(shown.period)
    if shown.state not in FINAL and not provisional:
        message = f"{month} is {shown.state}, not reconciled, so its journal is not posted."
        remedy = "Post it once every invoice ties; or with --provisional, to accrue what is missing"
        raise Conflict(message, remedy=f"{remedy}.")
    known = _postings(transaction.session, month)
    now = numbered(replace(shown, entries=_own(shown.entries)), known)
    if now.posted:
        transaction.record(subject=month, after="unchanged")
        return Posted(month, now.version, "unchanged")
    if now.version != shown.version:
        message = f"Version {now.version - 1} of the journal of {month} was posted meanwhile."
        raise Conflict(message, remedy="Look at it again, then post.")
    transaction.session.add(
        JournalPosting(
            revision=transaction.revision,
            month=month,
            version=now.version,
            source=now.source,
            actor=transaction.actor.name,
            at=transaction.at.isoformat(),
            body=canonical_json(_own(now.entries)),
        )
    )
    told = {"version": now.version, "source": now.source, "snapshot": shown.snapshot}
    transaction.record(subject=month, after=told)
    return Posted(month, now.version, "posted")


def _own(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Those of a version itself, without the reversal of the one before."""
    return tuple(one for one in entries if one.kind != REVERSED)


def _as(found: Journal, version: int, *, posted: bool) -> Journal:
    entries = tuple(
        replace(one, id=_id(one, found, version, str(place)))
        for place, one in enumerate(found.entries, start=1)
    )
    return replace(found, entries=entries, version=version, posted=posted)


def _id(one: Entry, found: Journal, version: int, place: str) -> str:
    """The same for the same month, version and place in it."""
    digest = digest_of([str(found.period), version, one.kind, one.subject, one.currency, place])
    return f"{found.period}-v{version}-{digest[:_SHORT]}"


def _postings(session: Session, month: str) -> tuple[Posting, ...]:
    rows = [row for row in newest(session, JournalPosting) if row.month == month]
    return tuple(
        Posting(
            month=row.month,
            version=row.version,
            source=row.source,
            actor=row.actor,
            at=row.at,
            entries=tuple(_entry(body) for body in json.loads(row.body)),
        )
        for row in sorted(rows, key=lambda row: row.version)
    )


def _entry(body: dict[str, Any]) -> Entry:
    lines = tuple(_line(line) for line in body.pop("lines"))
    return Entry(**{**body, "day": date.fromisoformat(body["day"])}, lines=lines)


def _line(body: dict[str, Any]) -> Line:
    told = body["reporting"]
    return Line(
        account=body["account"],
        cost_center=body["cost_center"],
        debit=Decimal(body["debit"]),
        credit=Decimal(body["credit"]),
        reporting=None if told is None else Decimal(told),
        memo=body["memo"],
    )
