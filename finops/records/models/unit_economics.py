"""Unit economics: coefficients people declare, targets two sides agree, scenarios they save."""

from __future__ import annotations

from typing import ClassVar

from sqlmodel import Field
from sqlmodel import SQLModel


class CostCoefficient(SQLModel, table=True):
    """A part of a product's cost model as a person says it, and why; decimal text.

    `name` is variable (a unit) or fixed (a month). An empty amount takes it back.
    """

    __tablename__: ClassVar[str] = "cost_coefficient"
    natural_key: ClassVar[tuple[str, ...]] = ("product", "unit")

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    product: str = ""
    unit: str
    name: str
    amount: str
    currency: str = ""
    reason: str
    actor: str
    at: str


class UnitTarget(SQLModel, table=True):
    """What a unit of a product may cost from a month on; a contract once it is agreed by both."""

    __tablename__: ClassVar[str] = "unit_target"
    natural_key: ClassVar[tuple[str, ...]] = ("product", "unit", "month")

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    product: str = ""
    unit: str
    month: str
    amount: str
    currency: str
    reason: str = ""
    proposed_by: str
    agreed_by: str = ""
    at: str


class SavedScenario(SQLModel, table=True):
    """A named what-if: where its levers stood, on which snapshot, and what came of it (JSON)."""

    __tablename__: ClassVar[str] = "saved_scenario"
    natural_key: ClassVar[tuple[str, ...]] = ("name",)

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    name: str
    product: str = ""
    unit: str
    month: str
    snapshot: str
    currency: str
    levers: str
    figures: str
    assumptions: str
    actor: str
    at: str
