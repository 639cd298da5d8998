"""Closings: which months are closed, for whom, since when and under which seal.

A month is closed for one issuer of invoices, or for the company as a whole; either closes the
issuer's charges of that billing month. From the moment a close is approved nothing of the month
may change, although its seal is written a moment later.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple
from typing import TYPE_CHECKING

from sqlmodel import col
from sqlmodel import select

from finops.errors import Conflict
from finops.records.models import PeriodClose
from finops.records.revisions import newest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

COMPANY = ""
"""The provider of a close that holds for every issuer."""


class Event(StrEnum):
    """A step on the way of a month; what is derived from the last one is its state."""

    REQUESTED = "closing"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"
    CLOSED = "closed"
    REOPEN_REQUESTED = "reopening"
    REOPENED = "reopened"


BOUND = frozenset({Event.APPROVED, Event.CLOSED, Event.REOPEN_REQUESTED})
"""After these a month's charges stay as they are."""


class Closing(NamedTuple):
    """The last step of a month for an issuer (`provider` is empty for the company).

    `snapshot` is the number of the frozen snapshot; `seal` the newest seal there is, if any: after
    a reopening it is the one that the next seal is chained to.
    """

    provider: str
    month: str
    event: Event
    snapshot: int
    seal: str
    reason: str
    requested_by: str
    approved_by: str
    at: str
    revision: int

    @property
    def bound(self) -> bool:
        """Whether the month's charges must stay as they are."""
        return self.event in BOUND


def closings(session: Session, revision: int | None = None) -> tuple[Closing, ...]:
    """Of each provider and month the last step, as of a revision; now, without one."""
    return tuple(_closing(row) for row in newest(session, PeriodClose, revision=revision))


def steps(session: Session, *, before: int | None = None) -> tuple[PeriodClose, ...]:
    """Every step that was recorded before a revision, or until now, oldest first."""
    written = select(PeriodClose).order_by(col(PeriodClose.revision), col(PeriodClose.id))
    if before is not None:
        written = written.where(col(PeriodClose.revision) < before)
    return tuple(session.exec(written))


def waiting(session: Session) -> tuple[Closing, ...]:
    """The closes that are approved and have no seal yet."""
    return tuple(one for one in closings(session) if one.event is Event.APPROVED)


def closed_months(session: Session, revision: int | None = None) -> frozenset[tuple[str, str]]:
    """The (issuer, `YYYY-MM`) whose charges must not change; issuer "" stands for every issuer."""
    found = closings(session, revision)
    return frozenset((one.provider, one.month) for one in found if one.bound)


def is_closed(closed: frozenset[tuple[str, str]], issuer: str, month: str) -> bool:
    """Whether an issuer's charges of a billing month must not change."""
    return bool({(issuer, month), (COMPANY, month)} & closed)


def refuse_closed(
    closed: frozenset[tuple[str, str]], *, what: str, month: str, issuer: str | None = None
) -> None:
    """Refuse to say anything else of a closed month than what it was sealed with.

    `what` is what somebody wants to change; `issuer` whose it is, or None where it is everybody's,
    as a rate is, so that one issuer's close holds it already.

    Raises:
        Conflict: the month is closed.
    """
    bound = any(one == month for _, one in closed)
    if bound if issuer is None else is_closed(closed, issuer, month):
        message = f"{what}: {month} is closed."
        remedy = f"Open it again first with `finops reopen {month} --reason R`; nothing was written"
        raise Conflict(message, remedy=f"{remedy}.")


def closing_of(found: Iterable[Closing], month: str, provider: str = COMPANY) -> Closing | None:
    """What was done last to a month, for a provider itself or for the company that holds it.

    The company's step goes first while it binds: it closes every provider's month.
    """
    mine = {one.provider: one for one in found if one.month == month}
    company = mine.get(COMPANY)
    if company and (company.bound or company.event is Event.REQUESTED):
        return company
    return mine.get(provider, company)


def _closing(row: PeriodClose) -> Closing:
    return Closing(
        provider=row.provider,
        month=row.month,
        event=Event(row.event),
        snapshot=row.snapshot,
        seal=row.seal,
        reason=row.reason,
        requested_by=row.requested_by,
        approved_by=row.approved_by,
        at=row.at,
        revision=row.revision,
    )
