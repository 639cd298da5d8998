"""The one place where row scope is applied: a question is parsed, held to rules, and narrowed.

A question is exactly one SELECT over the dataset's relations. What a name means is decided by the
scopes of the statement and never by the name alone: an inner CTE may hide a relation's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.scope import traverse_scope

from finops.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

DIALECT = "duckdb"
"""The dialect the expression language is written in; other engines get it translated."""

NARROWED = "within_scope_"
"""What a narrowed relation's name begins with."""

FUNCTIONS: tuple[type[exp.Expression], ...] = (
    exp.Abs,
    exp.And,
    exp.Cast,
    exp.Case,
    exp.Coalesce,
    exp.Count,
    exp.If,
    exp.Lower,
    exp.Max,
    exp.Min,
    exp.Or,
    exp.Round,
    exp.RowNumber,
    exp.Sum,
    exp.TimestampTrunc,
    exp.DateTrunc,
    exp.Trim,
    exp.TryCast,
    exp.Upper,
)
"""The functions of the expression language; what is not here is refused."""


def parse(statement: str) -> exp.Select:
    """Read a question.

    Raises:
        UsageError: it is not exactly one SELECT.
    """
    try:
        found = sqlglot.parse(statement, read=DIALECT)
    except SqlglotError as error:
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
    read: dict[str, None] = {}
    for cte in question.find_all(exp.CTE):
        if cte.alias in relations or cte.alias.startswith(NARROWED):
            msg = f"names a part of itself {cte.alias!r}, as a relation is named"
            raise _refused(msg)
    for scope in traverse_scope(question):
        for source in scope.sources.values():
            if isinstance(source, exp.Table):
                read[_narrowed(source, relations)] = None
    ctes = [_cte(name, relations[name]) for name in read]
    return _with_first(question, ctes)


def check(question: exp.Select) -> None:
    """Hold a question to the expression language.

    Raises:
        UsageError: it says something that is no part of it.
    """
    for node in question.walk():
        if isinstance(node, exp.Table) and (node.db or node.catalog):
            msg = f"reads {node.sql(DIALECT)}, which is nothing of this dataset"
            raise _refused(msg)
        if isinstance(node, (exp.Command, exp.DDL, exp.DML, exp.Into, exp.Placeholder)):
            msg = f"says {node.key.upper()}"
            raise _refused(msg)
        if isinstance(node, exp.Func) and not isinstance(node, FUNCTIONS):
            msg = f"uses the function {node.sql(DIALECT)[:60]}"
            raise _refused(msg)
        if isinstance(node, exp.Div) and not node.find(exp.Cast):
            # decimal ÷ decimal turns to float in one engine and loses digits in another.
            msg = "divides without saying as what"
            raise _refused(msg)


def _narrowed(table: exp.Table, relations: Mapping[str, exp.Condition | None]) -> str:
    name = table.name
    if not isinstance(table.this, exp.Identifier) or name not in relations:
        msg = f"reads {table.sql(DIALECT)}, which is nothing of this dataset"
        raise _refused(msg)
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


def _refused(what: str) -> UsageError:
    return UsageError(f"The question {what}.", remedy="Ask by measures and columns.")
