"""A server is there as long as it is measured, and gone after that."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.request import urlopen

from finops.bench.serving import served


def test_it_answers_until_the_end_of_the_block(tmp_path: Path) -> None:
    (tmp_path / "_stcore").mkdir()
    (tmp_path / "_stcore" / "health").write_text("ok")
    with served([sys.executable, "-m", "http.server", "--directory", str(tmp_path)]) as found:
        assert urlopen(f"{found.url}/_stcore/health").read() == b"ok"
        assert found.started > 0
        assert Path(f"/proc/{found.process}").exists()
    assert not Path(f"/proc/{found.process}").exists()


def test_it_runs_in_the_folder_that_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "_stcore").mkdir()
    (tmp_path / "_stcore" / "health").write_text("of this folder")
    with served([sys.executable, "-m", "http.server"], folder=tmp_path) as found:
        assert urlopen(f"{found.url}/_stcore/health").read() == b"of this folder"
