"""Invoices, explanations of their differences, and opening balances of commitments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from finops.records.migrations.append_only import protect

revision = "0002"
down_revision = "0001"

_TEXTS = {
    "invoice_header": (
        *("issuer", "invoice_id", "account", "month", "currency", "net", "tax", "payable"),
        *("status", "issued", "due", "reference", "file"),
    ),
    "explanation": (
        *("issuer", "invoice_id", "month", "key", "reason", "amount", "currency", "evidence"),
        *("actor", "at"),
    ),
    "commitment_opening": ("commitment", "month", "amount", "currency", "file"),
}


def upgrade() -> None:
    for table, texts in _TEXTS.items():
        lines = [sa.Column("lines", sa.Integer(), nullable=False)]
        op.create_table(
            table,
            sa.Column("id", sa.Integer(), primary_key=True),
            sa.Column("revision", sa.Integer(), nullable=False),
            *(lines if table == "invoice_header" else []),
            *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        )
        op.create_index(f"ix_{table}_revision", table, ["revision"])
    protect(*_TEXTS)
