"""Budgets: what a team, a cost center, a product or everything may cost in a fiscal period."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.core.fiscal_span import EXPECTED
from finops.core.fiscal_span import FiscalSpan
from finops.core.fiscal_span import span_of
from finops.core.organization import EMPTY
from finops.errors import UsageError
from finops.ingestion import cells
from finops.ingestion import owned
from finops.ingestion.kept import keep
from finops.ingestion.kept import Kept
from finops.ingestion.kept import Subject
from finops.ingestion.record_files import Column
from finops.ingestion.record_files import RecordFile
from finops.records import models
from finops.records.revisions import newest

if TYPE_CHECKING:
    from finops.access.command import Transaction
    from finops.access.workspace import Workspace
    from finops.core.organization import Organization
    from finops.dataset import Snapshot
    from finops.ingestion.record_files import Line

ORIGINAL = "original"
"""The version of a budget that names none."""


@dataclass(frozen=True, kw_only=True)
class Budget:
    """What one scope may cost in one span of days, in one version.

    `scope` is `all` or `dimension=value`. `order` counts budgets as they were brought: of two
    versions the later holds (`holding`), in one file the lower row; it is 0 before one is kept.
    """

    span: FiscalSpan
    scope: str
    amount: Decimal
    currency: str
    version: str = ORIGINAL
    state: str = ""
    order: int = 0

    @property
    def narrows(self) -> tuple[str, str]:
        """The dimension and the value of its scope; both empty for all."""
        dimension, _, value = self.scope.partition("=")
        return ("", "") if self.scope == owned.ALL else (dimension, value)


@command("budgets.add", permission=Permission.WRITE_BUDGETS)
def add_budgets(transaction: Transaction, *, records: tuple[Budget, ...], file: str) -> Kept:
    """Keep budgets; one of the same version, scope and period is replaced from now on."""
    rows = [
        models.Budget(
            revision=transaction.revision,
            period=one.span.label,
            scope=one.scope,
            amount=f"{one.amount:f}",
            currency=one.currency,
            version=one.version,
            state=one.state,
            file=file,
        )
        for one in records
    ]
    return keep(transaction, rows, file=file)


def budgets_of(workspace: Workspace, snapshot: Snapshot | None) -> tuple[Budget, ...]:
    """The budgets of every version as a snapshot knows them, by version, scope and period."""
    calendar = workspace.organization(snapshot).fiscal_calendar
    with workspace.store.reading() as session:
        rows = newest(session, models.Budget, revision=snapshot.revision if snapshot else None)
    return tuple(
        Budget(
            span=span_of(row.period, calendar),
            scope=row.scope,
            amount=Decimal(row.amount),
            currency=row.currency,
            version=row.version,
            order=row.id or 0,
        )
        for row in rows
        if row.state != owned.WITHDRAWN
    )


def holding(budgets: tuple[Budget, ...]) -> tuple[Budget, ...]:
    """Of each scope, period and currency the budget of the version that was brought last."""
    found: dict[tuple[str, ...], Budget] = {}
    for one in sorted(budgets, key=lambda one: one.order):
        found[one.scope, one.currency, str(one.span.start), str(one.span.end)] = one
    return tuple(found[key] for key in sorted(found))


def file_of(organization: Organization = EMPTY) -> RecordFile[Budget]:
    """A file of budgets, its scopes held to the organization's."""
    return RecordFile(
        noun="budget",
        columns=COLUMNS,
        make=lambda line: _budget(line, organization),
        key=lambda one: (one.version, one.scope, one.span[1:], one.currency),
        once="scope",
    )


def _budget(line: Line, organization: Organization) -> Budget:
    try:
        span = span_of(line["fiscal_period"], organization.fiscal_calendar)
    except UsageError:
        line.refuse("fiscal_period", EXPECTED)
    if line["amount"] < 0:
        line.refuse("amount", "a number of 0 or more")
    return Budget(
        span=span,
        scope=owned.scope(line, "scope", organization),
        amount=line["amount"],
        currency=line["currency"],
        version=line["version"],
        state=line["state"],
    )


COLUMNS = (
    Column("fiscal_period", cells.text, "FY27 P07"),
    Column("scope", cells.text, "x_Team=search"),
    Column("amount", cells.amount, "250000"),
    Column("currency", cells.currency, "USD"),
    Column("version", cells.maybe(cells.text, ORIGINAL), ORIGINAL, needed=False),
    owned.STATE,
)
"""The columns of a file of budgets."""

BUDGETS = Subject(
    name="budgets",
    noun="budget",
    permission=Permission.WRITE_BUDGETS,
    file_of=file_of,
    add=add_budgets,
    of=budgets_of,
)
"""What the command line and the portal need to bring budgets in."""
