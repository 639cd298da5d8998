"""Workloads: what providers' commands printed of resources."""

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
