"""How a bill gets in by the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import open_workspace
from finops.ingestion import history
from finops.ingestion.report import Status
from finops.portal import forms
from finops.portal.jobs import Job
from tests.pages import bills

if TYPE_CHECKING:
    from pathlib import Path


class Uploaded:
    """What the browser sent."""

    def __init__(self, name: str, content: bytes, file_id: str) -> None:
        self.name, self._content, self.file_id = name, content, file_id

    def getvalue(self) -> bytes:
        return self._content


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty workspace that the portal stands on."""
    made = bills.nothing(tmp_path)
    monkeypatch.setenv("FINOPS_WORKSPACE", str(made))
    return made


def done(*files: Uploaded, choice: str = "whole") -> Job[tuple[object, ...]]:
    key = forms.upload_key(files, choice)  # type: ignore[arg-type]
    job: Job[tuple[object, ...]] = Job()
    job.run(forms.importing(files, choice, key))  # type: ignore[arg-type]
    return job


def test_the_template_is_a_bill_that_can_be_brought_in(folder: Path) -> None:
    job = done(Uploaded("../../template.csv", forms.template().encode(), "1"))
    assert job.result
    workspace = open_workspace(folder)
    (report,) = history.imports(workspace)
    assert (report.source, report.status, report.rows) == ("template.csv", Status.COMMITTED, 1)
    workspace.close()


def test_the_same_upload_and_choice_has_one_key() -> None:
    one, two = Uploaded("a", b"", "1"), Uploaded("b", b"", "2")
    assert forms.upload_key([one, two], "whole") == forms.upload_key([two, one], "whole")  # type: ignore[list-item]
    assert forms.upload_key([one], "whole") != forms.upload_key([one], "accept")  # type: ignore[list-item]


def test_every_choice_on_the_page_is_one_that_the_import_has() -> None:
    assert set(forms.CHOICES) == set(forms.OPTIONS)


def test_what_would_vanish_is_refused_until_it_is_chosen(folder: Path, tmp_path: Path) -> None:
    whole = bills.write(tmp_path / "whole.csv", bills.charges("2026-10"))
    half = bills.write(tmp_path / "half.csv", bills.charges("2026-10", last=12))
    assert done(Uploaded("whole.csv", whole.read_bytes(), "1")).result
    refused = done(Uploaded("half.csv", half.read_bytes(), "2"))
    assert refused.error
    assert done(Uploaded("half.csv", half.read_bytes(), "2"), choice="replace").result
    workspace = open_workspace(folder)
    assert len(workspace.snapshots()) == 2
    workspace.close()
