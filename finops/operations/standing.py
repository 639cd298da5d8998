"""Standing: whether a statement is accepted, by its owner's word or by silence, or is disputed.

A statement stands to be accepted from the close of its month on; after the days that were agreed,
silence accepts. A dispute stops that until it is answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import ClassVar
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.access.workspace import organization_at
from finops.core.period import BillingPeriod
from finops.errors import Conflict
from finops.operations.disputes import disputes_of
from finops.operations.disputes import Settlement
from finops.operations.entries import Entry
from finops.operations.entries import log_in
from finops.operations.entries import put
from finops.operations.owners import speak
from finops.records.closings import closing_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.access.command import Transaction
    from finops.operations.disputes import Dispute
    from finops.operations.entries import Kept
    from finops.operations.entries import Log
    from finops.records.closings import Closing


class Terms(NamedTuple):
    """What was agreed: after so many days silence accepts, and so many months are heard first."""

    quiet_days: int = 10
    quiet_months: int = 3


class Known(NamedTuple):
    """What a standing is told from: the words and the closes so far, the day, and the terms."""

    log: Log
    closings: tuple[Closing, ...]
    today: date
    terms: Terms


class Word(StrEnum):
    """What an owner has said to a statement."""

    OPEN = "not closed yet"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    SILENT = "accepted by silence"
    DISPUTED = "disputed"


AGREED = frozenset({Word.ACCEPTED, Word.SILENT})


class Acceptance(Entry):
    """An owner's yes to a statement as it was shown: `digest` is of its lines, `total` their sum.

    Its name is the month and the owner, so that a later yes takes the place of an earlier one.
    """

    kind: ClassVar[str] = "acceptance"

    scope: str
    month: str
    total: Decimal
    currency: str
    digest: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a statement stands; `until` is the last day on which its owner may still object.

    `by` and `day` are of the acceptance. `moved` says that what was accepted had other figures.
    """

    scope: str
    month: str
    word: Word
    until: date | None = None
    by: str = ""
    day: date | None = None
    moved: bool = False
    disputes: tuple[Dispute, ...] = ()


@command("statement.accept", permission=Permission.REVIEW)
def keep_acceptance(transaction: Transaction, *, entry: Acceptance) -> Kept:
    """Accept a statement as it was shown.

    Raises:
        NotAllowed: the actor does not answer for that owner.
        Conflict: a line of it is disputed, or somebody else has spoken meanwhile.
    """
    speak(organization_at(transaction.session), entry.scope, entry.month, transaction.actor)
    found = disputes_of(log_in(transaction.session), entry.scope, entry.month)
    if left := [one for one in found if one.open]:
        message = f"{left[0].line} is disputed ({left[0].key}), so it is not accepted yet."
        raise Conflict(message, remedy="Withdraw the dispute, or wait for its answer.")
    return put(transaction, entry)


def standing(known: Known, scope: str, month: str, *, digest: str = "") -> Standing:
    """Where the statement of an owner and a month stands.

    With a `digest`, an acceptance of other figures does not count.
    """
    found = disputes_of(known.log, scope, month)
    stands = partial(Standing, scope=scope, month=month, disputes=found)
    if any(one.open for one in found):
        return stands(word=Word.DISPUTED)
    settled = [_moment(one) for one in found if one.settlement is not Settlement.WITHDRAWN]
    said = known.log.find(Acceptance, name(scope, month))
    moved = bool(said and digest and said.digest != digest)
    if said and not moved and _moment(said) >= max(settled, default=_moment(said)):
        return stands(word=Word.ACCEPTED, by=said.by, day=_moment(said).date())
    closed = closed_on(known.closings, month)
    if closed is None:
        return stands(word=Word.OPEN, moved=moved)
    since = max((closed, *(one.date() for one in settled)))
    until = since + timedelta(days=known.terms.quiet_days)
    word = Word.WAITING if known.today <= until else Word.SILENT
    return stands(word=word, until=until, moved=moved)


def unheard(known: Known, scope: str, month: str) -> tuple[str, ...]:
    """The months that an owner has not agreed to, of those that come before a chargeback."""
    last, asked = BillingPeriod.parse(month), known.terms.quiet_months
    months = [str(last.plus(-back)) for back in reversed(range(asked))]
    return tuple(one for one in months if standing(known, scope, one).word not in AGREED)


def waits(known: Known, scope: str, months: tuple[str, ...]) -> tuple[str, ...]:
    """Why an owner cannot be charged back yet, in words, where it has not agreed to `months`."""
    if not months:
        return ()
    owner, asked = scope.partition("=")[2], known.terms.quiet_months
    return (f"{owner} has not agreed to {', '.join(months)}; {asked} months in a row are asked",)


def closed_on(closings: Iterable[Closing], month: str) -> date | None:
    """The day on which a month was closed for the company, if it is."""
    last = closing_of(closings, month)
    return datetime.fromisoformat(last.at).date() if last and last.bound else None


def name(scope: str, month: str) -> str:
    """The name of the acceptance of an owner's statement."""
    return f"{month} {scope}"


def _moment(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.at)
