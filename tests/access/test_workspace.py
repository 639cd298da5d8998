from __future__ import annotations

from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.access.workspace import open_workspace
from finops.core.scope import Viewer
from finops.errors import UsageError
from finops.ingestion import ingest
from finops.measures import ask
from finops.measures import Query

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace

DAYS = (datetime(2026, 5, 4, 9, tzinfo=UTC), datetime(2026, 6, 3, 9, tzinfo=UTC))


@pytest.fixture
def two(workspace: Path, shared: Path) -> Iterator[Workspace]:
    """A workspace with two snapshots: a small month in May, a real sample in June."""
    found = make_workspace(workspace)
    files = ("mini/mini_focus_2026-04.csv", "focus10-sample/focus_sample.csv")
    for day, file in zip(DAYS, files, strict=True):
        ingest.run(found, [str(shared / file)], actor=local_actor(), at=day)
    yield found
    found.close()


def test_a_folder_without_a_workspace_is_told_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no workspace") as caught:
        open_workspace(tmp_path)
    assert "init" in caught.value.sentence


def test_an_empty_workspace_has_no_snapshot_and_says_what_to_bring(workspace: Path) -> None:
    found = make_workspace(workspace)
    assert found.snapshot() is None
    with pytest.raises(UsageError, match="no data") as caught:
        found.dataset()
    found.close()
    assert "finops import" in caught.value.sentence


def test_a_snapshot_is_found_by_number_id_digest_and_day(two: Workspace) -> None:
    first, second = two.snapshots()
    assert two.snapshot() == second
    for name in ("1", first.id, first.digest, "2026-05-04", "2026-06-02"):
        assert two.snapshot(name) == first, name
    assert two.snapshot("2026-06-03") == second


def test_a_snapshot_that_never_was_is_answered_with_those_that_are(two: Workspace) -> None:
    for name in ("3", "2026-05-03", "yesterday"):
        with pytest.raises(UsageError, match="No snapshot") as caught:
            two.snapshot(name)
        assert "snapshots 1 to 2" in caught.value.sentence


def test_a_viewer_sees_only_what_may_be_seen(two: Workspace) -> None:
    viewer = Viewer("ann", sees=(("SubAccountId", frozenset({"222222222222"})),))
    seen = ask(two.dataset(viewer), Query(measures=("Charges",), by=("SubAccountId",)))
    assert [row[0] for row in seen.rows] == ["222222222222"]


def test_before_an_organization_is_published_the_usual_tags_say_who_owns(two: Workspace) -> None:
    assert two.organization().name == ""
    assert two.organization().dimensions[0].tags == ("team", "owner")
