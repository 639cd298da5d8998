"""The tables in the database are the tables in the code, and they refuse changes."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from finops.records import schema
from finops.records.models import AuditEvent
from finops.records.models import Budget
from finops.records.models import BusinessMetric
from finops.records.models import CostCoefficient
from finops.records.models import Event
from finops.records.models import ImportRecord
from finops.records.models import JournalPosting
from finops.records.models import OrganizationVersion
from finops.records.models import PeriodClose
from finops.records.models import PortalSession
from finops.records.models import PortalUser
from finops.records.models import Rate
from finops.records.models import RejectedRow
from finops.records.models import RestrictedScope
from finops.records.models import ReviewEntry
from finops.records.models import RuleSetVersion
from finops.records.models import SavedScenario
from finops.records.models import SnapshotRecord
from finops.records.models import UnitTarget
from finops.records.store import open_store

if TYPE_CHECKING:
    from finops.records.store import Store

MOMENT = "2026-04-01T00:00:00+00:00"
TEXTS = dict.fromkeys(
    ("actor", "command", "subject", "body_hash", "before", "after", "origin", "answer"), ""
)
WHO: dict[str, Any] = {"actor": "a", "at": MOMENT}
PROPOSED: dict[str, Any] = {"proposed_by": "a", "at": MOMENT}
SAVED: dict[str, Any] = {**WHO, "snapshot": "s", "levers": "{}", "figures": "{}", "assumptions": ""}
ROWS: tuple[SQLModel, ...] = (
    AuditEvent(sequence=1, at=MOMENT, key="k", **TEXTS),
    ImportRecord(import_id="a", revision=1, at=MOMENT, source="s", status="committed"),
    RejectedRow(revision=1, import_id="a", file="f", line=2, reason="r"),
    SnapshotRecord(number=1, revision=1, at=MOMENT, digest="d"),
    Rate(revision=1, from_currency="EUR", to_currency="USD", rate="1.08"),
    OrganizationVersion(revision=1, content_hash="h"),
    PeriodClose(revision=1, month="2026-04", event="closing", at=MOMENT),
    RuleSetVersion(revision=1, number=1, content_hash="h", author="a", reason="r", at=MOMENT),
    JournalPosting(revision=1, month="2026-04", version=1, source="h", actor="a", at=MOMENT),
    BusinessMetric(revision=1, day="2026-04-01", unit="u", amount="1", kind="units", grain="day"),
    Budget(revision=1, period="FY27", scope="all", amount="1", currency="EUR"),
    Event(revision=1, day="2026-04-01", kind="deploy", text="t"),
    PortalUser(revision=1, name="a"),
    RestrictedScope(revision=1, dimension="x_Team", value="a", state="restricted"),
    PortalSession(revision=1, key="k", name="a", began=MOMENT, state="open"),
    CostCoefficient(revision=1, unit="u", name="fixed", amount="1", reason="r", **WHO),
    UnitTarget(revision=1, unit="u", month="m", amount="1", currency="EUR", **PROPOSED),
    SavedScenario(revision=1, name="n", unit="u", month="m", currency="EUR", **SAVED),
    ReviewEntry(revision=1, kind="decision", key="D1", actor="a", at=MOMENT),
)


def test_the_migrations_make_the_tables_of_the_models(store: Store) -> None:
    with store._engine.connect() as connection:  # noqa: SLF001
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_the_versions_named_are_the_versions_there_are() -> None:
    config = Config()
    config.set_main_option("script_location", "finops.records:migrations")
    steps = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(step.revision for step in steps)[::-1] == schema.VERSIONS


@pytest.mark.parametrize("row", ROWS, ids=lambda row: type(row).__name__)
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_what_is_written_stays(store: Store, row: SQLModel, change: str) -> None:
    with store.writing() as session:
        session.add(type(row)(**row.model_dump()))
    column = "sequence" if isinstance(row, AuditEvent) else "revision"
    table = str(row.__tablename__)
    with (
        pytest.raises(DBAPIError, match=f"{table} is append-only"),
        store.writing() as session,
    ):
        session.connection().execute(text(change.format(table, column, column)))


def test_an_upgrade_that_dies_leaves_nothing(
    store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade = schema.upgrade

    def die(connection: object) -> None:
        upgrade(connection)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(schema, "upgrade", die)
        with pytest.raises(KeyboardInterrupt):
            open_store(store_url)
    engine = create_engine(store_url)
    with engine.connect() as connection:
        assert schema.version(connection) == ""
    engine.dispose()
    open_store(store_url).close()
