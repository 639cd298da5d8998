"""Where the items of an agenda come from: one function each, in one plain list.

A new capability adds a function here, and it is on the agenda of every meeting.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.focus.columns import UNALLOCATED
from finops.invoicing import reconcile
from finops.invoicing.periods import closed_months
from finops.invoicing.periods import unsettled
from finops.measures import ask
from finops.measures import Query
from finops.measures import variance
from finops.measures.causes import Cause
from finops.operations import actions
from finops.operations import decisions
from finops.operations import outcomes
from finops.operations import saved_since
from finops.operations.commentary import Commentary
from finops.operations.commentary import lead_of
from finops.operations.disputes import disputes_of
from finops.operations.material import Item
from finops.operations.material import LATER
from finops.operations.material import Material
from finops.operations.material import SURE
from finops.operations.material import Written
from finops.operations.overruns import overruns
from finops.operations.owners import owner_of
from finops.operations.review import Raised

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from finops.measures.variance import Part

TEAM = "x_Team"
OPENS = "outcomes"
"""The source of what a meeting opens with."""
_MONTH, _NAMED = 30, 3


def unanswered(written: Written) -> Iterator[Item]:
    """Requests for commentary that their owners have not answered lead the agenda."""
    for one in written.log.of(Commentary, written.meeting.key):
        if not one.answered:
            yield Item(
                source="commentary",
                title=f"{one.team}: no answer yet to what moved the month",
                detail=one.causes,
                amount=one.change,
                currency=one.currency,
                scope=f"{TEAM}={one.team}",
                owner=one.owner,
                key=one.key,
                first=True,
            )


def turned_out(written: Written) -> Iterator[Item]:
    """How the decisions that were scored for this meeting turned out: what opens it."""
    scored = written.log.of(outcomes.Outcome, written.meeting.key)
    if scored:
        short = total(one.error for one in scored)
        yield Item(
            source=OPENS,
            title=f"What earlier decisions brought: {outcomes.tally(scored)}",
            detail="; ".join(_brought(written, one) for one in scored),
            amount=short,
            currency=scored[0].measured.currency,
            first=True,
        )


def to_score(material: Material) -> Iterator[Item]:
    """Decisions whose day has come, and that no closed month shows yet."""
    day = material.meeting.day
    for one in outcomes.unscored(material.log):
        when = one.review_day or one.due
        if when is None or when > day:
            continue
        yield Item(
            source="decisions to score",
            title=f"{one.choice}: no closed month shows it yet",
            detail=one.question,
            decidable=LATER,
            amount=one.expected,
            currency=one.baseline.currency if one.baseline else "",
            scope=one.scope,
            owner=one.owner,
            key=one.key,
        )


def due(written: Written) -> Iterator[Item]:
    """Actions that are due by the meeting, with what their delay has cost."""
    for one in written.log.of(actions.Action):
        if one.left and one.due <= written.meeting.day:
            late = actions.days_late(one, written.today)
            told = f"{late} day{'' if late == 1 else 's'} late" if late else f"due {one.due}"
            yield Item(
                source="actions",
                title=f"{one.title}: {told}",
                detail=one.next_step,
                amount=actions.cost_of_delay(written.log, one, written.today),
                currency=written.currency,
                surprise=min(Decimal(late) / _MONTH, SURE),
                owner=one.owner,
                key=one.key,
            )


def invoices(material: Material) -> Iterator[Item]:
    """Invoices of the month that their charges do not bear out."""
    report = reconcile(material.dataset, material.books, material.period)
    for one in unsettled(report.invoices):
        yield Item(
            source="invoices",
            title=f"{one.issuer} {one.invoice_id}: {one.status.value.lower().replace('_', ' ')}",
            detail=f"invoiced {one.invoiced:,.2f}, billed {one.billed:,.2f}",
            amount=one.open or one.difference,
            currency=one.currency,
            decidable=LATER,
            scope=f"InvoiceIssuerName={one.issuer}",
        )


def variances(material: Material) -> Iterator[Item]:
    """Each team's change since the month before, days told apart; small ones by default."""
    query = Query(measures=("EffectiveCost",), by=(TEAM,), period=material.period)
    found = variance.explain(material.dataset, query)
    for part in found.parts:
        team = str(part.values[0] or UNALLOCATED)
        if team != UNALLOCATED:
            yield _variance(material, part, team, found.currency)


def coverage(material: Material) -> Iterator[Item]:
    """What nobody owns."""
    query = Query(measures=("EffectiveCost",), by=(TEAM,), period=material.period)
    found = ask(material.dataset, query)
    whole = next(iter(found.total.values())) or Decimal(0)
    nobodys = total(
        row[1]
        for row in found.rows
        if row[0] in {None, UNALLOCATED} and isinstance(row[1], Decimal)
    )
    if whole > 0 and nobodys > 0:
        share = nobodys / whole
        yield Item(
            source="coverage",
            title=f"{share:.1%} of the month has no team",
            amount=nobodys,
            currency=found.currency,
            surprise=min(share, SURE),
            decidable=LATER,
            scope=f"{TEAM}={UNALLOCATED}",
            default=share < material.series.band_share,
        )


def unclosed(material: Material) -> Iterator[Item]:
    """The reviewed month, where it is not closed."""
    if material.period not in closed_months(material.dataset, material.books.closings):
        yield Item(
            source="periods",
            title=f"{material.period} is not closed",
            detail="its figures may still move",
            surprise=LATER,
            decidable=LATER,
        )


def pricing(material: Material) -> Iterator[Item]:
    """At the end of a fiscal quarter: whether the prices still cover what a unit costs."""
    calendar = material.organization.fiscal_calendar
    now = calendar.period_of(material.period.start)
    after = calendar.period_of(material.period.end)
    if (now.year, now.quarter) != (after.year, after.quarter):
        yield Item(
            source="pricing",
            title=f"FY{now.year % 100:02} Q{now.quarter}: do our prices cover what a unit costs?",
            detail="the quarterly pricing review: margins by product and segment on Product",
            surprise=LATER,
        )


def budgets(material: Material) -> Iterator[Item]:
    """Budgets that have spent more than their days so far allow."""
    for one in overruns(material):
        share = one.over / one.planned
        yield Item(
            source="budgets",
            title=f"{_named(one.scope)}: {share:.1%} over its budget so far",
            detail=f"{one.spent:,.0f} spent, {one.planned:,.0f} planned for {one.label} so far",
            amount=one.over,
            currency=one.currency,
            surprise=min(share, SURE),
            scope=one.scope,
            owner=owner_of(material.organization, one.scope, str(material.period)),
            default=share < material.series.band_share,
        )


def disputed(written: Written) -> Iterator[Item]:
    """Lines of statements that their owners dispute and nobody has answered yet."""
    for one in disputes_of(written.log):
        if one.open:
            yield Item(
                source="disputes",
                title=f"{one.scope.partition('=')[2]} disputes {one.line} of {one.month}",
                detail=one.reason,
                amount=one.amount,
                currency=one.currency,
                scope=one.scope,
                owner=one.to or one.raised,
                key=one.key,
            )


def raised(written: Written) -> Iterator[Item]:
    """What somebody saw on a page and wants to be talked about."""
    for one in written.log.of(Raised, written.meeting.key):
        yield Item(
            source="raised",
            title=one.title,
            detail=" ".join(filter(None, (one.comment, one.figure))),
            amount=one.amount,
            currency=one.currency,
            scope=one.scope,
            owner=one.by,
            key=one.key,
        )


def _brought(written: Written, one: outcomes.Outcome) -> str:
    decision = written.log.find(decisions.Decision, one.key)
    choice = decision.choice if decision else one.key
    apart = f" ({one.demand:+,.0f} by demand of {one.driver} apart)" if one.demand else ""
    return f"{choice}: {one.effect:+,.0f} of {one.expected:+,.0f}{apart}, {one.result}"


FROZEN: tuple[Callable[[Material], Iterator[Item]], ...] = (
    to_score,
    invoices,
    variances,
    coverage,
    unclosed,
    budgets,
    pricing,
    *saved_since.SOURCES,
)
"""The sources of a meeting's pack, which is frozen when the meeting is prepared."""

LIVE: tuple[Callable[[Written], Iterator[Item]], ...] = (
    turned_out,
    unanswered,
    due,
    disputed,
    raised,
)
"""The sources that follow what people write until the meeting."""


def _named(scope: str) -> str:
    """The value that a scope names, without its dimension."""
    return scope.partition("=")[2] or "everything"


def _variance(material: Material, part: Part, team: str, currency: str) -> Item:
    days = next((step.amount for step in part.steps if step.cause is Cause.DAYS), Decimal(0))
    change = EXACT.subtract(EXACT.subtract(part.end, part.start), days)
    share = min(abs(change / part.start), SURE) if part.start > 0 else SURE
    series = material.series
    within = abs(change) < series.band_amount or share < series.band_share
    return Item(
        source="variances",
        title=f"{team} {'rose' if change >= 0 else 'fell'} by {share:.1%}",
        detail=_causes(part),
        amount=change,
        start=part.start,
        currency=currency,
        surprise=share,
        scope=f"{TEAM}={team}",
        owner=lead_of(material.organization, team),
        default=within,
    )


def _causes(part: Part) -> str:
    """The largest steps of a team's variance, in words."""
    steps = (step for step in part.steps if step.cause is not Cause.DAYS)
    most = sorted(steps, key=lambda step: -abs(step.amount))[:_NAMED]
    return ", ".join(f"{step.cause} {step.amount:+,.0f}" for step in most)
