"""Owned: names that people write must be the organization's own; what is nearly one is offered."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from finops.core.references import names
from finops.core.references import VALUES
from finops.ingestion import cells
from finops.ingestion.record_files import Column

if TYPE_CHECKING:
    from collections.abc import Collection

    from finops.core.organization import Organization
    from finops.ingestion.record_files import Line

ALL = "all"
ACCOUNT = "SubAccountId"
WITHDRAWN = "withdrawn"
"""The state of a row that its owner took back: from then on there is nothing in its place."""

STATE = Column(
    "state", cells.maybe(cells.one_of((WITHDRAWN,)), ""), needed=False, choices=(WITHDRAWN,)
)
"""The column in which a row is taken back."""

_ENOUGH = 0.5
_FEW = 6


def known(line: Line, column: str, choices: Collection[str], *, value: str | None = None) -> str:
    """The name in a column; refused where the organization has names and this is none of them."""
    told: str = line[column] if value is None else value
    if told and choices and told not in choices:
        line.refuse(column, f"one of {suggested(told, choices)}")
    return told


def offering(
    columns: tuple[Column, ...], name: str, choices: Collection[str]
) -> tuple[Column, ...]:
    """Columns of which one offers the organization's names."""
    offered = tuple(sorted(choices))
    return tuple(one._replace(choices=offered) if one.name == name else one for one in columns)


def scope(line: Line, column: str, organization: Organization) -> str:
    """A scope as `all` or `dimension=value`, both known to the organization.

    Accounts are held to those that the organization places, where it places any.
    """
    told: str = line[column]
    if told.lower() == ALL:
        return ALL
    dimension, sign, value = (part.strip() for part in told.partition("="))
    dimensions = (*organization.own_dimensions, ACCOUNT)
    if not (sign and value) or dimension not in dimensions:
        near = suggested(dimension, dimensions)
        line.refuse(column, f"all, or a dimension and its value such as x_Team=search: {near}")
    choices = values(organization, dimension)
    if choices and value not in choices:
        line.refuse(column, f"a value of {dimension}: {suggested(value, choices)}")
    return f"{dimension}={value}"


def values(organization: Organization, dimension: str) -> frozenset[str]:
    """The values that a dimension may have; none where the organization declares none."""
    if dimension == ACCOUNT:
        return frozenset(id_ for one in organization.dimensions for id_ in one.sub_accounts)
    declared = VALUES.get(dimension)
    return names(organization, declared) if declared else frozenset()


def suggested(told: str, choices: Collection[str]) -> str:
    """The names that come nearest, or the first few."""
    lowered = {name.lower(): name for name in choices}
    near = get_close_matches(told.lower(), lowered, 2, _ENOUGH)
    if near:
        return " or ".join(lowered[name] for name in near)
    few = sorted(choices)[:_FEW]
    return ", ".join(few) + (" …" if len(choices) > len(few) else "")
