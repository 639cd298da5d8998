"""A file that cannot be trusted is refused in words a finance person can act on."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.ingestion.history import imports
from finops.ingestion.ingest import Options
from tests.corpus import as_csv
from tests.corpus import charge
from tests.corpus.rejected import REJECTED
from tests.corpus.rejected import Rejected
from tests.corpus.rejected import SOMEWHERE
from tests.corpus.workspaces import bring
from tests.corpus.workspaces import brought
from tests.corpus.workspaces import copied
from tests.corpus.workspaces import files_of
from tests.lanes import thorough

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace

names = [case.name for case in REJECTED]
each = pytest.mark.parametrize("case", REJECTED, ids=names)
some = pytest.mark.parametrize("case", thorough(REJECTED, but=REJECTED[::4]), ids=names)


@pytest.fixture(scope="module")
def with_march(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace that has a month of March already."""
    folder = tmp_path_factory.mktemp("march")
    workspace = copied(template, folder / "workspace")
    march = {
        "BillingPeriodStart": "2026-03-01T00:00:00Z",
        "BillingPeriodEnd": "2026-04-01T00:00:00Z",
    }
    (folder / "march.csv").write_bytes(as_csv([charge("7", **march)]))
    brought(workspace, folder / "march.csv")
    yield workspace
    workspace.close()


@each
def test_a_refused_file_is_told_by_its_place_and_changes_nothing(
    case: Rejected, with_march: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / case.file
    path.write_bytes(case.content)
    before, on_disk = with_march.snapshot(), files_of(with_march)
    (report,) = bring(with_march, path)
    first = report.rejected_rows[0]
    assert report.status == "rejected"
    assert first.reason == case.reason
    assert first.file == case.file
    assert first.line == case.line or (case.line == SOMEWHERE and first.line > 1)
    assert (first.column, first.value) == (case.column, case.value)
    assert report.message.startswith(str(first))
    assert (report.rows, report.sums) == (0, ())
    assert with_march.snapshot() == before
    assert files_of(with_march) == on_disk
    recorded = imports(with_march)[0]
    assert (recorded.status, recorded.rejected_rows[0].reason) == ("rejected", case.reason)


@some
def test_with_accept_rejects_exactly_the_rows_at_fault_are_left_out(
    case: Rejected, fresh: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / case.file
    path.write_bytes(case.content)
    (report,) = bring(fresh, path, options=Options(accept_rejects=True))
    if not case.left:
        assert report.status == "rejected"
        assert fresh.snapshot() is None
        return
    assert report.status == "committed"
    ((_, billed), *_) = report.sums[0].amounts
    assert billed == Decimal(case.left)
    assert report.left_out_rows == 1
    assert dict(report.left_out).get("USD") == (Decimal(case.out) if case.out else None)
    assert {row.line for row in report.rejected_rows} == {case.line}
    recorded = imports(fresh)[0]
    assert (recorded.left_out_rows, recorded.left_out) == (1, report.left_out)
    assert recorded.rejected_rows[0].reason == case.reason
