"""What is published is on the disk before: the files, then the table, then the records."""

from __future__ import annotations

import os
from datetime import datetime
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.cli.outcome import run as command
from finops.ingestion import commit
from finops.ingestion import ingest
from tests.faults import bill
from tests.invoicing import closable
from tests.invoicing.bill import MONTH

if TYPE_CHECKING:
    import pytest


def test_files_are_synced_before_the_table_and_the_table_before_the_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrapper notes what `fsync` is called on; publishing is noted in the same list."""
    order: list[str] = []
    sync, publish = os.fsync, commit.publish

    def noted(handle: int) -> None:
        order.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        sync(handle)

    def published(*arguments: object, **named: object) -> object:
        order.append("published")
        return publish(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("os.fsync", noted)
    monkeypatch.setattr(commit, "publish", published)
    workspace = make_workspace(tmp_path / "workspace")
    file = bill.bill(tmp_path / "april.csv")
    ingest.run(workspace, [str(file)], actor=local_actor(), at=datetime(2026, 5, 2, tzinfo=UTC))
    snapshot = workspace.snapshot()
    workspace.close()

    assert snapshot is not None
    table = order.index("00000000000000000001.json")
    for part in snapshot.parts:
        assert order.index(Path(part.path).name) < table
        for derived in (part.mapped, part.rollup):
            half = Path(derived).with_suffix(".part").name
            assert order.index(half) < table
        assert f"x_Source={part.source}" in order[:table]
    assert table < order.index("published")
    assert "_delta_log" in order[table : order.index("published")]


def test_a_certificate_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    sync, replace = os.fsync, Path.replace

    def noted(handle: int) -> None:
        order.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        sync(handle)

    def renamed(self: Path, target: Path) -> Path:
        order.append("renamed")
        return replace(self, target)

    workspace = make_workspace(tmp_path / "workspace")
    closable.prepare(workspace, tmp_path / "april.csv")
    closable.shut(workspace)
    workspace.close()
    monkeypatch.setattr("os.fsync", noted)
    monkeypatch.setattr(Path, "replace", renamed)
    words = ["--workspace", str(tmp_path / "workspace"), "certificate", MONTH]
    assert command([*words, "--out", str(tmp_path / "c.zip")]) == 0
    place = order.index("renamed")
    assert ".c.zip.part" in order[:place]
    assert tmp_path.name in order[place:]
