"""The journals that were posted, version by version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from finops.records.migrations.append_only import protect

revision = "0008"
down_revision = "0007"

_TEXTS = ("month", "source", "actor", "at", "body")


def upgrade() -> None:
    op.create_table(
        "journal_posting",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in _TEXTS),
    )
    op.create_index("ix_journal_posting_revision", "journal_posting", ["revision"])
    protect("journal_posting")
