"""Workloads: what providers' commands printed of resources, and how far each finding has come."""

from __future__ import annotations

from typing import ClassVar

from sqlmodel import Field
from sqlmodel import SQLModel


class InventoryItem(SQLModel, table=True):
    """What was printed of one resource; `facts` as JSON, `day` the day on which it was so."""

    __tablename__: ClassVar[str] = "inventory_item"
    natural_key: ClassVar[tuple[str, ...]] = ("kind", "resource", "name")

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    kind: str
    resource: str
    name: str = ""
    day: str
    facts: str
    file: str = ""


class WorklistStep(SQLModel, table=True):
    """One step of one finding; the newest of a key holds.

    `owner` is who does it, `until` the last day of a hold, `told` what the finding was when the
    step was taken, as JSON.
    """

    __tablename__: ClassVar[str] = "worklist_step"
    natural_key: ClassVar[tuple[str, ...]] = ("key",)

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    key: str = Field(index=True)
    state: str
    owner: str = ""
    reason: str = ""
    until: str = ""
    actor: str
    at: str
    told: str = "{}"
