"""ReviewEntry: what people wrote for a review meeting, each edit a further row."""

from __future__ import annotations

from typing import ClassVar

from sqlmodel import Field
from sqlmodel import SQLModel


class ReviewEntry(SQLModel, table=True):
    """One version of a meeting, a request, a decision, an action …; the newest of a key holds.

    `kind` says which of them; `body` is its content as canonical JSON, whose shape is the class of
    that kind in `finops.operations`. `meeting` is the key of the meeting it was written in.
    """

    __tablename__: ClassVar[str] = "review_entry"
    natural_key: ClassVar[tuple[str, ...]] = ("kind", "key")

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    kind: str
    key: str = Field(index=True)
    meeting: str = ""
    actor: str
    at: str
    body: str = "{}"
