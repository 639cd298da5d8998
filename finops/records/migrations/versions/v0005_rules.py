"""The mapping rules, version by version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from finops.records.migrations.append_only import protect

revision = "0005"
down_revision = "0004"

_TEXTS = ("content_hash", "author", "reason", "at", "body")


def upgrade() -> None:
    op.create_table(
        "rule_set_version",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, unique=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in _TEXTS),
    )
    op.create_index("ix_rule_set_version_revision", "rule_set_version", ["revision"])
    protect("rule_set_version")
