"""The one place where row scope is applied: a question is parsed, held to rules, and narrowed.

A question is exactly one SELECT over the dataset's relations. What a name means is decided by the
scopes of the statement and never by the name alone: an inner CTE may hide a relation's name.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.scope import traverse_scope

from finops.dataset.views import RELATIONS
from finops.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping

DIALECT = "duckdb"
"""The dialect the expression language is written in; other engines get it translated."""

NARROWED = "within_scope_"
"""What a narrowed relation's name begins with."""

FUNCTIONS: tuple[type[exp.Expr], ...] = (
    exp.Abs,
    exp.And,
    exp.Case,
    exp.Cast,
    exp.Coalesce,
    exp.Count,
    exp.DateTrunc,
    exp.Grouping,
    exp.If,
    exp.Lower,
    exp.Max,
    exp.Min,
    exp.Or,
    exp.Round,
    exp.RowNumber,
    exp.Sum,
    exp.TimestampTrunc,
    exp.Trim,
    exp.TryCast,
    exp.Upper,
)
"""The functions of the expression language; what is not here is refused."""

WORDS: tuple[type[exp.Expr], ...] = (
    *(exp.Select, exp.From, exp.Join, exp.Where, exp.Group, exp.Having, exp.Qualify, exp.Order),
    *(exp.Ordered, exp.Limit, exp.Offset, exp.Distinct, exp.With, exp.CTE, exp.Subquery),
    *(exp.Union, exp.Intersect, exp.Except, exp.Table, exp.TableAlias, exp.Alias, exp.Column),
    *(exp.Identifier, exp.Star, exp.Literal, exp.Null, exp.Boolean, exp.Interval, exp.Var),
    *(exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In, exp.Between, exp.Like),
    *(exp.ILike, exp.Escape, exp.Not, exp.Paren, exp.Tuple, exp.Add, exp.Sub, exp.Mul, exp.Div),
    *(exp.Neg, exp.DPipe, exp.Bracket, exp.DataType, exp.DataTypeParam, exp.Window),
    *(exp.WindowSpec, exp.Rollup, exp.Cube, exp.GroupingSets, exp.Filter),
)
"""What else a question is made of; what is not here is refused, a text that escapes too."""


@lru_cache(maxsize=1000)
def parse(statement: str) -> exp.Select:
    """Read a question, each once; nobody changes what is read.

    Raises:
        UsageError: it is not exactly one SELECT.
    """
    try:
        found = sqlglot.parse(statement, read=DIALECT)
    except (SqlglotError, RecursionError) as error:
        msg = "cannot be read as a question"
        raise _refused(msg) from error
    if len(found) != 1 or not isinstance(found[0], exp.Select):
        msg = "is not exactly one SELECT"
        raise _refused(msg)
    return found[0]


def narrow(question: exp.Select, relations: Mapping[str, exp.Condition | None]) -> exp.Select:
    """Put every reading of a relation behind its condition; None means nothing is held back.

    Raises:
        UsageError: the question reads anything but these relations, or is written in words that
            could get around the condition or lose a cent.
    """
    check(question)
    question = question.copy()
    _hold_names(question, relations)
    known: set[int] = set()
    read: dict[str, None] = {}
    try:
        scopes = traverse_scope(question)
    except (SqlglotError, RecursionError) as error:
        msg = "cannot be read as a question"
        raise _refused(msg) from error
    for scope in scopes:
        for table in scope.tables:
            known.add(id(table))
            if table.name not in scope.cte_sources:
                read[_narrowed(table, relations)] = None
    for table in question.find_all(exp.Table):
        if id(table) not in known:
            raise _strange(table)
    return _with_first(question, [_cte(name, relations[name]) for name in read])


def written(question: exp.Select) -> str:
    """A question as the engine's text.

    Raises:
        UsageError: it is nested too deep.
    """
    try:
        return question.sql(DIALECT, comments=False)
    except RecursionError as error:
        msg = "is nested too deep"
        raise _refused(msg) from error


def check(question: exp.Select) -> None:
    """Hold a question to the expression language.

    Raises:
        UsageError: it says something that is no part of it.
    """
    for node in question.walk():
        if isinstance(node, exp.Table) and (node.db or node.catalog):
            raise _strange(node)
        if isinstance(node, exp.Func) and not isinstance(node, FUNCTIONS):
            msg = f"uses the function {node.sql(DIALECT)[:60]}"
            raise _refused(msg)
        if not isinstance(node, (*FUNCTIONS, *WORDS)):
            msg = f"says {node.key.upper()}"
            raise _refused(msg)
        if isinstance(node, exp.With) and node.recursive:
            msg = "calls itself"
            raise _refused(msg)
        if isinstance(node, exp.Div) and not node.find(exp.Cast):
            # decimal ÷ decimal turns to float in one engine and loses digits in another.
            msg = "divides without saying as what"
            raise _refused(msg)


def _hold_names(question: exp.Select, relations: Collection[str]) -> None:
    """Let no part of a question be called as anything is called that the engine knows."""
    taken = {name.casefold() for name in (*relations, *RELATIONS)}
    for cte in question.find_all(exp.CTE):
        name = cte.alias.casefold()
        if name in taken or name.startswith(NARROWED):
            msg = f"names a part of itself {cte.alias!r}, as a relation is named"
            raise _refused(msg)


def _narrowed(table: exp.Table, relations: Mapping[str, exp.Condition | None]) -> str:
    name = table.name
    if not isinstance(table.this, exp.Identifier) or name not in relations:
        raise _strange(table)
    if not table.alias:
        table.set("alias", exp.TableAlias(this=exp.to_identifier(name)))
    table.set("this", exp.to_identifier(NARROWED + name))
    return name


def _cte(name: str, condition: exp.Condition | None) -> exp.CTE:
    chosen = exp.select("*").from_(exp.to_table(name))
    if condition is not None:
        chosen = chosen.where(condition)
    return exp.CTE(this=chosen, alias=exp.TableAlias(this=exp.to_identifier(NARROWED + name)))


def _with_first(question: exp.Select, ctes: list[exp.CTE]) -> exp.Select:
    existing = question.args.get("with_") or question.args.get("with")
    if existing is not None:
        existing.set("expressions", [*ctes, *existing.expressions])
        return question
    for cte in ctes:
        question = question.with_(cte.alias, as_=cte.this)
    return question


def _strange(table: exp.Table) -> UsageError:
    return _refused(f"reads {table.sql(DIALECT)[:60]}, which is nothing of this dataset")


def _refused(what: str) -> UsageError:
    return UsageError(f"The question {what}.", remedy="Ask by measures and columns.")
