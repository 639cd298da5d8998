"""The demo company as it is defined in data/demo: accounts, prices, workloads, commitments."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from finops.demo.money import part
from finops.demo.money import price

DEFINITION = Path(__file__).parents[2] / "data" / "demo"
_FULL = 100


@dataclass(frozen=True, kw_only=True)
class Provider:
    """Who sends a bill, in which currency, for which billing account."""

    key: str
    name: str
    publisher: str
    issuer: str
    currency: str
    billing_account: dict[str, str]
    sub_account_type: str
    invoice: str


@dataclass(frozen=True, kw_only=True)
class Account:
    """A sub account; one without a team is shared by several."""

    key: str
    provider: str
    id: str
    name: str
    tags: str
    team: str | None = None
    environment: str | None = None
    region: str | None = None
    tags_start: int = 0


@dataclass(frozen=True, kw_only=True)
class Sku:
    """Something with a price: list and contracted, in 1e-8 of the currency."""

    key: str
    service: str
    meter: str
    unit: str
    listed: int
    contracted: int
    market: int
    resource: str | None
    details: str | None
    renegotiated: tuple[int, int] | None = None
    """The month from which another contracted price holds, and that price."""

    def contracted_in(self, month: int) -> int:
        """The contracted price of a month of the story."""
        if self.renegotiated and month >= self.renegotiated[0]:
            return self.renegotiated[1]
        return self.contracted


@dataclass(frozen=True, kw_only=True)
class Workload:
    """Resources of one kind that a team runs in one account (see workloads.yaml)."""

    id: str
    account: str
    sku: str
    team: str
    product: str
    environment: str
    cost_center: str
    resources: int
    quantity: float
    shape: str
    start_size: float
    life: int = 0
    starts: int = 0
    ends: int = 1000
    untagged: float = 0
    ghost: str | None = None
    seller: str | None = None
    of: str = ""
    """The workload whose resources these charges are of, where it is another one."""


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """A commitment discount: what is committed an hour, for how long, for which prices."""

    key: str
    provider: str
    id: str
    name: str
    kind: str
    account: str
    hourly: int
    instances: int
    price: int
    upfront: int
    starts: dict[str, int]
    years: int
    covers: tuple[str, ...]


@dataclass(frozen=True)
class Company:
    """Everything that data/demo says."""

    organization: dict[str, Any]
    providers: dict[str, Provider]
    accounts: dict[str, Account]
    regions: dict[str, dict[str, Any]]
    services: dict[str, dict[str, str]]
    resources: dict[str, dict[str, Any]]
    skus: dict[str, Sku]
    workloads: tuple[Workload, ...]
    commitments: tuple[Commitment, ...]
    tagging: dict[str, dict[str, dict[str, str]]]
    adjustments: dict[str, Any]
    mapping: dict[str, Any]
    sharing: dict[str, Any]
    rates: list[dict[str, Any]]
    business: dict[str, Any]
    review: dict[str, Any]
    statements: dict[str, Any]
    waste: dict[str, Any]
    savings: dict[str, Any]

    @cached_property
    def teams(self) -> dict[str, dict[str, str]]:
        """The teams by id."""
        return {team["id"]: team for team in self.organization["teams"]}

    @cached_property
    def named(self) -> dict[str, Workload]:
        """The workloads by id."""
        return {work.id: work for work in self.workloads}


@cache
def load_company(folder: Path = DEFINITION) -> Company:
    """Read the definition, once; nobody changes what is read.

    Raises:
        KeyError: a workload names a team, account or price that is not there.
    """
    organization, accounts, prices = (
        _read(folder, name) for name in ("organization", "accounts", "prices")
    )
    teams = {team["id"]: team for team in organization["teams"]}
    homes = {row["key"]: Account(**row) for row in accounts["accounts"]}
    return Company(
        organization,
        {key: Provider(key=key, **row) for key, row in accounts["providers"].items()},
        homes,
        accounts["regions"],
        prices["services"],
        prices["resources"],
        {key: _sku(key, row) for key, row in prices["skus"].items()},
        tuple(_workload(row, homes, teams) for row in _read(folder, "workloads")["workloads"]),
        tuple(_commitment(row) for row in _read(folder, "commitments")["commitments"]),
        _read(folder, "tagging"),
        _read(folder, "adjustments"),
        _read(folder, "mapping"),
        _read(folder, "rules"),
        _read(folder, "rates")["pairs"],
        _read(folder, "business"),
        _read(folder, "review"),
        _read(folder, "statements"),
        _read(folder, "waste"),
        _read(folder, "savings"),
    )


def _read(folder: Path, name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((folder / f"{name}.yaml").read_text("utf-8"))
    return content


def _sku(key: str, row: dict[str, Any]) -> Sku:
    listed = price(row["list"])
    details, other = row.get("details"), row.get("renegotiated")
    then = other and (other["month"], part(listed, _FULL - other["discount"], _FULL))
    return Sku(
        key=key,
        service=row["service"],
        meter=row["meter"],
        unit=row["unit"],
        listed=listed,
        contracted=part(listed, _FULL - row["discount"], _FULL),
        market=row.get("market", 0),
        resource=row["resource"],
        details=json.dumps(details) if details else None,
        renegotiated=then,
    )


def _workload(
    row: dict[str, Any], accounts: dict[str, Account], teams: dict[str, dict[str, str]]
) -> Workload:
    account = accounts[row["account"]]
    team = teams[row.get("team") or account.team or ""]
    home = {
        "team": team["id"],
        "product": team["product"],
        "cost_center": team["cost_center"],
        "environment": account.environment,
    }
    values = home | {name: value for name, value in row.items() if name != "from"}
    return Workload(start_size=row["from"], **values)


def _commitment(row: dict[str, Any]) -> Commitment:
    known = {"instances": 0, "price": 0} | row
    return Commitment(**known | {"hourly": price(row["hourly"]), "covers": tuple(row["covers"])})
