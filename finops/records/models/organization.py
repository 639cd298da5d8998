"""OrganizationVersion: teams, people, products and accounts as they were at each revision."""

from __future__ import annotations

from typing import ClassVar

from sqlmodel import Field
from sqlmodel import SQLModel


class OrganizationVersion(SQLModel, table=True):
    """One published version; the newest holds. `body` is JSON, `content_hash` its SHA-256."""

    __tablename__: ClassVar[str] = "organization_version"
    natural_key: ClassVar[tuple[str, ...]] = ()

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    content_hash: str
    body: str = "{}"
