"""Dataset: the one reconciled dataset at one snapshot, as one viewer may see it."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from functools import lru_cache
from typing import NamedTuple
from typing import TYPE_CHECKING

from sqlglot import exp

from finops.core.condition import normalized
from finops.core.mapping import EMPTY as NO_RULES
from finops.core.measure import Axis
from finops.core.scope import Scope
from finops.dataset import charges
from finops.dataset import rollup
from finops.dataset import ruled
from finops.dataset import sql
from finops.dataset.engine_duckdb import Engine
from finops.dataset.engine_duckdb import EngineError
from finops.dataset.engine_duckdb import reader
from finops.dataset.engine_duckdb import Row
from finops.dataset.mapped import rule_of
from finops.dataset.views import LINES
from finops.dataset.views import OTHERS
from finops.dataset.views import ROLLUP
from finops.dataset.views import views
from finops.errors import DatasetError
from finops.errors import TieoutError
from finops.errors import UsageError
from finops.focus import adjustments
from finops.focus import normalize

if TYPE_CHECKING:
    from pathlib import Path

    from finops.core.exchange_rate import ExchangeRate
    from finops.core.mapping import RuleSet
    from finops.core.organization import Organization
    from finops.dataset.snapshot import Snapshot

TAG = "tag:"
"""What the name of a tag key begins with where a dimension is named."""

EXTRA = "extra:"
"""What the name of a custom column of the source begins with."""


class Table(NamedTuple):
    """What a question gives: column names, rows (money as Decimal), and the statement that ran."""

    columns: tuple[str, ...]
    rows: list[Row]
    statement: str


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """The charges of one snapshot and the records that belong to it, narrowed to scopes.

    `lines` are charges, one a row; `rollup` adds them up by day and by every dimension a page
    groups by. Whoever reads either reads it within the scopes.
    """

    snapshot: Snapshot
    organization: Organization
    rates: tuple[ExchangeRate, ...]
    engine: Engine
    rules: RuleSet = NO_RULES
    scopes: tuple[Scope, ...] = (Scope(),)

    def within(self, scope: Scope) -> Dataset:
        """The same dataset, narrowed further; twice narrowed is narrowed by both."""
        return Dataset(
            snapshot=self.snapshot,
            organization=self.organization,
            rates=self.rates,
            engine=self.engine,
            rules=self.rules,
            scopes=(*self.scopes, scope),
        )

    @property
    def own_dimensions(self) -> tuple[str, ...]:
        """The organization's dimensions, in its order."""
        return self.organization.own_dimensions

    @property
    def rule_columns(self) -> tuple[str, ...]:
        """For each of these the column that says which rule decided it; null where none did."""
        return tuple(map(rule_of, self.own_dimensions))

    def rolls_up(self, dimension: str) -> bool:
        """Whether the rollup keeps a dimension apart."""
        told = (rollup.DAY, rollup.BILLING_MONTH, *rollup.DIMENSIONS, *adjustments.OWN)
        return dimension in {*told, *self.own_dimensions, *self.rule_columns}

    @property
    def limited(self) -> bool:
        """Whether its viewer may see only a part of the cost."""
        return any(scope.viewer.limited for scope in self.scopes)

    @property
    def narrowed_by_lines_only(self) -> bool:
        """Whether a scope narrows by a dimension that only the charges themselves have."""
        named = [name for scope in self.scopes for name, _ in (*scope.filters, *_limits(scope))]
        return not all(self.rolls_up(name) for name in named)

    def statement(self, question: exp.Select) -> str:
        """The text of a question, narrowed to the scopes.

        Raises:
            UsageError: the question is not in the expression language.
        """
        asked = _Asked(
            question=question,
            text=sql.written(question),
            scopes=self.scopes,
            relations=(LINES,) if self.narrowed_by_lines_only else (LINES, ROLLUP),
            limited=self.limited,
        )
        return _narrowed(asked)

    def select(self, question: exp.Select) -> Table:
        """Ask a question over `lines` or `rollup`.

        Raises:
            UsageError: the question is not in the expression language, or names an unknown column.
        """
        statement = self.statement(question)
        try:
            names, rows = self.engine.table(statement)
        except EngineError as error:
            raise self._unanswered(str(error)) from error
        return Table(names, rows, statement)

    def seen_whole(self, dimension: str) -> frozenset[str]:
        """The values of a dimension of which the viewer sees every charge: theirs are whole sums.

        It looks past the viewer's sight for nothing but that, and names nothing of which a charge
        is kept back.
        """
        by_lines = self.narrowed_by_lines_only or not self.rolls_up(dimension)
        limits = [part for scope in self.scopes for part in _sight(scope)]
        seen = exp.case().when(exp.and_(exp.true(), *limits), exp.Literal.number(1)).else_("0")
        question = (
            exp.select(column(dimension))
            .from_(LINES if by_lines else ROLLUP)
            .group_by(column(dimension))
            .having(exp.EQ(this=exp.Min(this=seen), expression=exp.Literal.number(1)))
        )
        # Without the scopes; only what is within all of them comes out of it.
        statement = sql.written(sql.narrow(question, {LINES: None, ROLLUP: None}))
        _, rows = self.engine.table(statement)
        return frozenset(str(row[0]) for row in rows if row[0] is not None)

    def _unanswered(self, said: str) -> TieoutError:
        """What to say of a fault of the engine: it may name columns, but never show a value.

        The engine may look at a row before the scope has held it back.
        """
        kind, _, rest = said.splitlines()[0].partition(":")
        if kind == "IO Error":
            message = f"The files of snapshot {self.snapshot.id} cannot be read."
            return DatasetError(message, remedy=charges.RESTORE)
        told = rest.strip() if kind == "Binder Error" else kind.lower()
        return UsageError(f"The question cannot be answered: {told}.".replace("!.", "."))


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """A question and what it is held to: equal where its text and all the rest are."""

    question: exp.Select = field(compare=False)
    text: str
    scopes: tuple[Scope, ...]
    relations: tuple[str, ...]
    limited: bool


@lru_cache(maxsize=1000)
def _narrowed(asked: _Asked) -> str:
    """The text of a question behind its scopes; worked out once, as pages ask over and over.

    Raises:
        UsageError: the question is not in the expression language.
    """
    parts = [part for scope in asked.scopes for part in _parts(scope)]
    narrowed = exp.and_(*parts) if parts else None
    conditions: dict[str, exp.Condition | None] = dict.fromkeys(asked.relations, narrowed)
    if not asked.limited:
        conditions |= dict.fromkeys(OTHERS)
    return sql.written(sql.narrow(asked.question, conditions))


def column(dimension: str) -> exp.Condition:
    """The expression of a dimension: a column, `tag:KEY`, or `extra:NAME` of a custom column."""
    if dimension.startswith(TAG):
        return _entry(ruled.TAGS, normalized(dimension.removeprefix(TAG)))
    if dimension.startswith(EXTRA):
        return _entry(normalize.EXTRA, dimension.removeprefix(EXTRA))
    return exp.column(exp.to_identifier(dimension, quoted=True))


def _entry(of: str, key: str) -> exp.Condition:
    return exp.Bracket(this=exp.column(of), expressions=[exp.Literal.string(key)])


def _parts(scope: Scope) -> list[exp.Condition]:
    found = [*_sight(scope), *(_among(name, values) for name, values in scope.filters)]
    if scope.start or scope.end:
        found += _between(scope)
    return found


def _sight(scope: Scope) -> list[exp.Condition]:
    """What the viewer's sight is limited to, whatever is looked at."""
    found = [_among(name, frozenset[str | None](values)) for name, values in scope.viewer.sees]
    return found + [_outside(name, values) for name, values in scope.viewer.hidden]


def _among(name: str, values: frozenset[str | None]) -> exp.Condition:
    given = sorted(value for value in values if value is not None)
    options: list[exp.Condition] = []
    if given:
        options.append(column(name).isin(*[exp.Literal.string(value) for value in given]))
    if None in values:
        options.append(exp.Is(this=column(name), expression=exp.Null()))
    return exp.or_(*options) if options else exp.false()


def _outside(name: str, values: frozenset[str]) -> exp.Condition:
    """Everything but these values; what has none is not among them."""
    nothing = exp.Is(this=column(name), expression=exp.Null())
    kept = column(name).isin(*[exp.Literal.string(value) for value in sorted(values)]).not_()
    return exp.or_(nothing, kept)


def _limits(scope: Scope) -> tuple[tuple[str, frozenset[str]], ...]:
    """What the viewer's sight is limited by, by dimension."""
    return (*scope.viewer.sees, *scope.viewer.hidden)


def _between(scope: Scope) -> list[exp.Condition]:
    found: list[exp.Condition] = []
    for day, operator in ((scope.start, exp.GTE), (scope.end, exp.LT)):
        if day is None:
            continue
        if scope.axis is Axis.BILLING:
            if day.day != 1:
                message = f"{day} is not the first of a month."
                raise UsageError(message, remedy="The billing axis has whole months.")
            bound: exp.Condition = exp.Literal.string(f"{day:%Y-%m}")
            found.append(operator(this=column(rollup.BILLING_MONTH), expression=bound))
        else:
            bound = exp.cast(exp.Literal.string(day.isoformat()), "DATE")
            found.append(operator(this=column(rollup.DAY), expression=bound))
    return found


def open_dataset(
    root: Path,
    snapshot: Snapshot,
    *,
    organization: Organization,
    rates: tuple[ExchangeRate, ...],
    rules: RuleSet = NO_RULES,
    memory: str = "1GB",
) -> Dataset:
    """Open a published snapshot; its files are checked against what it says of them.

    Raises:
        DatasetError: a file is gone, or the table holds other files than the snapshot says.
    """
    charges.verify(root, snapshot)
    try:
        engine = reader(
            [root / name for part in snapshot.parts for name in _files(part)],
            views(root, snapshot, organization, rules),
            memory=memory,
        )
    except (OSError, DatasetError) as error:
        message = f"The files of snapshot {snapshot.id} cannot be read."
        raise DatasetError(message, remedy=charges.RESTORE) from error
    return Dataset(
        snapshot=snapshot, organization=organization, rates=rates, engine=engine, rules=rules
    )


def _files(part: object) -> list[str]:
    return [name for key in ("path", "mapped", "rollup") if (name := getattr(part, key))]
