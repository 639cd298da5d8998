"""`finops allocate` as people and scripts call it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Answer

    Finops = Callable[..., Answer]

POOLS = """
pools:
  - id: platform
    name: Shared platform
    when: {x_Team: platform}
    method: metric
    metric: api calls
    fallback: even
"""


@pytest.fixture
def shop(finops: Finops, shared: Path, tmp_path: Path) -> Finops:
    """The little bill with its rate, and a pool."""
    (tmp_path / "rules.yaml").write_text(POOLS)
    for words in (
        ("init",),
        ("import", str(shared / "mini" / "mini_focus_2026-04.csv")),
        ("rates", "add", str(shared / "mini" / "mini_fx.csv")),
        ("rules", "publish", str(tmp_path / "rules.yaml"), "--reason", "agreed"),
    ):
        assert finops(*words).code == 0
    return finops


def test_the_document_adds_up_to_the_charges(shop: Finops) -> None:
    told = shop("allocate", "--period", "2026-04", "--json").document
    assert (told["period"], told["basis"], told["rules_version"]) == ("2026-04", "EffectiveCost", 1)
    (found,) = told["allocations"]
    totals = [Decimal(team["total"]) for team in found["teams"]]
    assert sum(totals) == Decimal(found["charges"])
    assert found["difference"] == "0"
    assert found["teams"][-1]["team"] == "UNALLOCATED"
    search = next(team for team in found["teams"] if team["team"] == "search")
    assert search["shared"] == [{"pool": "platform", "amount": "31.66"}]
    (pool,) = found["pools"]
    assert (pool["asked"], pool["method"]) == ("metric", "even")
    assert pool["why"] == "there is no figure of api calls, so even instead"
    assert pool["contra"] == [{"team": "platform", "amount": "-95"}]
    assert [one["method"] for one in pool["methods"]] == ["even", "proportional", "metric"]


def test_people_get_a_table_with_the_pools_below_it(shop: Finops) -> None:
    told = " ".join(shop("allocate", "--period", "2026-04").out.split())
    assert "2026-04: 2,554.80 USD; 75.3 % has a team; 95.00 USD shared by 1 pool" in told
    assert "Shared platform: 95.00 USD, shared even. There is no figure of api calls" in told
    assert "UNALLOCATED" in told


def test_each_currency_may_be_told_as_billed(shop: Finops) -> None:
    told = shop("allocate", "--basis", "billed", "--currency", "billing", "--json").document
    amounts = {one["currency"]: one["charges"] for one in told["allocations"]}
    assert amounts == {"EUR": "4118", "USD": "1675.8"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--basis", "list"), "There is no basis 'list'. Bases: effective, billed."),
        (("--period", "April"), "'April' is not a billing period."),
    ],
)
def test_wrong_words_are_told(shop: Finops, words: tuple[str, ...], said: str) -> None:
    answer = shop("allocate", *words)
    assert answer.code == 2
    assert said in answer.err
