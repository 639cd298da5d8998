from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

from finops.records import savings
from finops.records.models import CreditLine
from finops.records.models import SavingsEntry

if TYPE_CHECKING:
    from finops.records.store import Store


def test_the_newest_of_each_holds_and_every_version_stays(store: Store) -> None:
    with store.writing() as session:
        for revision, key in ((1, "S1"), (2, "S2"), (3, "S10"), (4, "S1")):
            row: dict[str, Any] = {
                "revision": revision,
                "kind": "saving",
                "key": key,
                "actor": "a",
                "at": "t",
            }
            session.add(SavingsEntry(**row))
        session.add(SavingsEntry(revision=5, kind="fate", key="S1", actor="a", at="t"))
    with store.reading() as session:
        found = savings.entries(session, "saving")
        assert [(one.key, one.revision) for one in found] == [("S1", 4), ("S2", 2), ("S10", 3)]
        assert [one.revision for one in savings.versions(session, "saving", "S1")] == [1, 4]
        last = savings.last(session, "saving", "S1")
        assert last is not None
        assert last.revision == 4
        assert savings.last(session, "saving", "S3") is None
        assert savings.latest(session) == 5


def test_the_ledger_is_read_as_it_was_written(store: Store) -> None:
    texts = ("entry", "saving", "month", "booked", "account", "name", "currency", "actor", "at")
    usual: dict[str, Any] = dict.fromkeys(texts, "x")
    with store.writing() as session:
        for place in ("000", "001"):
            session.add(CreditLine(revision=1, place=place, debit="1", credit="0", **usual))
    with store.reading() as session:
        assert [one.place for one in savings.credit_lines(session)] == ["000", "001"]
