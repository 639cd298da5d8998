from __future__ import annotations

import re
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.dataset.deliveries import slug
from finops.ingestion import ingest
from tests.faults import bill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.dataset import Snapshot
    from finops.ingestion.report import ImportReport

NAME = st.text(max_size=60)


@given(one=st.tuples(NAME, NAME), other=st.tuples(NAME, NAME))
def test_two_sources_never_share_a_folder(one: tuple[str, str], other: tuple[str, str]) -> None:
    """Nor do `("a", "bc")` and `("ab", "c")`, nor two names that look alike."""
    assert (slug(*one) == slug(*other)) == (one == other)


@given(issuer=NAME, account=NAME)
def test_a_source_is_a_safe_name_of_a_folder(issuer: str, account: str) -> None:
    found = slug(issuer, account)
    assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*", found)
    assert len(found) <= 100


def test_a_source_can_be_read_by_people() -> None:
    assert slug("Amazon Web Services, Inc.", "1111").startswith("amazon-web-services-inc.1111.")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path / "workspace")
    yield made
    made.close()


def bring(workspace: Workspace, *files: Path) -> tuple[tuple[ImportReport, ...], Snapshot]:
    at = datetime(2026, 5, 2, tzinfo=UTC)
    names = [str(file) for file in files]
    reports = ingest.run(workspace, names, actor=local_actor(), at=at)
    snapshot = workspace.snapshot()
    assert snapshot is not None
    return reports, snapshot


def test_a_file_is_parted_by_issuer_account_and_month(workspace: Workspace, tmp_path: Path) -> None:
    """A provider's month may begin up to 14 hours from midnight UTC."""
    months = (
        ("2026-03-31T10:00:00Z", "2026-04"),
        ("2026-03-31T09:59:59Z", "2026-03"),
        ("2026-04-30T09:00:00+00:00", "2026-04"),
    )
    charges = [
        bill.costing(str(2**place), BillingPeriodStart=start, BillingAccountId=account)
        for place, (start, account) in enumerate(
            (start, account) for start, _ in months for account in ("a", "b")
        )
    ]
    _, snapshot = bring(workspace, bill.write(tmp_path / "a.csv", charges))
    found = {(p.account, p.month): dict(p.sums[0].amounts)["BilledCost"] for p in snapshot.parts}
    assert found == {
        ("a", "2026-04"): 1 + 16,
        ("b", "2026-04"): 2 + 32,
        ("a", "2026-03"): 4,
        ("b", "2026-03"): 8,
    }


def test_the_digest_of_a_delivery_does_not_know_the_order_of_its_rows(
    workspace: Workspace, tmp_path: Path
) -> None:
    charges = [bill.costing(f"{number}.01") for number in range(20)]
    bring(workspace, bill.write(tmp_path / "a.csv", charges))
    reports, snapshot = bring(workspace, bill.write(tmp_path / "b.csv", charges[::-1]))
    assert reports[0].status == "unchanged"
    assert snapshot.number == 1


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("BilledCost", "1.000000000000000001"),
        ("ResourceId", "r-2"),
        ("ChargeClass", "Correction"),
        ("Tags", '{"team": "b"}'),
        ("ChargePeriodStart", "2026-04-01T00:00:01Z"),
    ],
)
def test_the_digest_of_a_delivery_knows_every_value(
    workspace: Workspace, tmp_path: Path, column: str, value: str
) -> None:
    bring(workspace, bill.write(tmp_path / "a.csv", [bill.costing("1"), bill.costing("2")]))
    other = [{**bill.costing("1"), column: value}, bill.costing("2")]
    reports, _ = bring(workspace, bill.write(tmp_path / "b.csv", other))
    assert reports[0].status == "committed"


def test_equal_rows_within_a_delivery_are_all_kept(workspace: Workspace, tmp_path: Path) -> None:
    reports, _ = bring(workspace, bill.write(tmp_path / "a.csv", [bill.costing("3")] * 4))
    assert reports[0].rows == 4
    assert dict(reports[0].sums[0].amounts)["BilledCost"] == 12
    again, _ = bring(workspace, bill.write(tmp_path / "b.csv", [bill.costing("3")] * 5))
    assert again[0].status == "committed"
