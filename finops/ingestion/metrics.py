"""Business metrics: how much was sold, earned or used, by product, segment and day or month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.core.organization import EMPTY
from finops.core.references import names
from finops.ingestion import cells
from finops.ingestion import owned
from finops.ingestion.kept import keep
from finops.ingestion.kept import Kept
from finops.ingestion.kept import Subject
from finops.ingestion.record_files import Column
from finops.ingestion.record_files import RecordFile
from finops.records import audit
from finops.records.models import BusinessMetric
from finops.records.revisions import latest
from finops.records.revisions import newest_values

if TYPE_CHECKING:
    from sqlmodel import Session

    from finops.access.command import Transaction
    from finops.access.workspace import Workspace
    from finops.core.organization import Organization
    from finops.dataset import Snapshot
    from finops.ingestion.record_files import Line


class Kind(StrEnum):
    """What a figure counts. Usage is what splits a shared cost; its segment names who used."""

    UNITS = "units"
    REVENUE = "revenue"
    PRICE = "price"
    OUTCOME = "outcome"
    USAGE = "usage"


class Grain(StrEnum):
    """Whether a figure is of one day or of one calendar month."""

    DAY = "day"
    MONTH = "month"


MONEY = frozenset({Kind.REVENUE, Kind.PRICE})
"""The kinds that are in a currency; an outcome may be, the others are not."""

ADDS = frozenset({Kind.UNITS, Kind.REVENUE, Kind.USAGE})
"""The kinds of which days add up to a month; a price or an outcome is as it was last."""

_KEPT = 4
_read: dict[str, tuple[Metric, ...]] = {}

_MAY_FALL_BELOW = frozenset({Kind.REVENUE, Kind.OUTCOME})


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One figure: on `day`, or in the month that begins on it; an empty product is the whole.

    An amount of 0 was counted; a day without a figure is a gap, and never 0.
    """

    day: date
    product: str
    segment: str
    unit: str
    amount: Decimal
    kind: Kind
    currency: str = ""
    grain: Grain = Grain.DAY
    source: str = ""
    state: str = ""


@command("metrics.add", permission=Permission.WRITE_METRICS)
def add_metrics(transaction: Transaction, *, records: tuple[Metric, ...], file: str) -> Kept:
    """Keep figures; one of the same product, segment, unit and day is replaced from now on."""
    rows = [
        BusinessMetric(
            revision=transaction.revision,
            day=one.day.isoformat(),
            product=one.product,
            segment=one.segment,
            unit=one.unit,
            amount=f"{one.amount:f}",
            kind=one.kind.value,
            currency=one.currency,
            grain=one.grain.value,
            source=one.source,
            state=one.state,
            file=file,
        )
        for one in records
    ]
    return keep(transaction, rows, file=file)


def metrics_of(workspace: Workspace, snapshot: Snapshot | None) -> tuple[Metric, ...]:
    """The figures as a snapshot knows them, by product, segment, kind, unit and day."""
    with workspace.store.reading() as session:
        return metrics_at(session, snapshot.revision if snapshot else None)


def metrics_at(session: Session, revision: int | None) -> tuple[Metric, ...]:
    """The figures as of a revision; the newest without one.

    They are ten thousand and asked for by every question of a meeting, so what was read last is
    kept: under the seal of the event that wrote the last of them, which seals all before it.
    """
    last = latest(session, BusinessMetric, revision=revision)
    if last is None:
        return ()
    sealed = audit.at(session, last.revision).hash
    found = _read.get(sealed)
    if found is None:
        found = _read_at(session, last.revision)
        if sealed != audit.GENESIS:  # Else the command that asks wrote them, and may yet fail.
            if len(_read) >= _KEPT:
                _read.clear()
            _read[sealed] = found
    return found


def _read_at(session: Session, revision: int) -> tuple[Metric, ...]:
    rows = newest_values(session, BusinessMetric, revision=revision)
    return tuple(
        Metric(
            day=date.fromisoformat(row.day),
            product=row.product,
            segment=row.segment,
            unit=row.unit,
            amount=Decimal(row.amount),
            kind=Kind(row.kind),
            currency=row.currency,
            grain=Grain(row.grain),
            source=row.source,
        )
        for row in rows
        if row.state != owned.WITHDRAWN
    )


def file_of(organization: Organization = EMPTY) -> RecordFile[Metric]:
    """A file of metrics, its products held to the organization's."""
    return RecordFile(
        noun="metric",
        columns=owned.offering(COLUMNS, "product", names(organization, "products")),
        make=lambda line: _metric(line, organization),
        key=lambda one: (
            *(one.product, one.segment, one.kind, one.unit, one.currency, one.grain, one.day),
        ),
        once="date",
    )


def _metric(line: Line, organization: Organization) -> Metric:
    kind, grain = Kind(line["kind"]), Grain(line["grain"])
    if line["amount"] < 0 and kind not in _MAY_FALL_BELOW:
        line.refuse("amount", f"a number of 0 or more; {kind} cannot be negative")
    if kind in MONEY and not line["currency"]:
        line.refuse("currency", f"the currency of a {kind}, such as USD")
    if line["currency"] and kind in {Kind.UNITS, Kind.USAGE}:
        line.refuse("currency", f"nothing; {kind} are no money")
    return Metric(
        day=_day(line, grain),
        product=owned.known(line, "product", names(organization, "products")),
        segment=line["segment"],
        unit=line["unit"],
        amount=line["amount"],
        kind=kind,
        currency=line["currency"],
        grain=grain,
        source=line["source"],
        state=line["state"],
    )


def _day(line: Line, grain: Grain) -> date:
    """The day, or the first of the month, which may be written YYYY-MM."""
    told: str = line["date"]
    if grain is Grain.MONTH and len(told) == len("2026-10"):
        told += "-01"
    try:
        found = cells.day(told)
    except cells.Unfit as error:
        line.refuse("date", str(error) if grain is Grain.DAY else "a month as YYYY-MM")
    if grain is Grain.MONTH and found.day != 1:
        line.refuse("date", "a month as YYYY-MM, or its first day")
    return found


_ANY = cells.maybe(cells.text, "")
_GRAIN = cells.maybe(cells.one_of(Grain), "day")

COLUMNS = (
    Column("date", cells.text, "2026-10-01"),
    Column("product", _ANY, "checkout"),
    Column("segment", _ANY, "retail", needed=False),
    Column("unit", cells.text, "orders"),
    Column("amount", cells.amount, "18250"),
    Column("kind", cells.one_of(Kind), "units", choices=tuple(Kind)),
    Column("currency", cells.maybe(cells.currency, ""), needed=False),
    Column("grain", _GRAIN, "day", needed=False, choices=tuple(Grain)),
    Column("source", _ANY, "order system", needed=False),
    owned.STATE,
)
"""The columns of a file of metrics."""

METRICS = Subject(
    name="metrics",
    noun="metric",
    permission=Permission.WRITE_METRICS,
    file_of=file_of,
    add=add_metrics,
    of=metrics_of,
)
"""What the command line and the portal need to bring metrics in."""
