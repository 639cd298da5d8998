"""Runs the schema's steps inside the transaction that the record store has opened."""

from __future__ import annotations

from alembic import context

connection = context.config.attributes["connection"]
# The caller's transaction holds the lock and the commit; a killed upgrade leaves nothing.
context.configure(connection=connection, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
