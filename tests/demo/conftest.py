"""The demo company, made once for all tests of this folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pytest
import yaml
from pyarrow import dataset
from pyarrow import parquet

from finops.demo import generate
from tests.lanes import thorough

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from pathlib import Path

TODAY = date(2026, 11, 21)
PERIOD = ("BillingPeriodStart", "BillingPeriodEnd")

UNREAD = {
    *("BillingAccountName", "BillingAccountType", "CapacityReservationId", "ChargeDescription"),
    *("CapacityReservationStatus", "CommitmentDiscountType", "CommitmentDiscountUnit"),
    *("PricingCurrency", "PricingCurrencyContractedUnitPrice", "PricingCurrencyEffectiveCost"),
    *("PricingCurrencyListUnitPrice", "RegionId", "RegionName", "ResourceType"),
    *("AvailabilityZone", "ServiceCategory", "ServiceSubcategory", "SkuMeter", "SkuPriceDetails"),
}
"""Columns that no test reads row by row."""


@dataclass(frozen=True)
class Made:
    """A folder that the generator wrote, and what is in it."""

    folder: Path

    @cached_property
    def charges(self) -> pa.Table:
        """All charges: those of the bills, and what came late as the open month takes it."""
        bills = dataset.dataset(self.folder / "charges", format="parquet").to_table()
        return pa.concat_tables([bills, *self._late(bills)], promote_options="permissive")

    def _late(self, bills: pa.Table) -> Iterator[pa.Table]:
        """What a later bill of a closed month has beyond the first one, billed in the last."""
        last = [pc.max(bills[name]) for name in PERIOD]
        for path in sorted((self.folder / "late").rglob("*.parquet")):
            first = self.folder / "charges" / path.relative_to(self.folder / "late")
            late = parquet.read_table(path).slice(parquet.read_metadata(first).num_rows)
            for name, value in zip(PERIOD, last, strict=True):
                place = late.column_names.index(name)
                late = late.set_column(place, name, pa.array([value] * len(late), value.type))
            yield late.cast(bills.schema)

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        names = [name for name in self.charges.column_names if name not in UNREAD]
        columns = [shared(self.charges[name]) for name in names]
        return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]

    @property
    def delivered(self) -> list[dict[str, Any]]:
        """The rows of the bills as each was delivered first."""
        files = (self.folder / "charges").rglob("*.parquet")
        return self.rows[: sum(parquet.read_metadata(path).num_rows for path in files)]

    @cached_property
    def truth(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "truth.json").read_text("utf-8"))
        return found

    @cached_property
    def organization(self) -> dict[str, Any]:
        text = (self.folder / "organization.yaml").read_text("utf-8")
        found: dict[str, Any] = yaml.safe_load(text)
        return found

    @cached_property
    def rules(self) -> list[dict[str, Any]]:
        found: dict[str, Any] = yaml.safe_load((self.folder / "rules.yaml").read_text("utf-8"))
        return list(found["rules"])

    def facts(self, subject: str, **question: object) -> list[dict[str, Any]]:
        """The facts of a subject whose question has these fields."""
        return [
            fact
            for fact in self.truth["facts"][subject]
            if question.items() <= fact["question"].items()
        ]


def shared(column: pa.ChunkedArray) -> list[Any]:
    """The values of a column; equal ones are one object, to be kind to memory."""
    words = column.combine_chunks().dictionary_encode()
    values = [*words.dictionary.to_pylist(), None]
    return [values[-1 if place is None else place] for place in words.indices.to_pylist()]


def make(folder: Path, seed: int, months: int) -> Made:
    generate(folder, today=TODAY, seed=seed, months=months)
    return Made(folder)


@pytest.fixture(scope="session", params=thorough((1, 20260713, 99)))
def three_seeds(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The last two months, as three seeds tell them."""
    return make(tmp_path_factory.mktemp("demo"), request.param, 2)


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The last twelve months of seed 1: purchases, renewals, refunds and a credit."""
    return make(tmp_path_factory.mktemp("demo"), 1, 12)


def total(numbers: Iterable[Decimal]) -> Decimal:
    """Add decimals without rounding."""
    return sum(numbers, Decimal(0))
