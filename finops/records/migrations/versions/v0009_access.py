"""Who may sign in, what is restricted, and sessions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from finops.records.migrations.append_only import protect

revision = "0009"
down_revision = "0008"

_TEXTS = {
    "portal_user": ("name", "email", "roles", "restricted", "holds", "active"),
    "restricted_scope": ("dimension", "value", "state"),
    "portal_session": ("key", "name", "began", "state"),
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
    op.create_index("ix_portal_session_key", "portal_session", ["key"])
    protect(*_TEXTS)
    op.create_table(
        "portal_activity",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("seen", sa.String(), nullable=False),
    )
