"""OpenCost's csv: added up to namespaces and days, refused where a line cannot be right."""

from __future__ import annotations

from datetime import date
from datetime import datetime
from datetime import UTC
from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.errors import InputError
from finops.errors import UsageError
from finops.ingestion.metric_gaps import series
from finops.ingestion.metrics import Grain
from finops.ingestion.metrics import metrics_of
from finops.ingestion.opencost import bring_opencost

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace

WHO: dict[str, Any] = {
    "actor": local_actor("ana"),
    "at": datetime(2026, 11, 2, tzinfo=UTC),
    "origin": "cli",
}
HEAD = (
    "Date,Namespace,ControllerKind,ControllerName,Pod,Container,Labels,CPUCoreUsageAverage,"
    "CPUCost,RAMCost,TotalCost\n"
)
BILL = f"""{HEAD}\
2026-10-01,shop,deployment,web,web-1,app,"{{""app"":""web""}}",0.5,1.25,0.5,1.7500000000000000001
2026-10-01,shop,deployment,web,web-2,app,,0.25,0.5,0.25,7.5e-1
2026-10-01,ranking,job,train,train-1,main,,4,2,1,3
2026-10-01,__idle__,,,,,,0,1,1,2
2026-10-02,shop,deployment,web,web-1,app,,0.5,1,0.5,1.5
"""


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path / "workspace")
    yield made
    made.close()


def bring(workspace: Workspace, path: Path, text: str, cluster: str = "apollo") -> object:
    path.write_text(text)
    return bring_opencost(workspace, path, cluster=cluster, who=WHO)


def test_pods_are_added_up_to_what_their_namespaces_used_each_day(
    empty: Workspace, tmp_path: Path
) -> None:
    bring(empty, tmp_path / "opencost.csv", BILL)
    found = metrics_of(empty, None)
    assert {(one.product, one.unit, one.source) for one in found} == {
        ("apollo", "namespace cost", "OpenCost")
    }
    assert {(one.day.day, one.segment): one.amount for one in found} == {
        (1, "__idle__"): 2,
        (1, "ranking"): 3,
        (1, "shop"): Decimal("2.5"),
        (2, "shop"): Decimal("1.5"),
    }


def test_an_export_by_month_has_no_gaps_between_its_first_days(
    empty: Workspace, tmp_path: Path
) -> None:
    lines = [f"2026-{month}-01,shop,,,,,,0,1,1,2\n" for month in ("09", "10")]
    bring(empty, tmp_path / "opencost.csv", HEAD + "".join(lines))
    (found,) = series(metrics_of(empty, empty.snapshot()), until=date(2026, 11, 1))
    assert (found.grain, found.missing) == (Grain.MONTH, ())


def test_the_same_file_again_adds_nothing_and_a_longer_one_its_new_days(
    empty: Workspace, tmp_path: Path
) -> None:
    """OpenCost adds to one file day after day."""
    bring(empty, tmp_path / "opencost.csv", BILL)
    again: Any = bring(empty, tmp_path / "opencost.csv", BILL)
    assert again.status == "unchanged"
    longer: Any = bring(empty, tmp_path / "opencost.csv", f"{BILL}2026-10-03,shop,,,,,,1,1,1,4\n")
    assert (longer.added, longer.replaced, longer.unchanged) == (1, 0, 4)
    assert metrics_of(empty, None)[-1].day == date(2026, 10, 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{HEAD}2026-10-01,,,,,,,,,,1\n", "line 2, Namespace '': expected a value"),
        (f"{HEAD}2026-10-01,shop,,,,,,,,,-1\n", "TotalCost '-1': expected a number of 0 or more"),
        (f"{HEAD}2026-10-01,shop,,,,,,,,,NaN\n", "TotalCost 'NaN': expected a number"),
        (f"{HEAD}10/01/2026,shop,,,,,,,,,1\n", "Date '10/01/2026': expected a day"),
        (
            f"{HEAD}2026-10-01,shop,,,web-1,,,,,,1\n2026-10-01,shop,,,web-1,,,,,,1\n",
            "line 3, Date '2026-10-01': expected each pod once; line 2 has it too",
        ),
        ("Date,Namespace\n2026-10-01,shop\n", "the column TotalCost is missing"),
    ],
)
def test_a_line_that_cannot_be_right_is_named_and_nothing_is_taken(
    empty: Workspace, tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        bring(empty, tmp_path / "opencost.csv", text)
    assert metrics_of(empty, None) == ()


def test_the_cluster_is_named_by_the_file_or_by_whoever_brings_it(
    empty: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="does not say which cluster") as refused:
        bring(empty, tmp_path / "opencost.csv", BILL, cluster="")
    assert refused.value.remedy == "Name it with --cluster NAME."
    named = "Date,Cluster,Namespace,TotalCost\n2026-10-01,juno,shop,1\n"
    bring(empty, tmp_path / "juno.csv", named, cluster="")
    assert [one.product for one in metrics_of(empty, None)] == ["juno"]
