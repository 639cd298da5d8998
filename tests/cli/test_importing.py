from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops


def test_a_bill_is_told_with_its_rows_sums_and_snapshot(finops: Finops, mini: Path) -> None:
    finops("init")
    answer = finops("import", str(mini), "--json")
    (report,) = answer.document["imports"]
    assert answer.code == 0
    assert report["status"] == "committed"
    assert report["focus_version"] == "1.2"
    assert report["rows"] == 17
    assert report["billing_periods"] == ["2026-04"]
    assert report["rejected_rows"] == []
    sums = report["sums_by_currency"]
    assert Decimal(sums["USD"]["BilledCost"]) == Decimal("1675.8")
    assert Decimal(sums["EUR"]["BilledCost"]) == 4118
    assert report["snapshot"].startswith("1-")


def test_amounts_in_two_currencies_are_never_one_sum(finops: Finops, mini: Path) -> None:
    finops("init")
    (report,) = finops("import", str(mini), "--json").document["imports"]
    assert report["sums"] == {}


def test_the_same_bill_again_changes_nothing_and_says_so(loaded: Finops, mini: Path) -> None:
    answer = loaded("import", str(mini), "--json")
    (report,) = answer.document["imports"]
    assert answer.code == 0
    assert report["status"] == "unchanged"
    assert "already imported as" in report["message"]
    assert report["snapshot"].startswith("1-")


def test_a_rejected_bill_ends_with_2_and_one_line_that_names_the_value(
    finops: Finops, mini: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(
        mini.read_text().replace("AWS Credits", "AWS Credits").replace(",-50,", ",-5O,", 1)
    )
    finops("init")
    answer = finops("import", str(bad))
    assert answer.code == 2
    assert answer.err.count("\n") == 1
    assert "bad.csv line 9, BilledCost '-5O'" in answer.err
    assert finops("query", "--measure", "BilledCost").code == 2


def test_rejected_rows_can_be_left_out_on_the_record(
    finops: Finops, mini: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(mini.read_text().replace(",-50,", ",-5O,", 1))
    finops("init")
    (report,) = finops("import", str(bad), "--accept-rejects", "--json").document["imports"]
    assert report["status"] == "committed"
    assert report["rows"] == 16
    assert report["left_out"]["rows"] == 1


def test_what_would_vanish_is_told_with_its_amount(
    loaded: Finops, mini: Path, tmp_path: Path
) -> None:
    part = tmp_path / "part.csv"
    part.write_text("".join(mini.read_text().splitlines(keepends=True)[:8]))
    answer = loaded("import", str(part))
    assert answer.code == 2
    assert "2026-03-01 would vanish, BilledCost -34.2 USD" in answer.err
    assert "--replace" in answer.err
    assert loaded("import", str(part), "--add").code == 0


def test_replace_and_add_exclude_each_other(loaded: Finops, mini: Path) -> None:
    answer = loaded("import", str(mini), "--replace", "--add")
    assert answer.code == 2
    assert "exclude each other" in answer.err


def test_a_format_that_is_not_read_is_named(loaded: Finops, mini: Path) -> None:
    answer = loaded("import", str(mini), "--format", "qif")
    assert answer.code == 2
    assert "'qif'" in answer.err


def test_a_source_that_is_not_there_is_named(finops: Finops) -> None:
    finops("init")
    answer = finops("import", "nowhere.csv")
    assert answer.code == 2
    assert "nowhere.csv: no file there" in answer.err


def test_people_see_a_table(finops: Finops, mini: Path) -> None:
    finops("init")
    answer = finops("import", str(mini))
    assert "committed" in answer.out
    assert "Snapshot 1-" in answer.out
