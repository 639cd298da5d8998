"""Cost coefficients, unit-cost targets and saved scenarios."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from finops.records.migrations.append_only import protect

revision = "0006"
down_revision = "0005"

_TEXTS = {
    "cost_coefficient": (
        *("product", "unit", "name", "amount", "currency", "reason", "actor", "at"),
    ),
    "unit_target": (
        *("product", "unit", "month", "amount", "currency", "reason"),
        *("proposed_by", "agreed_by", "at"),
    ),
    "saved_scenario": (
        *("name", "product", "unit", "month", "snapshot", "currency", "levers", "figures"),
        *("assumptions", "actor", "at"),
    ),
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
