"""What providers' commands printed of resources."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from finops.records.migrations.append_only import protect

revision = "0010"
down_revision = "0009"

_TEXTS = ("kind", "resource", "name", "day", "facts", "file")


def upgrade() -> None:
    op.create_table(
        "inventory_item",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in _TEXTS),
    )
    op.create_index("ix_inventory_item_revision", "inventory_item", ["revision"])
    protect("inventory_item")
