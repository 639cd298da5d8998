"""A seal says all that a month was; the same month, however often sealed, has the same one."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from typing import TYPE_CHECKING

import pytest

from finops.invoicing.seal import seal
from finops.records import audit
from finops.records.closings import closings
from finops.records.closings import steps
from tests.invoicing import closable
from tests.invoicing.bill import bring
from tests.invoicing.bill import MONTH

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace


@pytest.fixture
def closed(opened: Workspace, tmp_path: Path) -> Workspace:
    closable.prepare(opened, tmp_path / "april.csv")
    closable.shut(opened)
    return opened


def body(workspace: Workspace, place: int = -1) -> dict[str, Any]:
    with workspace.store.reading() as session:
        rows = [row for row in steps(session) if row.body]
    assert hashlib.sha256(rows[place].body.encode()).hexdigest() == rows[place].seal
    found: dict[str, Any] = json.loads(rows[place].body)
    return found


def test_it_says_what_the_month_was(closed: Workspace) -> None:
    found = body(closed)
    costs = ["30", "30", "30", "30"]
    assert found["totals"][""] == [[None, "USD", 2, costs]]
    assert found["totals"]["ServiceName"] == [
        ["Disk", "USD", 1, ["20"] * 4],
        ["VM", "USD", 1, ["10"] * 4],
    ]
    assert found["totals"]["x_Team"] == [["search", "USD", 2, costs]]
    (source,) = found["sources"]
    assert (source["rows"], source["sums"]["USD"]["BilledCost"]) == (2, "30")
    assert (found["requested_by"], found["approved_by"]) == ("Ann", "Bob")
    assert found["invoices"][0]["status"] == "MATCHED"


def test_a_source_is_named_by_the_sha256_of_its_file(closed: Workspace) -> None:
    (source,) = body(closed)["sources"]
    files = list(closed.root.glob("charges/x_*/**/*.parquet"))
    assert [hashlib.sha256(file.read_bytes()).hexdigest() for file in files] == [source["sha256"]]


def test_it_holds_the_audit_s_head_at_the_approval(closed: Workspace) -> None:
    head = body(closed)["audit"]
    with closed.store.reading() as session:
        (approved,) = [row for row in steps(session) if row.event == "approved"]
        assert audit.at(session, approved.revision) == (head["sequence"], head["hash"])
        assert head["sequence"] == approved.revision


def test_what_comes_later_does_not_change_it(closed: Workspace, tmp_path: Path) -> None:
    with closed.store.reading() as session:
        (now,) = closings(session)
        (approved,) = [row for row in steps(session) if row.event == "approved"]
    then = now._replace(revision=approved.revision, at=approved.at, seal="")
    assert seal(closed, then).seal == now.seal
    bring(closed, tmp_path / "other.csv", [closable.charge("5", BillingAccountId="2")])
    assert seal(closed, then).seal == now.seal


def test_each_seal_names_the_one_before_it(closed: Workspace, tmp_path: Path) -> None:
    closable.prepare(closed, tmp_path / "may.csv", "2026-05")
    first = closable.look(closed).seal
    closable.shut(closed, "2026-05")
    found = body(closed)
    assert (found["month"], found["previous"], found["replaces"]) == ("2026-05", first, "")
    assert body(closed, 0)["month"] == MONTH


def test_another_amount_is_another_seal(opened: Workspace, tmp_path: Path) -> None:
    closable.prepare(opened, tmp_path / "april.csv")
    closable.prepare(opened, tmp_path / "may.csv", "2026-05")
    closable.shut(opened)
    closable.shut(opened, "2026-05")
    assert body(opened, 0)["figures"] != body(opened, 1)["figures"]
