"""AuditEvent: who did what, when, and what it changed; each event seals the one before it."""

from __future__ import annotations

from typing import ClassVar

from sqlmodel import Field
from sqlmodel import SQLModel


class AuditEvent(SQLModel, table=True):
    """One command that took effect.

    `sequence` counts 1, 2, 3 … without gaps and is the revision of every row that the command
    wrote. `at` is ISO 8601 in UTC. `key` is the idempotency key, `body_hash` what was asked under
    it and `answer` what was answered, as JSON. `before` and `after` are canonical JSON.
    `hash` is SHA-256 over `previous_hash` and the canonical JSON of the other fields.
    """

    __tablename__: ClassVar[str] = "audit_event"

    sequence: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: str
    actor: str
    command: str
    subject: str
    key: str = Field(unique=True, index=True)
    body_hash: str
    before: str
    after: str
    origin: str
    answer: str
    previous_hash: str = ""
    hash: str = ""
