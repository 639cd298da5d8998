"""Agree: the baseline is frozen, day by day and with its prices, and the credit is split."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.access.workspace import organization_at
from finops.core.amount import EXACT
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.errors import UsageError
from finops.measures.names import conditions
from finops.savings.charged import charged
from finops.savings.charged import COVERED
from finops.savings.charged import days_of
from finops.savings.charged import resources
from finops.savings.charged import unused
from finops.savings.drivers import drivers_of
from finops.savings.drivers import units_of
from finops.savings.ledger import find
from finops.savings.ledger import follow
from finops.savings.ledger import put
from finops.savings.line import line
from finops.savings.prices import prices_of
from finops.savings.saving import Baseline
from finops.savings.saving import Kind
from finops.savings.saving import Method
from finops.savings.saving import Point
from finops.savings.saving import Share
from finops.savings.saving import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.access.command import Call
    from finops.access.command import Transaction
    from finops.access.workspace import Workspace
    from finops.dataset import Dataset
    from finops.savings.charged import Charged
    from finops.savings.drivers import Units
    from finops.savings.ledger import Kept
    from finops.savings.line import Line
    from finops.savings.saving import Saving

FEWEST, LONGEST = 7, 400
"""The fewest and the most days of a baseline."""
EXPLAINS, STRAYS = 0.5, 0.25
"""A driver must explain at least so much of the days' cost, and the days stray no more than so."""
STEADY = 0.02
"""A driver that varies by less says nothing of what a unit adds."""

_RESOURCE = "ResourceId"


@dataclass(frozen=True, kw_only=True)
class Terms:
    """On what both sides agree: the days of the baseline, its driver, and whose the credit is.

    `end` is exclusive. `driver` is a product and its unit, such as `checkout orders`; without one
    a day is told by the days before. Without a `split` all of it is the saving's own team's.
    """

    key: str
    start: date
    end: date
    driver: str = ""
    split: tuple[Share, ...] = ()
    method: Method | None = None


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What is frozen."""

    key: str
    team: str
    baseline: Baseline
    split: tuple[Share, ...]
    today: date

    def __body__(self) -> dict[str, object]:
        """What two requests are compared by: the baseline by its days, and not by its digits."""
        frozen = self.baseline
        split = [one.model_dump(mode="json") for one in self.split]
        return {
            "key": self.key,
            "split": split,
            "days": [frozen.start, frozen.end],
            "driver": frozen.driver,
        }


def _touched(agreement: Agreement) -> Iterable[tuple[str, str]]:
    return (("x_Team", agreement.team),)


@command("savings.agree", permission=Permission.KEEP_SAVINGS, within=_touched)
def freeze(transaction: Transaction, *, agreement: Agreement) -> Kept:
    """Freeze the baseline of a saving and the split of its credit; neither changes any more.

    Raises:
        UsageError: the parts of the split are not one whole, or of teams that there are not.
        Conflict: it was agreed already, or has ended.
    """
    now = follow(
        transaction.session,
        agreement.key,
        State.AGREED,
        team=agreement.team,
        today=agreement.today,
    )
    split = agreement.split or (Share(team=now.team),)
    _whole(split, {one.id for one in organization_at(transaction.session).teams})
    after = now.model_copy(
        update={
            "state": State.AGREED,
            "baseline": agreement.baseline,
            "split": split,
            "agreed_by": transaction.actor.name,
            "agreed_on": agreement.today,
        }
    )
    return put(transaction, after, before=now)


def agree(workspace: Workspace, terms: Terms, *, today: date, call: Call) -> Kept:
    """Agree on a saving: read its baseline from the bill as it is now, and freeze it.

    Raises:
        UsageError: the days are none, the scope cost nothing on them, a day lacks its units, or
            the driver does not explain the cost well enough to measure by.
        Conflict: it was agreed already, or has ended.
        NotAllowed: the actor is neither finance nor FinOps.
    """
    saving = find(workspace, terms.key, today=today)
    dataset = workspace.dataset()
    known = drivers_of(workspace, dataset.snapshot) if terms.driver else {}
    baseline = baseline_of(dataset, saving, terms, known)
    agreement = Agreement(
        key=saving.key, team=saving.team, baseline=baseline, split=terms.split, today=today
    )
    return freeze(workspace.store, **call, agreement=agreement)


def baseline_of(
    dataset: Dataset, saving: Saving, terms: Terms, known: dict[str, Units]
) -> Baseline:
    """The baseline of a saving as the bill has it now.

    Raises:
        UsageError: as `agree` says.
    """
    _lasts(dataset, terms)
    where = conditions(dataset, saving.scope)
    method = terms.method or _method(saving, where)
    rates = str(BillingPeriod.of(terms.start))
    found = charged(dataset, where, terms.start, terms.end, rates=rates)
    if method is not Method.COMMITMENT and not found.cost:
        message = f"{saving.scope} cost nothing from {terms.start} to before {terms.end}."
        raise UsageError(message, remedy="Name the scope as Dimension=Value, and days it was used.")
    units = units_of(known, terms.driver, days_of(terms.start, terms.end))
    points = tuple(
        Point(day=day, cost=cost, units=units.get(day)) for day, cost in found.by_day().items()
    )
    drawn = line(points, weekly=method is Method.SCOPE)
    if method is not Method.COMMITMENT:
        _fits(drawn, points, terms, method)
    return Baseline(
        method=method,
        start=terms.start,
        end=terms.end,
        currency=found.currency,
        rates=rates,
        snapshot=dataset.snapshot.id,
        points=points,
        driver=terms.driver,
        fit=_rounded(drawn.fit) if terms.driver else None,
        strays=_rounded(drawn.strays),
        resources=resources(dataset, where, terms.start, terms.end),
        **_around(dataset, found, rates),
    )


def _around(dataset: Dataset, found: Charged, rates: str) -> dict[str, Any]:
    """What is frozen beside the days: prices, and the commitments that covered them."""
    held, span = found.commitments(), (found.start, found.end)
    days = Decimal((found.end - found.start).days)
    services = {one.service for one in found.used}
    return {
        "prices": prices_of(dataset, services, *span, rates=rates),
        "commitments": held,
        "covered": EXACT.divide(_covered(found), days),
        "unused": EXACT.divide(unused(dataset, held, *span, rates=rates), days),
    }


def _whole(split: tuple[Share, ...], known: set[str]) -> None:
    """The parts are one whole, and of teams that there are."""
    whole = total(one.part for one in split)
    if whole != 1 or any(one.part <= 0 for one in split):
        message = f"The parts of the credit add up to {whole:f}, and not to 1."
        raise UsageError(message, remedy="Write them as search=0.6 platform=0.4.")
    for one in split:
        if known and one.team not in known:
            message = f"There is no team {one.team!r} to credit."
            raise UsageError(message, remedy=f"Teams: {', '.join(sorted(known))}.")


def through(dataset: Dataset) -> date:
    """The day after the last that the bill has."""
    ends = (part.end_day for part in dataset.snapshot.charges if part.end_day)
    return date.fromisoformat(max(ends, default=date.min.isoformat()))


def _method(saving: Saving, where: tuple[tuple[str, str], ...]) -> Method:
    """What fits: a deleted resource by its own cost, other resources measured, else the scope."""
    if saving.kind is Kind.COMMIT:
        return Method.COMMITMENT
    if not any(name == _RESOURCE for name, _ in where):
        return Method.SCOPE
    return Method.DELETION if saving.kind is Kind.ELIMINATE else Method.RESOURCE


def _lasts(dataset: Dataset, terms: Terms) -> None:
    """A baseline has days enough, and they are on the bill."""
    days = (terms.end - terms.start).days
    if not FEWEST <= days <= LONGEST:
        message = f"A baseline of {days} days is none."
        raise UsageError(message, remedy=f"Name {FEWEST} to {LONGEST} days; the end is exclusive.")
    ends = through(dataset)
    if terms.end > ends:
        message = f"The bill does not reach {terms.end} yet."
        raise UsageError(message, remedy=f"It ends before {ends}; take days until then.")


def _fits(drawn: Line, points: tuple[Point, ...], terms: Terms, method: Method) -> None:
    """Hold a driver, and the line of a scope, to what they must explain."""
    if terms.driver:
        units = [one.units or Decimal(0) for one in points]
        mean = total(units) / len(units)
        varies = max((abs(one - mean) for one in units), default=Decimal(0))
        if not mean or varies < Decimal(str(STEADY)) * mean:
            message = f"{terms.driver} hardly varied on these days, so it tells nothing of a unit."
            raise UsageError(message, remedy="Take more days, or agree without a driver.")
        explained = drawn.fit if drawn.weights[-1] > 0 else 0.0
        if explained < EXPLAINS:
            message = f"{terms.driver} explains {explained:.0%} of what the days cost."
            raise UsageError(message, remedy=f"It must explain {EXPLAINS:.0%}; take another one.")
    if method is Method.SCOPE and drawn.strays > STRAYS:
        message = f"The days stray from their line by {drawn.strays:.0%} (CV(RMSE))."
        remedy = f"At most {STRAYS:.0%} can be measured by: name a driver or a narrower scope."
        raise UsageError(message, remedy=remedy)


def _covered(found: Charged) -> Decimal:
    return total(one.effective for one in found.used if one.status == COVERED)


def _rounded(number: float) -> Decimal:
    return Decimal(f"{number:.4f}")
