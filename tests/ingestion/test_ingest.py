"""An import is whole or not at all, and the same rows are the same whichever way they come."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
import zstandard

from finops.access.actor import Actor
from finops.access.actor import local_actor
from finops.access.roles import Role
from finops.errors import InputError
from finops.errors import NotAllowed
from finops.ingestion import ingest
from finops.ingestion.commit import Mode
from finops.ingestion.history import imports
from finops.ingestion.ingest import Options
from finops.measures import ask
from finops.measures import Query
from tests.corpus import as_csv
from tests.corpus import as_parquet
from tests.corpus import charge
from tests.corpus import three
from tests.corpus import written
from tests.corpus.workspaces import AT
from tests.corpus.workspaces import bring
from tests.corpus.workspaces import brought
from tests.corpus.workspaces import files_of
from tests.lanes import thorough

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from finops.access.workspace import Workspace
    from tests.conftest import Answer

ROWS = three()
TEXT = as_csv(ROWS)
AGAIN = {
    "the same bytes": ("bill.csv", TEXT),
    "another name": ("export-2026-04 (1).csv", TEXT),
    "rows in another order": ("bill.csv", as_csv(reversed(ROWS))),
    "columns in another order": ("bill.csv", written(ROWS, names=sorted(ROWS[0])[::-1]).encode()),
    "gzip": ("bill.csv.gz", gzip.compress(TEXT)),
    "zstd": ("bill.csv.zst", zstandard.compress(TEXT)),
    "Parquet": ("bill.parquet", as_parquet(ROWS)),
    "another delimiter": ("bill.csv", written(ROWS, delimiter=";").encode()),
    "other line ends": ("bill.csv", written(ROWS, end="\r\n").encode()),
    "lines that the engine gives up on": ("bill.csv", TEXT.replace(b"\n", b"\r\n", 2)),
    "the same numbers, written otherwise": ("bill.csv", TEXT.replace(b"20.50", b"20.500000")),
    "the same times, written otherwise": ("bill.csv", TEXT.replace(b"T00:00:00Z", b" 00:00:00")),
}


def cost(workspace: Workspace) -> object:
    """What the newest snapshot bills."""
    return ask(workspace.dataset(), Query(measures=("BilledCost",))).total["BilledCost"]


@pytest.mark.parametrize(("name", "content"), AGAIN.values(), ids=AGAIN)
@pytest.mark.parametrize("mode", thorough(list(Mode)))
def test_the_same_rows_are_known_again(
    name: str, content: bytes, mode: Mode, fresh: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "first.csv").write_bytes(TEXT)
    first = brought(fresh, tmp_path / "first.csv")
    before, on_disk = fresh.snapshot(), files_of(fresh)
    (tmp_path / name).write_bytes(content)
    (report,) = bring(fresh, tmp_path / name, mode=mode)
    assert report.status == "unchanged"
    assert report.message == f"{name} is already imported as {first.import_id}."
    assert report.sums == first.sums
    assert fresh.snapshot() == before
    assert files_of(fresh) == on_disk


def test_equal_rows_of_a_delivery_are_all_kept(fresh: Workspace, tmp_path: Path) -> None:
    (tmp_path / "bill.csv").write_bytes(as_csv([charge("10")] * 3))
    assert brought(fresh, tmp_path / "bill.csv").rows == 3
    assert cost(fresh) == 30
    (tmp_path / "more.csv").write_bytes(as_csv([charge("10")] * 4))
    brought(fresh, tmp_path / "more.csv")
    assert cost(fresh) == 40


def test_one_file_may_hold_several_deliveries(fresh: Workspace, tmp_path: Path) -> None:
    may = {"BillingPeriodStart": "2026-05-01T00:00:00Z", "BillingPeriodEnd": "2026-06-01T00:00:00Z"}
    bill = [
        charge("1"),
        charge("2", **may),
        charge("3", BillingAccountId="9", BillingCurrency="EUR"),
    ]
    (tmp_path / "bill.csv").write_bytes(as_csv(bill))
    report = brought(fresh, tmp_path / "bill.csv")
    assert (report.rows, report.billing_periods) == (3, ("2026-04", "2026-05"))
    assert {one.currency: dict(one.amounts)["BilledCost"] for one in report.sums} == {
        "USD": 3,
        "EUR": 3,
    }
    snapshot = fresh.snapshot()
    assert snapshot
    assert len(snapshot.parts) == 3


def test_a_folder_and_a_glob_bring_every_file_in_one_snapshot(
    fresh: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "exports"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.csv").write_bytes(as_csv([charge("1", BillingAccountId="1")]))
    (folder / "deep/b.csv.gz").write_bytes(
        gzip.compress(as_csv([charge("2", BillingAccountId="2")]))
    )
    (folder / "deep/manifest.json").write_text("{}")
    (folder / "linked.csv").symlink_to(tmp_path / "elsewhere.csv")
    (tmp_path / "elsewhere.csv").write_bytes(as_csv([charge("100")]))
    reports = bring(fresh, folder)
    assert [report.source for report in reports] == ["a.csv", "b.csv.gz"]
    assert len(fresh.snapshots()) == 1
    assert cost(fresh) == 3
    assert {r.status for r in bring(fresh, folder / "**/*.csv*", folder / "a.csv")} == {"unchanged"}


def test_one_bad_file_keeps_out_all_that_come_with_it(fresh: Workspace, tmp_path: Path) -> None:
    (tmp_path / "bills").mkdir()
    (tmp_path / "bills/good.csv").write_bytes(TEXT)
    (tmp_path / "bills/bad.csv").write_bytes(as_csv([charge("x", BillingAccountId="2")]))
    bad, good = bring(fresh, tmp_path / "bills")
    assert (bad.status, good.status) == ("rejected", "rejected")
    assert bad.message.startswith("bad.csv line 2, BilledCost 'x': expected a decimal number")
    assert good.message == "Another file of this import was rejected."
    assert (good.rows, fresh.snapshot()) == (0, None)
    assert not any(name.endswith(".parquet") for name in files_of(fresh))
    assert {(report.source, report.status) for report in imports(fresh)} == {
        ("bad.csv", "rejected"),
        ("good.csv", "rejected"),
    }


def test_a_file_with_too_many_rows_is_refused_even_with_accept_rejects(
    fresh: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "bill.csv").write_bytes(TEXT)
    for accept in (False, True):
        options = Options(max_rows=2, accept_rejects=accept)
        (report,) = bring(fresh, tmp_path / "bill.csv", options=options)
        assert report.status == "rejected"
        assert report.message == (
            "bill.csv: more than 2 rows; raise max_rows in finops.toml if you trust the file."
        )
    assert fresh.snapshot() is None


def test_rows_that_were_left_out_come_in_with_the_corrected_file(
    fresh: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "bill.csv").write_bytes(as_csv(three(ChargeCategory="Refund")))
    bring(fresh, tmp_path / "bill.csv", options=Options(accept_rejects=True))
    assert cost(fresh) == 40
    (tmp_path / "bill.csv").write_bytes(TEXT)
    brought(fresh, tmp_path / "bill.csv")
    assert str(cost(fresh)).rstrip("0") == "60.5"


def test_a_source_that_names_nothing_is_said(fresh: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file there"):
        bring(fresh, tmp_path / "nowhere.csv")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no file there"):
        bring(fresh, tmp_path / "empty")


def test_who_may_only_look_may_not_import(fresh: Workspace, tmp_path: Path) -> None:
    (tmp_path / "bill.csv").write_bytes(TEXT)
    viewer = Actor("eve", frozenset({Role.VIEWER}))
    with pytest.raises(NotAllowed, match="eve may not"):
        ingest.run(fresh, [str(tmp_path / "bill.csv")], actor=viewer, at=AT)
    assert (fresh.snapshot(), imports(fresh)) == (None, ())


def test_the_same_key_does_the_import_once(fresh: Workspace, tmp_path: Path) -> None:
    (tmp_path / "bill.csv").write_bytes(TEXT)
    source = [str(tmp_path / "bill.csv")]
    told = [
        ingest.run(fresh, source, actor=local_actor(), at=AT, key="a-double-click")
        for _ in range(2)
    ]
    assert len({reports[0].snapshot for reports in told}) == 1
    assert len(fresh.snapshots()) == 1


def test_the_progress_is_told_from_first_to_last(fresh: Workspace, tmp_path: Path) -> None:
    (tmp_path / "bill.csv").write_bytes(TEXT)
    told: list[tuple[str, float]] = []
    ingest.run(
        fresh,
        [str(tmp_path / "bill.csv")],
        actor=local_actor(),
        at=AT,
        progress=lambda what, share: told.append((what, share)),
    )
    assert told[-1] == ("publishing", 1.0)
    assert all(0 <= share <= 1 for _, share in told)


def test_the_command_line_says_one_line_and_ends_with_2(
    finops: Callable[..., Answer], tmp_path: Path
) -> None:
    finops("init")
    (tmp_path / "bill.csv").write_bytes(as_csv(three(BilledCost="20,50")))
    answer = finops("import", "--json", str(tmp_path / "bill.csv"))
    assert answer.code == 2
    assert answer.err.strip() == (
        "bill.csv line 3, BilledCost '20,50': expected a decimal number such as 1234.56; "
        "write a point before the decimals, and nothing between thousands. Nothing was imported."
    )
    (report,) = answer.document["imports"]
    assert report["rejected_rows"] == [
        {
            "file": "bill.csv",
            "line": 3,
            "column": "BilledCost",
            "value": "20,50",
            "reason": "expected a decimal number such as 1234.56; "
            "write a point before the decimals, and nothing between thousands",
        }
    ]
    (tmp_path / "whole.csv").write_bytes(as_csv([charge(), charge("5", SubAccountId="3")]))
    assert finops("import", str(tmp_path / "whole.csv")).code == 0
    (tmp_path / "part.csv").write_bytes(as_csv([charge()]))
    answer = finops("import", str(tmp_path / "part.csv"))
    assert answer.code == 2
    assert "sub-account 3 would vanish, BilledCost 5 USD. Use --replace" in answer.err
    assert finops("import", "--replace", str(tmp_path / "part.csv")).code == 0
