"""A file is told by its content, never by its name or its claim."""

from __future__ import annotations

import gzip
import hashlib
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from finops.focus.raw import Format
from finops.focus.raw import Kind
from finops.ingestion import focus_files
from finops.ingestion.focus_files import find
from finops.ingestion.focus_files import read
from finops.ingestion.focus_files import Unreadable
from tests.corpus import as_csv
from tests.corpus import as_parquet
from tests.corpus import ONE
from tests.corpus import three
from tests.corpus import written

if TYPE_CHECKING:
    from pathlib import Path


def saved(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_csv_is_read_with_its_shape(tmp_path: Path) -> None:
    path = saved(tmp_path / "bill.dat", gzip.compress(written(three(), delimiter=";").encode()))
    raw = read(path)
    assert (raw.format, raw.compression, raw.delimiter) == (Format.CSV, "gzip", ";")
    assert (raw.kind, raw.version) == (Kind.COST_AND_USAGE, "1.2")
    assert raw.columns == tuple(ONE)
    assert raw.texts == set(ONE)
    assert (raw.missing, raw.exact) == ((), frozenset())
    assert raw.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (raw.name, raw.size) == ("bill.dat", path.stat().st_size)


def test_a_parquet_file_tells_which_numbers_are_exact(tmp_path: Path) -> None:
    kinds = {
        "BilledCost": pa.float64(),
        "EffectiveCost": pa.decimal128(38, 18),
        "ListCost": pa.decimal128(38, 19),
        "ContractedCost": pa.int64(),
        "ServiceName": pa.dictionary(pa.int32(), pa.string()),
        "Tags": pa.map_(pa.string(), pa.string()),
    }
    arrays = {name: pa.array([], kind) for name, kind in kinds.items()}
    pq.write_table(pa.table(arrays), tmp_path / "bill.parquet")
    raw = read(tmp_path / "bill.parquet")
    assert raw.exact == {"EffectiveCost", "ContractedCost"}
    assert raw.texts == {"ServiceName"}


def test_names_are_told_whatever_their_case_and_kept_where_they_are_not_focus_s(
    tmp_path: Path,
) -> None:
    names = [name.lower() for name in ONE]
    path = saved(tmp_path / "bill.csv", written(three(), header=names).encode())
    assert read(path).columns == tuple(ONE)
    path = saved(tmp_path / "more.csv", as_csv([row | {"X_foo": "1"} for row in three()]))
    assert read(path).columns == (*ONE, "X_foo")


def test_what_a_file_lacks_is_told_and_not_raised(tmp_path: Path) -> None:
    names = [name for name in ONE if name not in {"ServiceName", "ListCost"}]
    path = saved(tmp_path / "bill.csv", written(three(), names=names).encode())
    assert read(path).missing == ("ListCost", "ServiceName")


def test_a_file_that_cannot_be_read_says_where_and_why(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as error:
        read(saved(tmp_path / "bill.csv", b"Title\n" + as_csv(three())))
    assert (error.value.finding.file, error.value.finding.line) == ("bill.csv", 1)
    assert error.value.sentence.startswith("bill.csv line 1: this is no FOCUS file")


def test_sources_are_files_folders_and_globs_each_file_once(tmp_path: Path) -> None:
    (tmp_path / "b/c").mkdir(parents=True)
    for name in ("a.csv", "b/d.CSV.GZ", "b/c/e.parquet", "b/notes.txt", "b/f.csv.zst"):
        saved(tmp_path / name, b"")
    found = find([str(tmp_path / "a.csv"), str(tmp_path / "b"), str(tmp_path / "*.csv")])
    below = ["a.csv", "b/c/e.parquet", "b/d.CSV.GZ", "b/f.csv.zst"]
    assert [path.relative_to(tmp_path).as_posix() for path in found] == below
    assert find([str(tmp_path / "b/notes.txt")]) == (tmp_path / "b/notes.txt",)


def test_links_are_followed_only_where_they_are_named(tmp_path: Path) -> None:
    saved(tmp_path / "bill", as_parquet(three()))
    (tmp_path / "exports").mkdir()
    link = tmp_path / "exports/linked.parquet"
    link.symlink_to(tmp_path / "bill")
    saved(tmp_path / "exports/own.csv", b"")
    own = (tmp_path / "exports/own.csv",)
    assert find([str(tmp_path / "exports")]) == own
    assert find([str(tmp_path / "exports/*")]) == own
    assert find([str(link)]) == (link,)


def test_the_suffixes_that_a_folder_is_searched_for_are_those_that_are_read() -> None:
    assert set(focus_files.SUFFIXES) == {".csv", ".csv.gz", ".csv.zst", ".parquet"}
