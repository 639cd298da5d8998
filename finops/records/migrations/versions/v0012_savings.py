"""Savings with every step they took, and the ledger that credits them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from finops.records.migrations.append_only import protect

revision = "0012"
down_revision = "0011"

_TABLES = {
    "savings_entry": ("kind", "key", "actor", "at", "body"),
    "credit_line": (
        *("entry", "place", "saving", "month", "booked", "account", "name", "person"),
        *("debit", "credit", "avoided", "currency", "memo", "actor", "at"),
    ),
}


def upgrade() -> None:
    for table, texts in _TABLES.items():
        op.create_table(
            table,
            sa.Column("id", sa.Integer(), primary_key=True),
            sa.Column("revision", sa.Integer(), nullable=False),
            *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        )
        op.create_index(f"ix_{table}_revision", table, ["revision"])
    op.create_index("ix_savings_entry_key", "savings_entry", ["key"])
    op.create_index("ix_credit_line_saving", "credit_line", ["saving"])
    protect(*_TABLES)
