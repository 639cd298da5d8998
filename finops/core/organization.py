"""Organization: teams, people, products, cost centers, accounts, and how a charge finds its own."""

from __future__ import annotations

import re
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import field
from dataclasses import fields
from dataclasses import replace
from typing import Any
from typing import TYPE_CHECKING

from finops.core import sprint
from finops.core.dimension import Dimension
from finops.core.dimension import implied
from finops.core.dimension import LEDGER
from finops.core.dimension import ledger
from finops.core.dimension import OWN
from finops.core.dimension import read_dimensions
from finops.core.document import Node
from finops.core.fiscal import FiscalCalendar
from finops.core.fiscal import MONTHS
from finops.core.references import check
from finops.core.validity import held

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum
    from typing import TypeVar

    from finops.core.sprint import SprintCalendar

    Choice = TypeVar("Choice", bound=StrEnum)

_CURRENCY = re.compile("[A-Z]{3}")


@dataclass(frozen=True, kw_only=True)
class Team:
    """A team that owns resources and answers for their cost."""

    id: str
    name: str
    lead: str | None = None
    cost_center: str | None = None
    product: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who may own, decide or act."""

    id: str
    name: str
    email: str | None = None
    team: str | None = None


@dataclass(frozen=True, kw_only=True)
class Product:
    """What the organization sells, or runs for itself."""

    id: str
    name: str
    owner: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class LegalEntity:
    """A company of the group, in whose books cost centers stand."""

    id: str
    name: str
    country: str | None = None
    currency: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class CostCenter:
    """Where finance books a cost; a parent sums its children."""

    id: str
    name: str
    parent: str | None = None
    owner: str | None = None
    legal_entity: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class GeneralLedgerAccount:
    """The account in the ledger on which charges of some categories are booked."""

    id: str
    name: str
    charge_categories: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class Organization:
    """Who the costs belong to, and the calendar and currency in which they are told."""

    name: str = ""
    reporting_currency: str = "USD"
    fiscal_calendar: FiscalCalendar = field(default_factory=FiscalCalendar)
    teams: tuple[Team, ...] = ()
    people: tuple[Person, ...] = ()
    products: tuple[Product, ...] = ()
    environments: tuple[str, ...] = ()
    cost_centers: tuple[CostCenter, ...] = ()
    legal_entities: tuple[LegalEntity, ...] = ()
    general_ledger_accounts: tuple[GeneralLedgerAccount, ...] = ()
    sprint_calendars: tuple[SprintCalendar, ...] = ()
    dimensions: tuple[Dimension, ...] = (*(Dimension(name=name) for name in OWN), ledger(()))

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, object]) -> Organization:
        """Read an organization as people write it down; what is left out is as in `EMPTY`.

        `dimensions` then holds those that are written, in that order, and the own ones that
        are not.

        Raises:
            InputError: with the path of what is wrong, such as `teams[2].lead`.
        """
        node = Node(mapping).named(*(item.name for item in fields(cls)))
        accounts = node["general_ledger_accounts"].records(GeneralLedgerAccount)
        found = cls(
            name=node["name"].text_or_none() or "",
            reporting_currency=_currency(node["reporting_currency"]),
            fiscal_calendar=_calendar(node["fiscal_calendar"]),
            teams=node["teams"].records(Team),
            people=node["people"].records(Person),
            products=node["products"].records(Product),
            environments=node["environments"].texts(),
            cost_centers=node["cost_centers"].records(CostCenter),
            legal_entities=node["legal_entities"].records(LegalEntity),
            general_ledger_accounts=accounts,
            sprint_calendars=tuple(sprint.read(item) for item in node["sprint_calendars"].items()),
            dimensions=(
                *read_dimensions(node["dimensions"], entities=bool(node["legal_entities"].value)),
                ledger(accounts),
            ),
        )
        check(found)
        return found

    def to_mapping(self) -> dict[str, object]:
        """The organization as people write it down; `from_mapping` reads it back the same."""
        told: dict[str, list[dict[str, object]]] = {}
        for dimension in self.dimensions:
            written = asdict(dimension)
            written["from"] = written.pop("origin")
            told.setdefault(written.pop("name"), []).append(written)
        told.pop(LEDGER, None)
        dimensions = {
            name: versions[0] if len(versions) == 1 else tuple(versions)
            for name, versions in told.items()
        }
        return _said(asdict(self) | {"dimensions": dimensions})

    @property
    def own_dimensions(self) -> tuple[str, ...]:
        """The names of the dimensions, in their order."""
        return tuple(dict.fromkeys(dimension.name for dimension in self.dimensions))

    @property
    def called(self) -> dict[str, str]:
        """What cost centers and ledger accounts are called: their id, and their name beside it."""
        centers = [(one.id, one.name) for one in self.cost_centers]
        accounts = [(one.id, one.name) for one in self.general_ledger_accounts]
        return {key: f"{key} {name}".strip() for key, name in (*centers, *accounts)}

    def at(self, month: str) -> Organization:
        """The organization as it holds in a billing month YYYY-MM, without any dates.

        A dimension of which no version holds is there and gives no value; what one is told from
        another without values, stands in it value by value.
        """
        lists: dict[str, Any] = {name: held(getattr(self, name), month) for name in DATED}
        accounts = lists["general_ledger_accounts"]
        there = {one.name: one for one in held(self.dimensions, month) if one.name != LEDGER}
        dimensions = tuple(
            implied(there.get(name, Dimension(name=name)), lists)
            for name in self.own_dimensions
            if name != LEDGER
        )
        return replace(self, **lists, dimensions=(*dimensions, ledger(accounts)))


DATED = ("teams", "products", "legal_entities", "cost_centers", "general_ledger_accounts")
"""The lists in which one name may stand several times, each time for other months."""

EMPTY = Organization()
"""An organization of which nothing is known yet: US dollars, and years that start in January."""


def _said(mapping: Mapping[str, object]) -> dict[str, object]:
    """The mapping without what says nothing."""
    return {key: _plain(item) for key, item in mapping.items() if item not in (None, "", (), {})}


def _plain(value: object) -> object:
    """Mappings, lists, texts and whole numbers, and nothing else."""
    if isinstance(value, dict):
        return _said(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, int) else str(value)


def _currency(node: Node) -> str:
    code = node.text_or_none() or EMPTY.reporting_currency
    if not _CURRENCY.fullmatch(code):
        node.refuse(f"{code!r} is not a currency code such as USD.")
    return code


def _calendar(node: Node) -> FiscalCalendar:
    part = node.named(*(item.name for item in fields(FiscalCalendar)))
    usual = EMPTY.fiscal_calendar
    month = part["start_month"]
    if month.value is not None and month.number() not in MONTHS:
        month.refuse(f"{month.value} is not a month from 1 to 12.")
    return FiscalCalendar(
        start_month=usual.start_month if month.value is None else month.number(),
        pattern=_choice(part["pattern"], usual.pattern),
        year_end=_choice(part["year_end"], usual.year_end),
        week_ends_on=_choice(part["week_ends_on"], usual.week_ends_on),
    )


def _choice(node: Node, usual: Choice) -> Choice:
    kind, text = type(usual), node.text_or_none()
    if text is not None and text not in list(kind):
        node.refuse(f"{text!r} is none of {', '.join(kind)}.")
    return usual if text is None else kind(text)
