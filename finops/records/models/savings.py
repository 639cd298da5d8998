"""Savings: what became of each, and the double entry that credits what was verified of it."""

from __future__ import annotations

from typing import ClassVar

from sqlmodel import Field
from sqlmodel import SQLModel


class SavingsEntry(SQLModel, table=True):
    """One version of a saving, a verification, a fate, a cost or a target; the newest holds.

    `kind` says which of them; `body` is its content as canonical JSON, whose shape is the class of
    that kind in `finops.savings` and `finops.assessment`.
    """

    __tablename__: ClassVar[str] = "savings_entry"
    natural_key: ClassVar[tuple[str, ...]] = ("kind", "key")

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    kind: str
    key: str = Field(index=True)
    actor: str
    at: str
    body: str = "{}"


class CreditLine(SQLModel, table=True):
    """One line of an entry of the credit ledger: a debit of a scope, or a credit of a team.

    `month` is the closed month that the saving was made in, `booked` the open one that the entry
    stands in. Amounts are text; debits and credits of an `entry` are equal.
    """

    __tablename__: ClassVar[str] = "credit_line"
    natural_key: ClassVar[tuple[str, ...]] = ("entry", "place")

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    entry: str
    place: str
    saving: str = Field(index=True)
    month: str
    booked: str
    account: str
    name: str
    person: str = ""
    debit: str
    credit: str
    avoided: str = "0"
    currency: str
    memo: str = ""
    actor: str
    at: str
