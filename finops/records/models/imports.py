"""Imports: what was brought in, from which files, how much, and the rows that were refused."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import BigInteger
from sqlmodel import Field
from sqlmodel import SQLModel


class ImportRecord(SQLModel, table=True):
    """One attempt to bring charges in, committed or rejected.

    `sums` maps each money column and currency to its decimal text; `files` is a list of
    {name, sha256, bytes, rows}; `digest` names the content whatever its order and compression.
    `left_out` holds the rows and amounts that accepting rejects left out, `beyond` what was
    rounded away beyond the 18th digit. The texts named in the fields' defaults are JSON.
    """

    __tablename__: ClassVar[str] = "import_record"
    natural_key: ClassVar[tuple[str, ...]] = ("import_id",)

    import_id: str = Field(primary_key=True)
    revision: int = Field(index=True)
    at: str
    source: str
    format: str = ""
    focus_version: str = ""
    dataset: str = ""
    status: str = Field(description="committed or rejected")
    rows: int = Field(default=0, sa_type=BigInteger)
    sums: str = "{}"
    billing_periods: str = "[]"
    files: str = "[]"
    digest: str = Field(default="", index=True)
    absent_columns: str = "[]"
    findings: str = "[]"
    left_out: str = "{}"
    beyond: str = "{}"


class RejectedRow(SQLModel, table=True):
    """One row of a file that could not be taken, with the place and the reason.

    `line` counts from 1, the header being line 1. `amount` is the decimal text of what the row
    would have billed, empty where it cannot be read.
    """

    __tablename__: ClassVar[str] = "rejected_row"
    natural_key: ClassVar[tuple[str, ...]] = ("id",)

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    import_id: str = Field(index=True)
    file: str
    line: int = Field(sa_type=BigInteger)
    column: str = ""
    value: str = ""
    rule: str = ""
    reason: str
    amount: str = ""
    currency: str = ""
