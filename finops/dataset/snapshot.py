"""Snapshot: which files make up the dataset at one moment, and what must be true of them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import field
from decimal import Decimal
from functools import cached_property
from typing import Any

from finops.core.amount import total
from finops.focus.raw import Kind


@dataclass(frozen=True, kw_only=True)
class Sums:
    """The four costs of some charges in one billing currency."""

    currency: str
    amounts: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One delivered file's share of one delivery: issuer, billing account and billing month.

    Paths are relative to the workspace. `digest` is of the rows, whatever their order; `days` are
    the first charge day and the day after the last. `mapped` and `rollup` are files made from the
    charges under the organization named by `organization`. Datasets other than Cost and Usage
    have no rollup. An adjustment is a part of its own: `month` is the open month that took it,
    `adjusts` the closed one it is about, `delivered` the digests of the delivery that told it, and
    `booked_at` when that was.
    """

    kind: Kind
    issuer: str
    account: str
    month: str
    source: str
    import_id: str
    path: str
    rows: int
    digest: str
    columns: tuple[str, ...]
    first_day: str = ""
    end_day: str = ""
    sums: tuple[Sums, ...] = ()
    organization: str = ""
    mapped: str = ""
    rollup: str = ""
    adjusts: str = ""
    delivered: tuple[str, ...] = ()
    booked_at: str = ""

    @property
    def delivery(self) -> tuple[str, str, str]:
        """The dataset, source and month that the part is booked in."""
        return (self.kind, self.source, self.month)

    @property
    def concerns(self) -> tuple[str, str, str]:
        """The delivery that the part is about: what a later file of it is compared with."""
        return (self.kind, self.source, self.adjusts or self.month)


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The dataset at one moment: the parts of the charges, and how far the records had come.

    `number` counts snapshots from 1; `revision` is the last command whose records belong to it;
    `charges_version` is the Delta version that holds these parts.
    """

    number: int
    revision: int
    at: str
    charges_version: int
    parts: tuple[Part, ...] = field(default=())

    @cached_property
    def digest(self) -> str:
        """What the charges are, whichever way and however often they were brought in."""
        lines = sorted("|".join((*part.delivery, part.digest)) for part in self.parts)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    @property
    def id(self) -> str:
        """How people name it: its number, and the beginning of its digest."""
        return f"{self.number}-{self.digest[:8]}"

    @property
    def charges(self) -> tuple[Part, ...]:
        """The parts that are charges."""
        return tuple(part for part in self.parts if part.kind is Kind.COST_AND_USAGE)

    def of(self, kind: Kind) -> tuple[Part, ...]:
        """The parts of one FOCUS dataset."""
        return tuple(part for part in self.parts if part.kind is kind)

    def to_json(self) -> str:
        """The snapshot as text, for the records."""
        return json.dumps(asdict(self), default=str, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Snapshot:
        """Read what `to_json` wrote."""
        body = json.loads(text)
        parts = tuple(_part(part) for part in body.pop("parts"))
        return cls(parts=parts, **body)


def _part(body: dict[str, Any]) -> Part:
    sums = tuple(
        Sums(currency=s["currency"], amounts=tuple((n, Decimal(a)) for n, a in s["amounts"]))
        for s in body.pop("sums")
    )
    kind, names = Kind(body.pop("kind")), tuple(body.pop("columns"))
    delivered = tuple(body.pop("delivered", ()))
    return Part(kind=kind, columns=names, sums=sums, delivered=delivered, **body)


def added(sums: tuple[Sums, ...]) -> tuple[Sums, ...]:
    """Add sums by currency and money column."""
    currencies = sorted({one.currency for one in sums})
    return tuple(
        Sums(currency=c, amounts=_added([s for s in sums if s.currency == c])) for c in currencies
    )


def _added(sums: list[Sums]) -> tuple[tuple[str, Decimal], ...]:
    names = dict.fromkeys(name for one in sums for name, _ in one.amounts)
    return tuple((n, total(a for one in sums for m, a in one.amounts if m == n)) for n in names)
