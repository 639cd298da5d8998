"""`finops clusters` as people and scripts call it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops

RULES = """
pools:
  - id: apollo
    name: Apollo cluster
    when: {x_Team: platform}
    method: metric
    metric: namespace cost
    product: apollo
    segments: {train: ml}
"""
OPENCOST = """Date,Namespace,Pod,TotalCost
2026-04-01,search,web-1,4
2026-04-01,search,web-2,2
2026-04-01,train,train-1,2
2026-04-01,__idle__,,1
"""


@pytest.fixture
def shop(finops: Finops, shared: Path, tmp_path: Path) -> Finops:
    """The little bill with its rate, and a pool that is a cluster."""
    (tmp_path / "rules.yaml").write_text(RULES)
    (tmp_path / "opencost.csv").write_text(OPENCOST)
    for words in (
        ("init",),
        ("import", str(shared / "mini" / "mini_focus_2026-04.csv")),
        ("rates", "add", str(shared / "mini" / "mini_fx.csv")),
        ("rules", "publish", str(tmp_path / "rules.yaml"), "--reason", "agreed"),
    ):
        assert finops(*words).code == 0
    return finops


def test_namespaces_and_idle_add_up_to_what_the_cluster_cost(shop: Finops, tmp_path: Path) -> None:
    """95.00 of platform by 6, 2 and 1 of 9."""
    (before,) = shop("clusters", "--json").document["clusters"]
    assert (before["source"], before["namespaces"]) == (None, [])
    added = shop("clusters", "add", str(tmp_path / "opencost.csv"), "--cluster", "apollo", "--json")
    assert (added.document["status"], added.document["added"]) == ("committed", 3)
    told = shop("clusters", "--period", "2026-04", "--json").document
    assert (told["period"], told["basis"], told["rules_version"]) == ("2026-04", "EffectiveCost", 1)
    (one,) = told["clusters"]
    assert one["source"] == "OpenCost"
    assert [tuple(line.values()) for line in one["namespaces"]] == [
        ("search", "search", "6", "63.33"),
        ("train", "ml", "2", "21.11"),
    ]
    amounts = [Decimal(line["amount"]) for line in one["namespaces"]]
    assert sum(amounts) + Decimal(one["idle"]) == Decimal(one["cost"]) == 95
    said = shop("clusters").out
    assert "Apollo cluster: 95.00 USD; told by OpenCost." in said
    assert "(idle)" in said


def test_without_a_cluster_it_says_how_to_name_one(loaded: Finops, shared: Path) -> None:
    assert loaded("rates", "add", str(shared / "mini" / "mini_fx.csv")).code == 0
    assert "No pool is a cluster yet." in loaded("clusters").out


def test_a_file_that_names_no_cluster_is_refused(shop: Finops, tmp_path: Path) -> None:
    answer = shop("clusters", "add", str(tmp_path / "opencost.csv"))
    assert answer.code == 2
    assert "Name it with --cluster NAME." in answer.err
