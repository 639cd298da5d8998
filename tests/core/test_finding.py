from __future__ import annotations

from finops.core.finding import Finding


def test_a_finding_reads_as_place_value_and_reason() -> None:
    finding = Finding(
        rule="BilledCost",
        reason="is not a number",
        file="may.csv",
        line=7,
        column="BilledCost",
        value="abc",
    )
    assert str(finding) == "may.csv line 7, BilledCost 'abc': is not a number"


def test_a_finding_about_a_whole_file_names_no_line() -> None:
    assert str(Finding(rule="x", reason="is empty", file="may.csv")) == "may.csv: is empty"


def test_a_finding_about_a_missing_column_names_the_column() -> None:
    finding = Finding(rule="x", reason="is missing", file="may.csv", column="BilledCost")
    assert str(finding) == "may.csv, BilledCost: is missing"


def test_a_finding_without_a_place_is_its_reason() -> None:
    assert str(Finding(rule="x", reason="nothing came in")) == "nothing came in"
