"""Who may sign in and see what: people, scopes that not everybody sees, and sessions."""

from __future__ import annotations

from typing import ClassVar

from sqlmodel import Field
from sqlmodel import SQLModel


class PortalUser(SQLModel, table=True):
    """One person as somebody said last; the newest of a name holds.

    `email` is what the sign-in service vouches for. `roles` is a JSON list, `holds` a JSON list of
    [dimension, value]; `restricted` and `active` are "yes" or "".
    """

    __tablename__: ClassVar[str] = "portal_user"
    natural_key: ClassVar[tuple[str, ...]] = ("name",)

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    name: str
    email: str = ""
    roles: str = "[]"
    restricted: str = ""
    holds: str = "[]"
    active: str = "yes"


class RestrictedScope(SQLModel, table=True):
    """A part of the cost that only its holders see, as long as `state` is "restricted"."""

    __tablename__: ClassVar[str] = "restricted_scope"
    natural_key: ClassVar[tuple[str, ...]] = ("dimension", "value")

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    dimension: str
    value: str
    state: str


class PortalSession(SQLModel, table=True):
    """One sign-in, from its beginning to its end; `key` is a digest, `began` ISO 8601 in UTC."""

    __tablename__: ClassVar[str] = "portal_session"
    natural_key: ClassVar[tuple[str, ...]] = ("key",)

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    key: str = Field(index=True)
    name: str
    began: str
    state: str


class PortalActivity(SQLModel, table=True):
    """When a session was last used; no word of anybody's, so it is kept up to date in place."""

    __tablename__: ClassVar[str] = "portal_activity"

    key: str = Field(primary_key=True)
    seen: str
