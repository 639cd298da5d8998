from __future__ import annotations

import hashlib
from collections import defaultdict
from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

from tests.demo.conftest import make

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.demo.conftest import Made

COSTS = ("BilledCost", "EffectiveCost", "ListCost", "ContractedCost")
COLUMNS = {
    "providers": "ProviderName",
    "services": "ServiceName",
    "charge_categories": "ChargeCategory",
    "sub_accounts": "SubAccountId",
}
PLANNED = ("organization", "rules", "budgets", "events")
"""What the company says of itself, whatever the seed."""

AXES = {"billing": "BillingPeriodStart", "charge": "ChargePeriodStart"}


def digest(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def sums(rows: Iterable[dict[str, Any]], axis: str, column: str) -> dict[Any, list[Any]]:
    """Charges and the four costs by month, currency and a column, as the files say."""
    found: dict[Any, list[Any]] = defaultdict(lambda: [0, *(Decimal(0) for _ in COSTS)])
    for row in rows:
        entry = found[f"{row[AXES[axis]]:%Y-%m}", row["BillingCurrency"], row[column]]
        entry[0] += 1
        for place, cost in enumerate(COSTS, 1):
            entry[place] += row[cost]
    return found


def told(made: Made, subject: str, axis: str) -> dict[Any, list[Any]]:
    """The same, as truth.json says."""
    found = {}
    for fact in made.facts(subject, axis=axis, currency="billing"):
        by = fact["question"]["by"][0]
        for row in fact["answer"]["rows"]:
            key = (fact["question"]["period"], row["BillingCurrency"], row[by])
            found[key] = [int(row["Charges"]), *(Decimal(row[cost]) for cost in COSTS)]
    return found


def test_the_files_add_up_to_the_truth_to_the_last_digit(three_seeds: Made) -> None:
    for subject, column in COLUMNS.items():
        for axis in AXES:
            assert sums(three_seeds.rows, axis, column) == told(three_seeds, subject, axis)


def test_corrections_part_the_two_axes(year: Made) -> None:
    assert sums(year.rows, "billing", "ProviderName") == told(year, "providers", "billing")
    assert sums(year.rows, "charge", "ProviderName") == told(year, "providers", "charge")
    assert told(year, "providers", "billing") != told(year, "providers", "charge")


def test_every_breakdown_adds_up_to_the_same_total(three_seeds: Made) -> None:
    breakdowns = ("providers", "teams", "products", "environments", "cost_centers", "services")
    totals = []
    for subject in breakdowns:
        found: dict[Any, list[Any]] = {}
        for (period, currency, _), entry in told(three_seeds, subject, "charge").items():
            known = found.setdefault((period, currency), [0] * 5)
            found[period, currency] = [a + b for a, b in zip(known, entry, strict=True)]
        totals.append(found)
    assert all(found == totals[0] for found in totals)


def test_the_same_day_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    one, two, other = (
        digest(make(tmp_path / name, seed, 1).folder)
        for name, seed in (("one", 5), ("two", 5), ("other", 6))
    )
    assert one == two
    assert set(one) == set(other)
    assert all(one[name] != other[name] for name in one if not name.startswith(PLANNED))


def test_a_month_reads_the_same_however_many_are_written(tmp_path: Path) -> None:
    one = digest(make(tmp_path / "one", 5, 1).folder)
    two = digest(make(tmp_path / "two", 5, 2).folder)
    bills = {name for name in one if name.startswith("charges")}
    assert {one[name] for name in bills} == {two[name] for name in bills}


def test_the_company_has_the_size_that_was_asked_for(year: Made) -> None:
    last = [row for row in year.rows if f"{row['BillingPeriodStart']:%Y-%m}" == "2026-10"]
    assert 14_000 < len(last) < 22_000
    assert {row["ProviderName"]: row["BillingCurrency"] for row in last} == {
        "AWS": "USD",
        "Microsoft": "EUR",
        "Google Cloud": "USD",
    }
    fact = year.facts("providers", axis="charge", period="2026-10", currency="USD")[0]
    assert 1_050_000 < Decimal(fact["answer"]["total"]["EffectiveCost"]) < 1_350_000


def test_months_end_with_the_last_complete_one(year: Made) -> None:
    files = sorted(path.stem for path in (year.folder / "charges" / "aws").iterdir())
    assert files == year.truth["periods"]
    assert (files[0], files[-1]) == ("2025-11", "2026-10")


def test_a_deliberate_part_of_the_spend_is_nobodys(three_seeds: Made) -> None:
    for fact in three_seeds.facts("teams", axis="charge", currency="USD")[-2:]:
        total = Decimal(fact["answer"]["total"]["EffectiveCost"])
        rows = fact["answer"]["rows"]
        nobody = next(row for row in rows if row["x_Team"] == "UNALLOCATED")
        assert Decimal("0.05") < Decimal(nobody["EffectiveCost"]) / total < Decimal("0.10")


def test_nothing_but_the_product_of_the_generator_is_written(three_seeds: Made) -> None:
    names = {path.name for path in three_seeds.folder.iterdir()}
    told = {"invoices.csv", "rates.csv", "metrics.csv", "budgets.csv", "events.csv", "opencost.csv"}
    files = {"charges", "late", "organization.yaml", "rules.yaml", "truth.json"}
    seen = {"inventory.json", "resource-metrics.csv"}
    assert names == told | files | seen
