"""Measure: a number defined once; its definition is the help text wherever it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Axis(StrEnum):
    """The time axis a charge is counted on: when it is billed, or when it was incurred."""

    BILLING = "billing"
    CHARGE = "charge"


class Unit(StrEnum):
    """What a measure counts."""

    MONEY = "money"
    COUNT = "count"
    QUANTITY = "quantity"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """The name, unit, definition and expression of one number.

    `expression` is an aggregate in the one expression language (SQL in the engine's first
    dialect) over the columns of a charge; it is parsed and checked before it ever runs.
    """

    name: str
    title: str
    unit: Unit
    definition: str
    expression: str
    axis: Axis = Axis.CHARGE
    from_rollup: bool = True
