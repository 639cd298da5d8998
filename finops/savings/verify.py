"""Verify: finance or FinOps signs what a saving took off a closed month, and it is credited.

Nothing is recognized in a month that is open. What is signed again after a month was opened and
closed anew is a correction, booked in the open month.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.access.workspace import organization_at
from finops.core.amount import EXACT
from finops.core.period import BillingPeriod
from finops.errors import Conflict
from finops.records.closings import closed_months
from finops.records.closings import is_closed
from finops.savings.credit import Amounts
from finops.savings.credit import book
from finops.savings.credit import credited
from finops.savings.credit import credits_in
from finops.savings.drivers import drivers_of
from finops.savings.ledger import find
from finops.savings.ledger import put
from finops.savings.ledger import require
from finops.savings.ledger import savings_in
from finops.savings.ledger import savings_of
from finops.savings.ledger import write
from finops.savings.measure import Ground
from finops.savings.measure import measure
from finops.savings.measure import span_of
from finops.savings.measured import Measured
from finops.savings.measured import Verdict
from finops.savings.saving import State
from finops.savings.signing import sign
from finops.savings.stacked import overlaps
from finops.savings.stacked import stacked
from finops.savings.verification import projected
from finops.savings.verification import VERIFICATION
from finops.savings.verification import Verification
from finops.savings.verification import verifications_in
from finops.savings.worked import doers_in
from finops.savings.worked import doers_of
from finops.savings.worked import follow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from datetime import date

    from sqlmodel import Session

    from finops.access.command import Call
    from finops.access.command import Transaction
    from finops.access.workspace import Workspace
    from finops.savings.saving import Saving

MEASURABLE = frozenset({State.IMPLEMENTED, State.VERIFIED, State.WITHDRAWN})
"""Of these a month can be signed; of a withdrawn one, the days before it came back."""


@dataclass(frozen=True, kw_only=True)
class Signing:
    """What is signed: a saving's month as it was measured, and who billed in that month.

    `claims` are what savings that go first on the same cost measure and were not signed yet.
    """

    key: str
    team: str
    month: str
    measured: Measured
    issuers: tuple[str, ...]
    claims: tuple[tuple[str, Decimal], ...] = ()
    despite: str = ""
    today: date

    def __body__(self) -> dict[str, object]:
        """What two requests are compared by."""
        return {"key": self.key, "month": self.month, "despite": self.despite}


@dataclass(frozen=True)
class Signed:
    """What came of it: the state, the verdict, and what was credited of the month by now."""

    key: str
    state: str
    verdict: str
    credited: Decimal
    booked: Decimal


def _touched(signing: Signing) -> Iterable[tuple[str, str]]:
    return (("x_Team", signing.team),)


@command("savings.verify", permission=Permission.KEEP_SAVINGS, within=_touched)
def keep(transaction: Transaction, *, signing: Signing) -> Signed:
    """Sign what a saving took off a closed month, and book the credit as it was agreed.

    The finding that it was claimed for goes with it.

    Raises:
        NotAllowed: who claims it or did it, or is of a team that it is credited to, cannot sign.
        Conflict: the month is open, or the saving is not at that point.
    """
    session = transaction.session
    now = require(session, signing.key, today=signing.today)
    doers = doers_in(session, now, today=signing.today)
    sign(organization_at(session), now, transaction.actor, doers=doers)
    _may(session, now, signing)
    told = _told(session, now, signing)
    former = credited(credits_in(session), saving=now.key, month=signing.month)
    more = Amounts(
        EXACT.subtract(told.credited, former.credited), EXACT.subtract(told.avoided, former.avoided)
    )
    entry = book(transaction, now, more, month=signing.month, today=signing.today)
    signed = told.model_copy(
        update={
            "booked": more.credited,
            "entry": entry,
            "by": transaction.actor.name,
            "on": signing.today,
        }
    )
    name = f"{now.key}/{signing.month}"
    write(transaction, VERIFICATION, name, signed.model_dump(mode="json", exclude={"version"}))
    after = _after(now, signed)
    beside = follow(transaction, now, after, today=signing.today)
    put(transaction, after, before=now, beside=beside)
    return Signed(now.key, after.state.value, signed.verdict.value, told.credited, more.credited)


def verify(
    workspace: Workspace,
    key: str,
    month: BillingPeriod,
    *,
    today: date,
    call: Call,
    despite: str = "",
) -> Signed:
    """Measure a saving on a closed month of the bill as it is now, and sign it.

    `despite` says why what looks like its replacement is none.

    Raises:
        UsageError: there is no such saving, or a day lacks the units that drive the cost.
        Conflict: the month is open, the saving was not made in it, or is not at that point.
        NotAllowed: the actor may not sign it.
    """
    saving = find(workspace, key, today=today)
    doers = doers_of(workspace, saving, today=today)
    sign(workspace.organization(), saving, call["actor"], doers=doers)
    signing = signing_of(workspace, saving, month, today=today, despite=despite)
    return keep(workspace.store, **call, signing=signing)


def signing_of(
    workspace: Workspace,
    saving: Saving,
    month: BillingPeriod,
    *,
    today: date,
    despite: str = "",
) -> Signing:
    """What would be signed of a saving and a month, as the bill is now.

    Raises:
        UsageError: a day lacks the units that drive the cost.
        Conflict: the saving was not made before the end of that month.
    """
    dataset = workspace.dataset()
    ground = Ground(dataset, drivers_of(workspace, dataset.snapshot))
    span = span_of(saving, month)
    if span is None:
        message = f"Saving {saving.key} has no day in {month}."
        raise Conflict(message, remedy="It counts from the day after it was made, for a year.")
    every = savings_of(workspace, today=today)
    return Signing(
        key=saving.key,
        team=saving.team,
        month=str(month),
        measured=measure(ground, saving, span, despite=despite),
        issuers=tuple(
            sorted({p.issuer for p in dataset.snapshot.charges if p.month == str(month)})
        ),
        claims=tuple(_first(ground, saving, every, month)),
        despite=despite,
        today=today,
    )


def _first(
    ground: Ground, saving: Saving, every: Iterable[Saving], month: BillingPeriod
) -> Iterator[tuple[str, Decimal]]:
    """What the savings measure that go before one on the same cost."""
    for one in every:
        holds = one.state in {State.IMPLEMENTED, State.VERIFIED} and one.order < saving.order
        span = span_of(one, month)
        if span and holds and overlaps(saving, one):
            yield one.key, measure(ground, one, span).verified


def _may(session: Session, now: Saving, signing: Signing) -> None:
    if now.state not in MEASURABLE or now.implemented_on is None:
        message = f"Saving {now.key} is {now.state} and cannot be verified."
        raise Conflict(message, remedy="It is agreed first, and then implemented.")
    bound, month = closed_months(session), signing.month
    if not signing.issuers or not all(is_closed(bound, one, month) for one in signing.issuers):
        message = f"{month} is not closed, so nothing of it is verified."
        raise Conflict(message, remedy=f"Close it with `finops close {month}` first.")


def _told(session: Session, now: Saving, signing: Signing) -> Verification:
    """What the saving is credited of the month, after all that goes first on the same cost."""
    found = signing.measured
    known = {one.key: one for one in savings_in(session, today=signing.today)}
    lines = credits_in(session)
    others = [one for one in known.values() if overlaps(now, one)]
    claims = dict(signing.claims)
    taken = [
        max(
            credited(lines, saving=one.key, month=signing.month).credited,
            claims.get(one.key, Decimal(0)),
        )
        for one in others
    ]
    mine = stacked([*taken, found.verified], found.verified)[-1]
    verdict = Verdict.COUNTED if found.verified and not mine else found.verdict
    reduced = min(mine, found.reduction)
    return Verification(
        saving=now.key,
        month=signing.month,
        measured=found,
        verdict=verdict,
        credited=mine,
        avoided=EXACT.subtract(mine, reduced),
        projected=projected(now, verifications_in(session), BillingPeriod.parse(signing.month)),
        despite=signing.despite,
    )


def _after(now: Saving, signed: Verification) -> Saving:
    """The saving after the signature: verified, or withdrawn from the day it came back."""
    found = signed.measured
    if found.regressed_on and now.state is not State.WITHDRAWN:
        return now.model_copy(
            update={
                "state": State.WITHDRAWN,
                "reason": f"The cost was back on {found.regressed_on}.",
                "ended_by": signed.by,
                "ended_on": found.regressed_on,
            }
        )
    if signed.credited and now.state is State.IMPLEMENTED:
        return now.model_copy(update={"state": State.VERIFIED})
    return now
