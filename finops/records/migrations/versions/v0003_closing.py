"""The steps by which months are closed, sealed and opened again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from finops.records.migrations.append_only import protect

revision = "0003"
down_revision = "0002"

_TEXTS = (
    *("provider", "month", "event", "seal", "reason", "requested_by", "approved_by", "at"),
    "body",
)


def upgrade() -> None:
    op.create_table(
        "period_close",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in _TEXTS),
    )
    op.create_index("ix_period_close_revision", "period_close", ["revision"])
    protect("period_close")
