"""An import in a process of its own says and does what one in this process would."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from finops.access import bounded
from finops.access.actor import Actor
from finops.access.actor import local_actor
from finops.access.roles import Role
from finops.errors import ImportRefused
from finops.errors import InputError
from finops.errors import NotAllowed
from finops.ingestion import apart
from finops.ingestion import history
from finops.ingestion.apart import Request
from finops.ingestion.commit import Mode
from finops.ingestion.ingest import Options
from tests.corpus import as_csv
from tests.corpus import charge
from tests.corpus import three
from tests.corpus.workspaces import AT

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace


def asked(workspace: Workspace, *paths: Path, actor: Actor | None = None) -> Request:
    return Request(
        workspace=workspace.root,
        sources=tuple(map(str, paths)),
        actor=actor or local_actor("Mona"),
        at=AT,
        key="once",
        origin="page",
        options=Options(mode=Mode.ADD, accept_rejects=True),
    )


def quiet(_what: str, _share: float) -> None:
    """Watch nothing."""


def test_a_request_reads_as_it_was_written(fresh: Workspace, tmp_path: Path) -> None:
    request = asked(fresh, tmp_path / "a.csv")
    assert Request.from_json(request.to_json()) == request


def test_the_report_is_the_one_that_is_kept(fresh: Workspace, tmp_path: Path) -> None:
    bill = tmp_path / "bill.csv"
    bill.write_bytes(as_csv([charge("x"), charge("2", ListCost=""), charge("1e-19")]))
    watched: list[str] = []
    (told,) = apart.run(asked(fresh, bill), lambda what, _: watched.append(what))
    (kept,) = history.imports(fresh)
    assert list(map(str, told.rejected_rows)) == list(map(str, kept.rejected_rows))
    assert (told.sums, told.findings) == (kept.sums, kept.findings)
    assert (told.left_out, told.beyond, told.at) == (kept.left_out, kept.beyond, kept.at)
    assert (told.status, told.rows, told.import_id) == (kept.status, 2, kept.import_id)
    assert watched[-1] == "publishing"


@pytest.mark.thorough
def test_asked_twice_it_is_done_once(fresh: Workspace, tmp_path: Path) -> None:
    (tmp_path / "bill.csv").write_bytes(as_csv(three()))
    for _ in range(2):
        assert apart.run(asked(fresh, tmp_path / "bill.csv"), quiet)
    assert len(fresh.snapshots()) == 1


def test_what_is_wrong_is_raised_here_as_it_was_there(fresh: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="missing"):
        apart.run(asked(fresh, tmp_path / "missing.csv"), quiet)
    (tmp_path / "bill.csv").write_bytes(as_csv(three()))
    viewer = Actor("Vera", frozenset({Role.VIEWER}))
    request = asked(fresh, tmp_path / "bill.csv", actor=viewer)
    with pytest.raises(NotAllowed) as refused:
        apart.run(request, quiet)
    assert "roles is needed" in refused.value.remedy


def test_a_process_that_dies_is_told_and_nothing_was_changed(
    fresh: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bill.csv").write_bytes(as_csv(three()))
    monkeypatch.setenv("FINOPS_FAULT", "import:staged")
    with pytest.raises(ImportRefused, match="ended before"):
        apart.run(asked(fresh, tmp_path / "bill.csv"), quiet)
    assert fresh.snapshot() is None


def test_the_process_has_bounds() -> None:
    words = (
        "import resource as r; from finops.ingestion import apart; apart.bound();"
        "print(*(r.getrlimit(w)[0] for w in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_CORE)))"
    )
    told = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert told.stdout.split() == [str(bounded.MEMORY), str(bounded.SECONDS), "0"]
