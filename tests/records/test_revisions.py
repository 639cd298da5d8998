"""The records as they stood at a revision."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st

from finops.records import audit
from finops.records.models import AuditEvent
from finops.records.models import OrganizationVersion
from finops.records.models import Rate
from finops.records.models import SnapshotRecord
from finops.records.revisions import current
from finops.records.revisions import latest
from finops.records.revisions import newest
from finops.records.revisions import newest_values
from tests.lanes import examples

if TYPE_CHECKING:
    from finops.records.store import Store


def _rate(revision: int, currency: str, rate: str) -> Rate:
    return Rate(
        revision=revision, from_currency=currency, to_currency="USD", period="2026-04", rate=rate
    )


def test_the_newest_row_of_each_key_holds(store: Store) -> None:
    """
    Revision 1: EUR 1.08, GBP 1.27. Revision 2: EUR 1.10. Revision 3: CHF 1.20, put right to 1.21.
    """
    with store.writing() as session:
        session.add_all([_rate(1, "EUR", "1.08"), _rate(1, "GBP", "1.27"), _rate(2, "EUR", "1.10")])
        session.flush()
        session.add(_rate(3, "CHF", "1.20"))
        session.flush()
        session.add(_rate(3, "CHF", "1.21"))

    def at(revision: int | None) -> dict[str, str]:
        with store.reading() as session:
            rows = newest(session, Rate, revision=revision)
            values = newest_values(session, Rate, revision=revision)
            assert [one._asdict() for one in values] == [row.model_dump() for row in rows]
            return {row.from_currency: row.rate for row in rows}

    assert at(0) == {}
    assert at(1) == {"EUR": "1.08", "GBP": "1.27"}
    assert at(2) == {"EUR": "1.10", "GBP": "1.27"}
    assert at(3) == at(None) == {"CHF": "1.21", "EUR": "1.10", "GBP": "1.27"}


def test_a_record_without_a_key_has_one_newest_version(store: Store) -> None:
    with store.writing() as session:
        session.add(OrganizationVersion(revision=1, content_hash="a"))
        session.add(OrganizationVersion(revision=4, content_hash="b"))
    with store.reading() as session:
        assert [row.content_hash for row in newest(session, OrganizationVersion)] == ["b"]
        old = newest(session, OrganizationVersion, revision=3)
        assert [row.content_hash for row in old] == ["a"]


def test_the_latest_row_is_found_as_of_a_revision(store: Store) -> None:
    with store.reading() as session:
        assert latest(session, SnapshotRecord) is None
    with store.writing() as session:
        for number, revision in ((1, 2), (2, 5)):
            session.add(SnapshotRecord(number=number, revision=revision, at="", digest=""))
    with store.reading() as session:
        found = [latest(session, SnapshotRecord, revision=at) for at in (None, 5, 4, 2, 1)]
    assert [row and row.number for row in found] == [2, 2, 1, 1, None]


def test_the_current_revision_is_the_last_event(store: Store) -> None:
    blank: dict[str, Any] = dict.fromkeys(AuditEvent.model_fields, "")
    with store.reading() as session:
        assert current(session) == 0
    with store.writing() as session:
        audit.append(session, AuditEvent(**blank | {"sequence": 0}))
    with store.reading() as session:
        assert current(session) == 1


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(writes=st.lists(st.sampled_from("ABC"), max_size=8))
def test_what_was_read_as_of_a_revision_never_changes(store: Store, writes: list[str]) -> None:
    with store.writing() as session:
        start = max((row.revision for row in newest(session, Rate)), default=0)
    seen: dict[int, tuple[str, ...]] = {}
    for revision, currency in enumerate(writes, start + 1):
        with store.writing() as session:
            session.add(_rate(revision, currency, str(revision)))
            session.flush()
            seen[revision] = tuple(row.rate for row in newest(session, Rate))
    with store.reading() as session:
        for revision, rates in seen.items():
            assert tuple(row.rate for row in newest(session, Rate, revision=revision)) == rates
