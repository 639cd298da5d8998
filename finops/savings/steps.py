"""Steps: a saving is proposed, implemented, refused or given up, each on the record by name."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.errors import Conflict
from finops.errors import UsageError
from finops.savings.ledger import follow
from finops.savings.ledger import put
from finops.savings.ledger import require
from finops.savings.ledger import savings_in
from finops.savings.saving import ENDED
from finops.savings.saving import Saving
from finops.savings.saving import State
from finops.savings.verification import verifications_in
from finops.savings.worked import follow as follow_finding

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from finops.access.command import Transaction
    from finops.savings.ledger import Kept
    from finops.savings.saving import Kind


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What somebody proposes: what is done, on which cost, and what it should take off 30 days.

    `finding` is the key of the worklist's finding that it comes from, if it comes from one.
    """

    title: str
    kind: Kind
    scope: str
    team: str
    day: date
    expected: Decimal = Decimal(0)
    finding: str = ""
    one_off: bool = False


@dataclass(frozen=True, kw_only=True)
class Done:
    """That a saving was made: since which day, and where that can be seen; `today` is when said."""

    key: str
    team: str
    day: date
    evidence: str
    today: date


@dataclass(frozen=True, kw_only=True)
class End:
    """That a saving goes no further, why, and from which day; `today` is when it is said."""

    key: str
    team: str
    reason: str
    day: date
    today: date


def touched(**said: Proposal | Done | End) -> Iterable[tuple[str, str]]:
    """For `within`: the team whose saving it is about."""
    return (("x_Team", one.team) for one in said.values())


@command("savings.propose", permission=Permission.CLAIM_SAVINGS, within=touched)
def propose(transaction: Transaction, *, said: Proposal) -> Kept:
    """Put a saving on the record as identified; whoever proposes it claims it.

    Raises:
        UsageError: it has no title, scope or team, or its expected amount is below zero.
        Conflict: the same finding is claimed already.
    """
    for name in ("title", "scope", "team"):
        if not str(getattr(said, name)).strip():
            message = f"A saving needs its {name}."
            raise UsageError(message, remedy="Say what is done, on which cost, and whose it is.")
    if said.expected < 0:
        message = f"{said.expected:f} less than nothing is no saving."
        raise UsageError(message, remedy="Say what 30 days should cost less, above zero.")
    _once(transaction, said)
    new = Saving(
        title=said.title.strip(),
        kind=said.kind,
        scope=said.scope.strip(),
        team=said.team.strip(),
        finding=said.finding,
        expected=said.expected,
        one_off=said.one_off,
        claimed_by=transaction.actor.name,
        claimed_on=said.day,
    )
    return put(transaction, new)


@command("savings.implement", permission=Permission.CLAIM_SAVINGS, within=touched)
def implement(transaction: Transaction, *, said: Done) -> Kept:
    """Say that a saving was made, with the day and the evidence.

    Raises:
        UsageError: the evidence is missing, or the day is not between baseline and today.
        Conflict: it is not agreed, so that there is nothing to measure it against.
    """
    now = follow(transaction.session, said.key, State.IMPLEMENTED, team=said.team, today=said.today)
    if not said.evidence.strip():
        message = "Nothing says that it was made."
        raise UsageError(message, remedy="Name the change, the ticket or the command as evidence.")
    frozen = now.baseline
    if said.day > said.today or (frozen and said.day < frozen.last):
        earliest = f" and not before {frozen.last}, where its baseline ends" if frozen else ""
        message = f"It cannot have been made on {said.day}."
        raise UsageError(message, remedy=f"Name a day until {said.today}{earliest}.")
    after = now.model_copy(
        update={
            "state": State.IMPLEMENTED,
            "implemented_by": transaction.actor.name,
            "implemented_on": said.day,
            "evidence": said.evidence.strip(),
        }
    )
    return put(transaction, after, before=now)


@command("savings.reject", permission=Permission.KEEP_SAVINGS, within=touched)
def reject(transaction: Transaction, *, said: End) -> Kept:
    """Refuse a saving that nothing was credited of.

    Raises:
        UsageError: there is no reason.
        Conflict: it was verified or has ended.
    """
    return _end(transaction, said, State.REJECTED)


@command("savings.withdraw", permission=Permission.CLAIM_SAVINGS, within=touched)
def withdraw(transaction: Transaction, *, said: End) -> Kept:
    """Take a saving back from a day on; what was credited of closed months before it stays.

    Raises:
        UsageError: there is no reason, or a day from then on is credited already.
        Conflict: it has ended.
        NotAllowed: it is neither one's own nor one's to judge.
    """
    now = require(transaction.session, said.key, today=said.today)
    who = transaction.actor
    if who.name not in {now.claimed_by, now.implemented_by}:
        who.require(Permission.KEEP_SAVINGS)
    _not_credited(transaction, said)
    return _end(transaction, said, State.WITHDRAWN)


def _end(transaction: Transaction, said: End, state: State) -> Kept:
    now = follow(transaction.session, said.key, state, team=said.team, today=said.today)
    if not said.reason.strip():
        message = f"A saving is {state} for a reason."
        raise UsageError(message, remedy="Say why.")
    after = now.model_copy(
        update={
            "state": state,
            "reason": said.reason.strip(),
            "ended_by": transaction.actor.name,
            "ended_on": said.day,
        }
    )
    held = now.state is State.VERIFIED
    beside = follow_finding(transaction, now, after, today=said.today) if held else None
    return put(transaction, after, before=now, beside=beside)


def _not_credited(transaction: Transaction, said: End) -> None:
    """What closed months were credited is corrected by signing them again, and not by this."""
    signed = verifications_in(transaction.session)
    key = said.key.strip().upper()
    until = max((o.measured.end for o in signed if o.saving == key and o.credited), default=None)
    if until and said.day < until:
        message = f"Saving {key} is credited until the day before {until}."
        raise UsageError(message, remedy=f"Take it back from {until} on, or sign the month anew.")


def _once(transaction: Transaction, said: Proposal) -> None:
    """One finding is claimed once at a time."""
    for one in savings_in(transaction.session, today=said.day):
        if said.finding and one.finding == said.finding and one.state not in ENDED:
            message = f"Finding {said.finding} is claimed already, as {one.key}."
            raise Conflict(message, remedy=f"{one.claimed_by} proposed it; agree on the split.")
