from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops

COMPANY = """
name: Example
reporting_currency: USD
teams: [{id: finders, name: Finders}]
dimensions:
  x_Team: {tags: [team], values: {search: finders}}
"""


def test_a_published_organization_moves_cost_and_rewrites_no_charge(
    loaded: Finops, workspace: Path, tmp_path: Path
) -> None:
    file = tmp_path / "company.yaml"
    file.write_text(COMPANY)
    before = sorted((workspace / "charges").rglob("*.parquet"))
    assert loaded("organization", "publish", str(file)).code == 0
    words = ("--by", "team", "--where", "BillingCurrency=USD", "--axis", "billing", "--json")
    document = loaded("query", "--measure", "EffectiveCost", *words).document
    found = {row["team"]: Decimal(row["EffectiveCost"]) for row in document["rows"]}
    assert found == {"finders": Decimal("951.5"), "UNALLOCATED": Decimal("724.3")}
    assert sorted((workspace / "charges").rglob("*.parquet")) == before


def test_what_is_exported_can_be_published(loaded: Finops, tmp_path: Path) -> None:
    file = tmp_path / "company.yaml"
    file.write_text(loaded("organization", "export").out)
    assert loaded("organization", "publish", str(file)).code == 0


def test_a_slip_is_named_by_its_path(loaded: Finops, tmp_path: Path) -> None:
    file = tmp_path / "company.yaml"
    file.write_text("teams: [{id: a, name: A, boss: b}]")
    answer = loaded("organization", "publish", str(file))
    assert answer.code == 2
    assert "teams[0]" in answer.err
