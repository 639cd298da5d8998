"""Telling: an owner's statement with where it stands, and the owner's word on what was shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.allocation.preview import sees_all
from finops.allocation.proposed import proposed
from finops.allocation.shared import NOBODY
from finops.core.amount import shortest
from finops.core.mapping import read_rule
from finops.errors import Conflict
from finops.errors import UsageError
from finops.ingestion.budgets import budgets_of
from finops.invoicing import books_of
from finops.invoicing.marks import mark
from finops.invoicing.marks import PROVISIONAL
from finops.invoicing.periods import closed_months
from finops.invoicing.periods import FINAL
from finops.operations.disputes import Dispute
from finops.operations.disputes import raise_dispute
from finops.operations.entries import log_of
from finops.operations.figures import figures_of
from finops.operations.owners import called
from finops.operations.owners import CENTER
from finops.operations.owners import owner_of
from finops.operations.owners import TEAM
from finops.operations.standing import Acceptance
from finops.operations.standing import keep_acceptance
from finops.operations.standing import Known
from finops.operations.standing import name
from finops.operations.standing import standing
from finops.operations.standing import Terms
from finops.operations.standing import unheard
from finops.operations.standing import waits
from finops.reporting.chargeback import lacks
from finops.reporting.statement import statement
from finops.savings.credit import credits_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from finops.access.command import Call
    from finops.access.workspace import Workspace
    from finops.allocation.preview import Preview
    from finops.core.period import BillingPeriod
    from finops.dataset import Dataset
    from finops.operations.entries import Kept
    from finops.operations.figures import Figures
    from finops.operations.standing import Standing
    from finops.reporting.statement import Line
    from finops.reporting.statement import Statement


PREVIEWED = 3
"""In so many closed months it is shown what a proposed rule would have done."""


class Objection(NamedTuple):
    """What is said against a statement: a line by its words or its kind, and why.

    `to` is the team that should bear it, `rule` the mapping rule that would make it so.
    """

    line: str
    reason: str
    to: str = ""
    rule: Mapping[str, object] | None = None


@dataclass(frozen=True, kw_only=True)
class Told:
    """A statement, who answers for it, where it stands, and what a chargeback of it lacks.

    `mark` is how final its month is, `called` the owner's name; `unheard` are the months that it
    has yet to agree to.
    """

    statement: Statement
    state: str
    owner: str
    standing: Standing
    lacks: tuple[str, ...]
    mark: str = PROVISIONAL
    called: str = ""
    unheard: tuple[str, ...] = ()

    @property
    def of_month(self) -> tuple[str, ...]:
        """What the month lacks for a chargeback, whoever is asked."""
        return self.lacks[:-1] if self.unheard else self.lacks


def tell_each(
    workspace: Workspace, dataset: Dataset, figures: Figures, *, today: date, terms: Terms
) -> tuple[Told, ...]:
    """The statement of every team or cost center with where it stands, nobody's last.

    Raises:
        NotAllowed: the viewer sees a part of the cost only, and shared cost would tell of the rest.
    """
    sees_all(scope.viewer for scope in dataset.scopes)
    books, log = books_of(workspace, dataset.snapshot), log_of(workspace)
    budgets = budgets_of(workspace, dataset.snapshot)
    known = Known(log, books.closings, today, terms)
    credit = credits_of(workspace)
    by, missing = figures.dimension, lacks(figures.state, figures.now)
    found = []
    for one in figures.now.teams:
        told = statement(
            figures.now,
            figures.before,
            team=one.team,
            budgets=budgets,
            dimension=by,
            credit=credit,
        )
        months = unheard(known, told.scope, told.period) if one.team != NOBODY else ()
        found.append(
            Told(
                statement=told,
                called=called(dataset.organization, told.scope, told.period),
                unheard=months,
                state=figures.state,
                owner=owner_of(dataset.organization, told.scope, told.period),
                standing=standing(known, told.scope, told.period, digest=told.digest),
                mark=mark(books.closings, told.period).text,
                lacks=(*missing, *waits(known, told.scope, months)),
            )
        )
    return tuple(found)


def tell(
    workspace: Workspace,
    dataset: Dataset,
    period: BillingPeriod,
    *,
    scope: str,
    today: date,
    terms: Terms,
) -> Told:
    """The statement of one owner, `Dimension=Value`, or the name of a team or of a cost center.

    Raises:
        UsageError: there is no such owner in that month.
    """
    dimension, _, value = scope.rpartition("=")
    if not dimension:
        centers = {one.id for one in dataset.organization.cost_centers}
        teams = {one.id for one in dataset.organization.teams}
        dimension = CENTER if scope in centers - teams else TEAM
    figures = figures_of(workspace, dataset, period, dimension)
    found = tell_each(workspace, dataset, figures, today=today, terms=terms)
    one = next((one for one in found if one.statement.team == value), None)
    if one is None:
        known = ", ".join(one.statement.team for one in found)
        noun = "team" if dimension == TEAM else "cost center"
        message = f"There is no {noun} {value!r} in {period}."
        raise UsageError(message, remedy=f"There are: {known}.")
    return one


def accept(workspace: Workspace, told: Told, *, call: Call, note: str = "") -> Kept:
    """Accept a statement as it was shown.

    Raises:
        UsageError: nobody answers for it.
        Conflict: its month is not reconciled, so that its figures may still move.
        NotAllowed: the actor does not answer for it.
    """
    found = told.statement
    _owned(found)
    if told.state not in FINAL:
        message = f"{found.period} is {told.state}, so the figures of {found.team} may still move."
        raise Conflict(message, remedy="Accept it once the month is reconciled.")
    key = name(found.scope, found.period)
    there = log_of(workspace).find(Acceptance, key)
    entry = Acceptance(
        key=key,
        version=there.version if there else 0,
        scope=found.scope,
        month=found.period,
        total=shortest(found.total),
        currency=found.currency,
        digest=found.digest,
        note=note.strip(),
    )
    return keep_acceptance(workspace.store, **call, entry=entry)


def dispute(workspace: Workspace, told: Told, objection: Objection, *, call: Call) -> Kept:
    """Dispute a line of a statement, with a reason.

    Raises:
        UsageError: there is no such line, or no reason.
        NotAllowed: the actor does not answer for it.
    """
    found = told.statement
    _owned(found)
    one = line_of(found, objection.line)
    entry = Dispute(
        scope=found.scope,
        month=found.period,
        line=one.says,
        amount=shortest(one.amount),
        currency=found.currency,
        reason=objection.reason,
        to=objection.to,
        rule=dict(objection.rule or {}),
    )
    return raise_dispute(workspace.store, **call, entry=entry)


def previewed(workspace: Workspace, dataset: Dataset, dispute: Dispute) -> Preview | None:
    """What the rule of a dispute would have done in the last closed months; None without a rule.

    Raises:
        NotAllowed: the viewer sees a part of the cost only.
    """
    if not dispute.rule:
        return None
    closings = books_of(workspace, dataset.snapshot).closings
    months = closed_months(dataset, closings)[-PREVIEWED:]
    return proposed(workspace, dataset, read_rule(dispute.rule), months)


def line_of(found: Statement, line: str) -> Line:
    """The line of a statement that has these words, or is the only one of that kind.

    Raises:
        UsageError: there is none, or there are several.
    """
    asked = line.strip().lower()
    fitting = [one for one in found.lines if asked in {one.says.lower(), one.kind}]
    if len(fitting) == 1:
        return fitting[0]
    known = "; ".join(one.says for one in found.lines)
    message = f"There is no one line {line!r} in the statement of {found.team}."
    raise UsageError(message, remedy=f"Lines: {known}.")


def _owned(found: Statement) -> None:
    if found.team == NOBODY:
        message = "Nobody answers for what no team owns."
        raise UsageError(message, remedy="Give it an owner on the page Rules.")
