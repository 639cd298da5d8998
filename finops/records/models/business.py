"""Business: metrics, budgets and events, as people or their systems told them."""

from __future__ import annotations

from typing import ClassVar

from sqlmodel import Field
from sqlmodel import SQLModel


class BusinessMetric(SQLModel, table=True):
    """One figure of one product and segment on one day, or in one month, as decimal text.

    `day` is the first day of the month where `grain` is month. A later revision of the same key
    takes its place; with `state` withdrawn there is nothing in its place, which is not zero.
    """

    __tablename__: ClassVar[str] = "business_metric"
    natural_key: ClassVar[tuple[str, ...]] = (
        *("product", "segment", "kind", "unit", "currency", "grain", "day"),
    )

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    day: str
    product: str = ""
    segment: str = ""
    unit: str
    amount: str
    kind: str
    currency: str = ""
    grain: str
    source: str = ""
    state: str = ""
    file: str = ""


class Budget(SQLModel, table=True):
    """What one scope may cost in one period, in one version of the budget; decimal text.

    `period` is a label (`FY27`, `FY27 Q2`, `FY27 P07`, `2026-10`), `scope` is `all` or
    `dimension=value`.
    """

    __tablename__: ClassVar[str] = "budget"
    natural_key: ClassVar[tuple[str, ...]] = ("version", "scope", "period", "currency")

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    period: str
    scope: str
    amount: str
    currency: str
    version: str = ""
    state: str = ""
    file: str = ""


class Event(SQLModel, table=True):
    """Something that happened on a day and may have moved a cost."""

    __tablename__: ClassVar[str] = "event"
    natural_key: ClassVar[tuple[str, ...]] = ("day", "team", "service", "kind", "text")

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    day: str
    team: str = ""
    service: str = ""
    kind: str
    text: str
    link: str = ""
    state: str = ""
    file: str = ""
