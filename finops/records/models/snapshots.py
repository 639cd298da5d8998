"""SnapshotRecord: the states of the dataset that were published, one after the other."""

from __future__ import annotations

from typing import ClassVar

from sqlmodel import Field
from sqlmodel import SQLModel


class SnapshotRecord(SQLModel, table=True):
    """One published state: `number` counts 1, 2, 3 …, `body` says as JSON which versions it holds.

    `digest` names the content of the state; two stores with the same content have the same one.
    """

    __tablename__: ClassVar[str] = "snapshot_record"
    natural_key: ClassVar[tuple[str, ...]] = ("number",)

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int = Field(index=True)
    at: str
    digest: str
    body: str = "{}"
