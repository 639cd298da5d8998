"""PeriodClose: each step of closing a month, or of opening it again, with who took it."""

from __future__ import annotations

from typing import ClassVar

from sqlmodel import Field
from sqlmodel import SQLModel


class PeriodClose(SQLModel, table=True):
    """One step: `event` is a value of `finops.records.closings.Event`.

    `provider` is the issuer that the month is closed for; empty for the company as a whole.
    `snapshot` is the number of the one that was frozen when the close was requested. `seal` is the
    SHA-256 of `body`, canonical JSON, where the step sealed something; a step that does not seal
    repeats the seal that holds.
    """

    __tablename__: ClassVar[str] = "period_close"
    natural_key: ClassVar[tuple[str, ...]] = ("provider", "month")

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    provider: str = ""
    month: str
    event: str
    snapshot: int = 0
    seal: str = ""
    reason: str = ""
    requested_by: str = ""
    approved_by: str = ""
    at: str
    body: str = ""
