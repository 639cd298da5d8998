"""Business metrics, budgets and events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from finops.records.migrations.append_only import protect

revision = "0004"
down_revision = "0003"

_TEXTS = {
    "business_metric": (
        *("day", "product", "segment", "unit", "amount", "kind", "currency", "grain", "source"),
        *("state", "file"),
    ),
    "budget": ("period", "scope", "amount", "currency", "version", "state", "file"),
    "event": ("day", "team", "service", "kind", "text", "link", "state", "file"),
}


def upgrade() -> None:
    for table, texts in _TEXTS.items():
        op.create_table(
            table,
            sa.Column("id", sa.Integer(), primary_key=True),
            sa.Column("revision", sa.Integer(), nullable=False),
            *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        )
        op.create_index(f"ix_{table}_revision", table, ["revision"])
    protect(*_TEXTS)
