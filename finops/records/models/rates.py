"""Rate: what one unit of a currency is worth in another, for a month or on a day."""

from __future__ import annotations

from typing import ClassVar

from sqlmodel import Field
from sqlmodel import SQLModel


class Rate(SQLModel, table=True):
    """One rate of exchange; a later revision with the same natural key takes its place.

    `period` is YYYY-MM, `day` is YYYY-MM-DD; the one that does not apply is empty. `rate` is
    decimal text: units of `to_currency` for one unit of `from_currency`.
    """

    __tablename__: ClassVar[str] = "rate"
    natural_key: ClassVar[tuple[str, ...]] = (
        "from_currency",
        "to_currency",
        "kind",
        "period",
        "day",
    )

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    from_currency: str
    to_currency: str
    kind: str = ""
    period: str = ""
    day: str = ""
    rate: str
    file: str = Field(default="", description="the file that the rate was brought in with")
