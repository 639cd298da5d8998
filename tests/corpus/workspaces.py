"""A fresh workspace for each test, without making its records anew, and the way to fill it."""

from __future__ import annotations

import shutil
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.access.workspace import open_workspace
from finops.ingestion import ingest
from finops.ingestion.commit import Mode
from finops.ingestion.ingest import Options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.ingestion.report import ImportReport

AT = datetime(2026, 5, 3, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty workspace, to be copied."""
    path = tmp_path_factory.mktemp("template") / "workspace"
    make_workspace(path).close()
    return path


@pytest.fixture
def fresh(template: Path, tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace of the test's own."""
    opened = copied(template, tmp_path / "own")
    yield opened
    opened.close()


def copied(template: Path, path: Path) -> Workspace:
    """A workspace like another one, somewhere else."""
    shutil.copytree(template, path)
    return open_workspace(path)


def bring(
    workspace: Workspace,
    *paths: Path | str,
    mode: Mode = Mode.COMPLETE,
    options: Options | None = None,
) -> tuple[ImportReport, ...]:
    """Import files as the command line does."""
    return ingest.run(
        workspace,
        [str(path) for path in paths],
        actor=local_actor(),
        at=AT,
        options=options or Options(mode=mode),
    )


def brought(workspace: Workspace, path: Path | str) -> ImportReport:
    """Import one file that must be taken, and its report."""
    (report,) = bring(workspace, path)
    assert report.status == "committed", report.message
    return report


def files_of(workspace: Workspace) -> set[str]:
    """Every file of the dataset on the disk; what is being worked on is no part of it."""
    folders = ("charges", "datasets", "derived", "staging")
    return {
        path.relative_to(workspace.root).as_posix()
        for folder in folders
        for path in (workspace.root / folder).rglob("*")
        if path.is_file()
    }
