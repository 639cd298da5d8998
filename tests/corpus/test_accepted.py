"""A file that is only unusual is taken, and what is in it is read as it is meant."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlglot import exp

from finops.ingestion.history import imports
from finops.measures import ask
from finops.measures import Query
from tests.corpus import as_csv
from tests.corpus import charge
from tests.corpus import three
from tests.corpus.accepted import ACCEPTED
from tests.corpus.accepted import Accepted
from tests.corpus.accepted import UNREADABLE_TAGS
from tests.corpus.workspaces import brought

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace


@pytest.mark.parametrize("case", ACCEPTED, ids=[case.name for case in ACCEPTED])
def test_an_unusual_file_is_taken_to_the_last_digit(
    case: Accepted, fresh: Workspace, tmp_path: Path
) -> None:
    (tmp_path / case.file).write_bytes(case.content)
    report = brought(fresh, tmp_path / case.file)
    ((_, billed), *_) = report.sums[0].amounts
    assert (report.rows, billed) == (3, Decimal(case.cost))
    assert sum(amount for name, amount in report.beyond if name == "BilledCost") == Decimal(
        case.beyond
    )
    assert (report.rejected_rows, report.left_out_rows) == ((), 0)
    assert [(found.reason, found.count) for found in report.findings] == (
        [(case.remark, 1)] if case.remark else []
    )
    assert imports(fresh)[0].sums == report.sums


def rows(workspace: Workspace, dimension: str) -> dict[object, Decimal]:
    """Billed cost by a dimension, as the command line and the pages ask for it."""
    answer = ask(workspace.dataset(), Query(measures=("BilledCost",), by=(dimension,)))
    return {row[0]: Decimal(str(row[-1])) for row in answer.rows}


def test_values_in_other_cases_are_read_as_focus_writes_them(
    fresh: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "bill.csv").write_bytes(as_csv(three(ChargeFrequency="usage-based")))
    brought(fresh, tmp_path / "bill.csv")
    assert rows(fresh, "ChargeFrequency") == {"Usage-Based": Decimal("60.5")}


def test_columns_beyond_focus_are_kept_and_can_be_asked_for(
    fresh: Workspace, tmp_path: Path
) -> None:
    bill = [charge(x_Foo="first", Id="1"), charge("20.50", x_Foo="second", Id="2")]
    (tmp_path / "bill.csv").write_bytes(as_csv(bill))
    brought(fresh, tmp_path / "bill.csv")
    assert rows(fresh, "x_Foo") == {"first": Decimal(10), "second": Decimal("20.5")}


def test_tags_that_are_no_pairs_are_kept_as_delivered_and_counted(
    fresh: Workspace, tmp_path: Path
) -> None:
    strange = ['{"team":"a","team":"b"}', "[]", '"team": "search"']
    bill = [charge(Tags=text) for text in strange] + [charge("5", Tags='{"team": "ml"}')]
    (tmp_path / "bill.csv").write_bytes(as_csv(bill))
    report = brought(fresh, tmp_path / "bill.csv")
    (found,) = report.findings
    assert (found.column, found.count, found.reason) == ("Tags", 3, UNREADABLE_TAGS)
    assert rows(fresh, "tag:team") == {None: Decimal(30), "ml": Decimal(5)}
    kept = fresh.dataset().select(exp.select("x_TagsAsDelivered").from_("lines")).rows
    assert {row[0] for row in kept} == {None, *strange}


def test_null_is_no_text_and_an_absent_column_is_no_null(fresh: Workspace, tmp_path: Path) -> None:
    (tmp_path / "bill.csv").write_bytes(as_csv(three(ServiceName="NULL", ListCost="null")))
    report = brought(fresh, tmp_path / "bill.csv")
    assert rows(fresh, "ServiceName") == {None: Decimal("20.5"), "Amazon EC2": Decimal(40)}
    assert "CommitmentDiscountId" in report.absent_columns
    assert "ListCost" not in report.absent_columns
    answer = ask(fresh.dataset(), Query(measures=("ListCost",)))
    assert answer.receipt.unknown == (("ListCost", 1),)
