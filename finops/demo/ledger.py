"""The demo company's own ledger: what was written, added up in whole numbers as it was made.

It knows each charge's owner by design of the resource, not from tags, and never reads a file.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from dataclasses import field
from typing import NamedTuple
from typing import TYPE_CHECKING

import numpy as np

from finops.demo.book import UNALLOCATED
from finops.demo.seasons import ordinal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from finops.core.period import BillingPeriod
    from finops.demo.book import Book
    from finops.demo.company import Company
    from finops.demo.seasons import Month

AMOUNTS = {
    "BilledCost": "billed",
    "EffectiveCost": "effective",
    "ListCost": "listed",
    "ContractedCost": "contracted",
    "ConsumedQuantity": "quantity",
}
_HALF = 10**6


class Key(NamedTuple):
    """What a sum is of: a subject and its label, on one axis, in one month and currency."""

    subject: str
    axis: str
    period: BillingPeriod
    currency: str
    label: str


@dataclass
class Sums:
    """How many charges, and their amounts in 1e-12."""

    charges: int = 0
    amounts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(AMOUNTS, 0))


class Labels(NamedTuple):
    """The label of each charge under one subject; charges with a negative place are left out."""

    names: list[str]
    places: NDArray[np.int64]


@dataclass
class Ledger:
    """Sums by subject, axis, month, currency and label, and which resources were charged."""

    company: Company
    book: Book
    sums: dict[Key, Sums] = field(default_factory=lambda: defaultdict(Sums))
    resources: dict[Key, set[int]] = field(default_factory=lambda: defaultdict(set))

    def record(self, rows: NDArray[np.void], provider: str, month: Month) -> None:
        """Add the charges of one file."""
        currency = self.company.providers[provider].currency
        subjects = dict(self._subjects(rows))
        for axis, period, chosen in _periods(rows, month):
            part = rows[chosen]
            for subject, labels in subjects.items():
                places = labels.places[chosen]
                known = places >= 0
                self._add(
                    Key(subject, axis, period, currency, ""),
                    part[known],
                    Labels(labels.names, places[known]),
                )
            used = np.unique(part["resource"][part["resource"] >= 0])
            self.resources[Key("resources", axis, period, currency, provider)].update(used.tolist())

    def _add(self, key: Key, rows: NDArray[np.void], labels: Labels) -> None:
        counts = np.bincount(labels.places, minlength=len(labels.names))
        amounts = {name: _totals(rows[column], labels) for name, column in AMOUNTS.items()}
        for place in np.flatnonzero(counts).tolist():
            sums = self.sums[key._replace(label=labels.names[place])]
            sums.charges += int(counts[place])
            for name in AMOUNTS:
                sums.amounts[name] += amounts[name][place]

    def _subjects(self, rows: NDArray[np.void]) -> Iterator[tuple[str, Labels]]:
        """Every way in which charges are added up. Further subjects are further lines here."""
        owners = self.book.owners.values
        for dimension, values in (
            ("x_Team", [owner.team for owner in owners]),
            ("x_Product", [owner.product for owner in owners]),
            ("x_Environment", [owner.environment for owner in owners]),
            ("x_CostCenter", [owner.cost_center for owner in owners]),
        ):
            yield dimension, _labels(values, rows["owner"])
        for column in ("ProviderName", "ServiceName", "ChargeCategory", "SubAccountId"):
            yield column, _labels(self.book.column(column).tolist(), rows["template"])
        yield "unowned", self._unowned(rows)
        yield "ConsumedUnit", _labels(self.book.column("ConsumedUnit").tolist(), rows["template"])
        yield "price", _labels(self._prices(), rows["template"])
        yield "commitment", _labels(self._commitments(), rows["template"])
        yield "used in", _labels(self._used_in(), rows["template"])
        yield "decided", self._decided(rows)
        yield "disputed", self._disputed(rows)
        yield "recharged", self._recharged(rows)
        yield from self._tags(rows)

    def _prices(self) -> list[str | None]:
        """The price and account of each template that is usage; none of a correction."""
        kinds = (
            self.book.column(name) for name in ("ChargeCategory", "ChargeClass", "SubAccountId")
        )
        return [
            f"{one.sku} {account}" if one.sku and kind == "Usage" and not corrects else None
            for one, kind, corrects, account in zip(self.book.templates.values, *kinds, strict=True)
        ]

    def _used_in(self) -> list[str | None]:
        """The account of each template but of tax and of what is unused of a commitment."""
        names = ("ChargeCategory", "CommitmentDiscountStatus", "SubAccountId")
        kinds = (self.book.column(name) for name in names)
        return [
            None if kind == "Tax" or status == "Unused" else account
            for kind, status, account in zip(*kinds, strict=True)
        ]

    def _unowned(self, rows: NDArray[np.void]) -> Labels:
        """The sub account of each charge that no team owns."""
        found = _labels(self.book.column("SubAccountId").tolist(), rows["template"])
        nobody = np.array([owner.team == UNALLOCATED for owner in self.book.owners.values])
        return Labels(found.names, np.where(nobody[rows["owner"]], found.places, -1))

    def _decided(self, rows: NDArray[np.void]) -> Labels:
        """What the review's planted decisions move: a team's use of one service."""
        planted = [
            (told["team"], told["service"])
            for meeting in self.company.review["meetings"]
            for told in meeting["decisions"]
            if "planted" in told
        ]
        teams = np.array([owner.team for owner in self.book.owners.values])[rows["owner"]]
        services = self.book.column("ServiceName")[rows["template"]]
        places = np.full(len(rows), -1, np.int64)
        for place, (team, service) in enumerate(planted):
            places[(teams == team) & (services == service)] = place
        return Labels([" ".join(pair) for pair in planted], places)

    def _disputed(self, rows: NDArray[np.void]) -> Labels:
        """What each team bears of the services that a dispute would give to one of them."""
        named = sorted({one["service"] for one in self.company.statements["disputes"]})
        teams = sorted({owner.team for owner in self.book.owners.values})
        columns = (named, self.book.column("ServiceName").tolist(), rows["template"])
        services = _labels([one if one in named else None for one in columns[1]], columns[2])
        owners = _labels([owner.team for owner in self.book.owners.values], rows["owner"])
        names = [f"{service} {team}" for service in services.names for team in teams]
        places = services.places * len(teams) + owners.places
        return Labels(names, np.where(services.places < 0, -1, places))

    def _recharged(self, rows: NDArray[np.void]) -> Labels:
        """The cost center of each charge but of tax, which is not charged back."""
        centers = _labels([owner.cost_center for owner in self.book.owners.values], rows["owner"])
        tax = (self.book.column("ChargeCategory") == "Tax").astype(bool)[rows["template"]]
        return Labels(centers.names, np.where(tax, -1, centers.places))

    def _commitments(self) -> list[str | None]:
        """Used, Unused or Purchase and the commitment of each template that has one."""
        kinds = self.book.column("CommitmentDiscountStatus")
        pairs = zip(kinds, self.book.column("CommitmentDiscountId"), strict=True)
        return [f"{kind or 'Purchase'} {name}" if name else None for kind, name in pairs]

    def _tags(self, rows: NDArray[np.void]) -> Iterator[tuple[str, Labels]]:
        """Whether usage carries a tag key; what is unused of a commitment cannot be tagged."""
        usage = (self.book.column("ChargeCategory") == "Usage") & (
            self.book.column("CommitmentDiscountStatus") != "Unused"
        )
        counted = usage.astype(bool)[rows["template"]]
        keys = sorted(set[str]().union(*(tags.keys for tags in self.book.tags.values)))
        for key in keys:
            has = np.array([key in tags.keys for tags in self.book.tags.values] + [False])
            places = np.where(counted, has[rows["tags"]].astype(np.int64), -1)
            yield f"tag {key}", Labels(["untagged", "tagged"], places)


def _labels(values: list[str | None] | list[str], places: NDArray[np.int64]) -> Labels:
    names = sorted({value for value in values if value is not None})
    known = {name: place for place, name in enumerate(names)}
    lookup = np.array([-1 if value is None else known[value] for value in values], np.int64)
    return Labels(names, lookup[places])


def _periods(
    rows: NDArray[np.void], month: Month
) -> Iterator[tuple[str, BillingPeriod, NDArray[np.bool_]]]:
    """The months that charges fall in: all in one on the billing axis, by day on the other."""
    yield "billing", month.period, np.ones(len(rows), np.bool_)
    period = month.period
    while ordinal(period.end) > int(rows["start"].min()):
        chosen = (rows["start"] >= ordinal(period.start)) & (rows["start"] < ordinal(period.end))
        if chosen.any():
            yield "charge", period, chosen
        period = period.plus(-1)


def _totals(numbers: NDArray[np.int64], labels: Labels) -> list[int]:
    """Exact sums by label: in two halves, so that no sum leaves 64 bits."""
    high = np.zeros(len(labels.names), np.int64)
    low = np.zeros(len(labels.names), np.int64)
    np.add.at(high, labels.places, numbers // _HALF)
    np.add.at(low, labels.places, numbers % _HALF)
    return [_HALF * one + two for one, two in zip(high.tolist(), low.tolist(), strict=True)]
