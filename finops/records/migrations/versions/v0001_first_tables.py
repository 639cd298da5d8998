"""The first tables: audit, imports, snapshots, rates, organization."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from finops.records.migrations.append_only import protect

revision = "0001"
down_revision = None

_TEXTS = {
    "import_record": (
        *("at", "source", "format", "focus_version", "dataset", "status", "sums"),
        *("billing_periods", "files", "digest", "absent_columns", "findings", "left_out", "beyond"),
    ),
    "rejected_row": (
        *("import_id", "file", "column", "value", "rule", "reason", "amount", "currency"),
    ),
    "snapshot_record": ("at", "digest", "body"),
    "rate": ("from_currency", "to_currency", "kind", "period", "day", "rate", "file"),
    "organization_version": ("content_hash", "body"),
    "audit_event": (
        *("at", "actor", "command", "subject", "key", "body_hash", "before", "after", "origin"),
        *("answer", "previous_hash", "hash"),
    ),
}


def upgrade() -> None:
    _create("audit_event", _number("sequence"))
    _create("import_record", sa.Column("import_id", sa.String(), primary_key=True), _count("rows"))
    _create("rejected_row", _serial(), _count("line"))
    _create("snapshot_record", _number("number"))
    _create("rate", _serial())
    _create("organization_version", _serial())
    op.create_index("ix_audit_event_key", "audit_event", ["key"], unique=True)
    op.create_index("ix_import_record_digest", "import_record", ["digest"])
    op.create_index("ix_rejected_row_import_id", "rejected_row", ["import_id"])
    protect(*_TEXTS)


def _create(table: str, *columns: sa.Column[object]) -> None:
    texts = [sa.Column(name, sa.String(), nullable=False) for name in _TEXTS[table]]
    if table == "audit_event":
        op.create_table(table, *columns, *texts)
        return
    op.create_table(table, *columns, sa.Column("revision", sa.Integer(), nullable=False), *texts)
    op.create_index(f"ix_{table}_revision", table, ["revision"])


def _serial() -> sa.Column[object]:
    return sa.Column("id", sa.Integer(), primary_key=True)


def _number(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), primary_key=True, autoincrement=False)


def _count(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.BigInteger(), nullable=False)
