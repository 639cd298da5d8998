"""Organization: teams, people, products, cost centers, accounts, and how a charge finds its own."""

from __future__ import annotations

import re
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import field
from dataclasses import fields
from typing import TYPE_CHECKING

from finops.core import sprint
from finops.core.document import Node
from finops.core.fiscal import FiscalCalendar
from finops.core.fiscal import MONTHS
from finops.core.references import check

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from enum import StrEnum
    from typing import TypeVar

    from finops.core.sprint import SprintCalendar

    Choice = TypeVar("Choice", bound=StrEnum)

_CURRENCY = re.compile("[A-Z]{3}")
_OWN_NAME = re.compile("x_[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True, kw_only=True)
class Team:
    """A team that owns resources and answers for their cost."""

    id: str
    name: str
    lead: str | None = None
    cost_center: str | None = None
    product: str | None = None


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


@dataclass(frozen=True, kw_only=True)
class CostCenter:
    """Where finance books a cost; a parent sums its children."""

    id: str
    name: str
    parent: str | None = None
    owner: str | None = None


@dataclass(frozen=True, kw_only=True)
class GeneralLedgerAccount:
    """The account in the ledger on which charges of some categories are booked."""

    id: str
    name: str
    charge_categories: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Origin:
    """A dimension that another one is told from, value by value."""

    dimension: str
    values: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """How a charge gets its value in one of the organization's own dimensions.

    The first of these that gives a value holds: the tag keys in order, the sub account, the
    origin. `values` replaces what a tag says by the value that is meant.
    """

    name: str
    tags: tuple[str, ...] = ()
    sub_accounts: Mapping[str, str] = field(default_factory=dict, hash=False)
    values: Mapping[str, str] = field(default_factory=dict, hash=False)
    origin: Origin | None = None


OWN = ("x_Team", "x_Product", "x_Environment", "x_CostCenter")
"""The dimensions that exist whether or not the organization says how to fill them."""

LEDGER = "x_GeneralLedgerAccount"
"""The last own dimension; it is told from the charge category by the ledger's accounts."""


def ledger(accounts: Iterable[GeneralLedgerAccount]) -> Dimension:
    """The dimension that books each charge category on its account."""
    values = {
        category: account.id for account in accounts for category in account.charge_categories
    }
    return Dimension(name=LEDGER, origin=Origin(dimension="ChargeCategory", values=values))


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
            general_ledger_accounts=accounts,
            sprint_calendars=tuple(sprint.read(item) for item in node["sprint_calendars"].items()),
            dimensions=(*_dimensions(node["dimensions"]), ledger(accounts)),
        )
        check(found)
        return found

    def to_mapping(self) -> dict[str, object]:
        """The organization as people write it down; `from_mapping` reads it back the same."""
        plain = asdict(self) | {"dimensions": {}}
        for dimension in self.dimensions:
            if dimension.name != LEDGER:
                written = asdict(dimension)
                del written["name"]
                written["from"] = written.pop("origin")
                plain["dimensions"][dimension.name] = written
        return _said(plain)


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


def _dimensions(node: Node) -> tuple[Dimension, ...]:
    written = tuple(_dimension(name, part) for name, part in node.entries().items())
    names = {dimension.name for dimension in written}
    return (*written, *(Dimension(name=name) for name in OWN if name not in names))


def _dimension(name: str, node: Node) -> Dimension:
    if name == LEDGER:
        node.refuse("this dimension is told by general_ledger_accounts.")
    if not _OWN_NAME.fullmatch(name):
        node.refuse("an own dimension is named x_ and letters, such as x_Team.")
    part = node.named("tags", "sub_accounts", "values", "from")
    return Dimension(
        name=name,
        tags=part["tags"].texts(),
        sub_accounts=part["sub_accounts"].text_map(),
        values=part["values"].text_map(),
        origin=_origin(part["from"]) if part["from"].value else None,
    )


def _origin(node: Node) -> Origin:
    part = node.named("dimension", "values")
    return Origin(dimension=part["dimension"].text(), values=part["values"].text_map())
