"""RuleSetVersion: the mapping rules as they were published, one version after the other."""

from __future__ import annotations

from typing import ClassVar

from sqlmodel import Field
from sqlmodel import SQLModel


class RuleSetVersion(SQLModel, table=True):
    """One published version; the newest holds.

    `number` counts 1, 2, 3 …; `body` is the whole rule set as JSON, `content_hash` its SHA-256.
    """

    __tablename__: ClassVar[str] = "rule_set_version"
    natural_key: ClassVar[tuple[str, ...]] = ("number",)

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    number: int = Field(unique=True)
    content_hash: str
    author: str
    reason: str
    at: str
    body: str = "{}"
