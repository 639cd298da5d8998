"""JournalPosting: a month's journal as it was posted, version by version."""

from __future__ import annotations

from typing import ClassVar

from sqlmodel import Field
from sqlmodel import SQLModel


class JournalPosting(SQLModel, table=True):
    """One posted version of a month's journal; a later version reverses it first.

    `source` is the hash of its entries, `body` the entries as JSON.
    """

    __tablename__: ClassVar[str] = "journal_posting"
    natural_key: ClassVar[tuple[str, ...]] = ("month", "version")

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    month: str
    version: int
    source: str
    actor: str
    at: str
    body: str = "[]"
