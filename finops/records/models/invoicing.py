"""Invoices as they were brought in or typed, what people explain of them, and opening balances."""

from __future__ import annotations

from typing import ClassVar

from sqlmodel import Field
from sqlmodel import SQLModel


class InvoiceHeader(SQLModel, table=True):
    """One invoice as its header says it; amounts are decimal text in `currency`.

    A later revision of the same issuer and invoice takes its place: voided, or reissued.
    `reference` is the invoice that a credit memo is about. Days are YYYY-MM-DD, or empty.
    """

    __tablename__: ClassVar[str] = "invoice_header"
    natural_key: ClassVar[tuple[str, ...]] = ("issuer", "invoice_id", "account", "month")

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    issuer: str
    invoice_id: str = ""
    account: str = ""
    month: str
    currency: str
    net: str
    tax: str
    payable: str
    lines: int = 1
    status: str = "Issued"
    issued: str = ""
    due: str = ""
    reference: str = ""
    file: str = ""


class Explanation(SQLModel, table=True):
    """What a person says a part of an invoice's difference is; signed as the difference is.

    `key` tells two explanations of one invoice apart; an amount of 0 takes one back.
    """

    __tablename__: ClassVar[str] = "explanation"
    natural_key: ClassVar[tuple[str, ...]] = ("issuer", "invoice_id", "month", "key")

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    issuer: str
    invoice_id: str = ""
    month: str
    key: str
    reason: str
    amount: str
    currency: str
    evidence: str
    actor: str
    at: str


class CommitmentOpening(SQLModel, table=True):
    """The prepaid balance of a commitment at the start of a month, as a person or a file says."""

    __tablename__: ClassVar[str] = "commitment_opening"
    natural_key: ClassVar[tuple[str, ...]] = ("commitment", "month")

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(index=True)
    commitment: str
    month: str
    amount: str
    currency: str
    file: str = ""
