"""How far each finding of the worklist has come."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from finops.records.migrations.append_only import protect

revision = "0011"
down_revision = "0010"

_TEXTS = ("key", "state", "owner", "reason", "until", "actor", "at", "told")


def upgrade() -> None:
    op.create_table(
        "worklist_step",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in _TEXTS),
    )
    op.create_index("ix_worklist_step_revision", "worklist_step", ["revision"])
    op.create_index("ix_worklist_step_key", "worklist_step", ["key"])
    protect("worklist_step")
