"""What is written for review meetings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from finops.records.migrations.append_only import protect

revision = "0007"
down_revision = "0006"

_TABLE = "review_entry"
_TEXTS = ("kind", "key", "meeting", "actor", "at", "body")


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in _TEXTS),
    )
    for name in ("revision", "key"):
        op.create_index(f"ix_{_TABLE}_{name}", _TABLE, [name])
    protect(_TABLE)
