"""References: every name that an organization uses must be one that it has declared, once."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

from finops.core import validity
from finops.core.document import Node

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from finops.core.dimension import Dimension
    from finops.core.organization import GeneralLedgerAccount
    from finops.core.organization import Organization

LISTS = (
    "teams",
    "people",
    "products",
    "legal_entities",
    "cost_centers",
    "general_ledger_accounts",
)

REFERENCES = (
    ("teams", "lead", "people"),
    ("teams", "cost_center", "cost_centers"),
    ("teams", "product", "products"),
    ("people", "team", "teams"),
    ("products", "owner", "people"),
    ("cost_centers", "parent", "cost_centers"),
    ("cost_centers", "owner", "people"),
    ("sprint_calendars", "team", "teams"),
    ("cost_centers", "legal_entity", "legal_entities"),
)
"""A list, the field of its items that is a name, and the list in which that name must stand."""

VALUES = {
    "x_Team": "teams",
    "x_Product": "products",
    "x_Environment": "environments",
    "x_CostCenter": "cost_centers",
    "x_LegalEntity": "legal_entities",
}
"""The dimensions whose values are declared, and where; an empty list declares nothing yet."""


def check(organization: Organization) -> None:
    """Refuse an organization that uses an unknown name, or one name for two things.

    Raises:
        InputError: with the path of the first such name.
    """
    for kind in LISTS:
        _each_once(getattr(organization, kind), kind)
    _once(organization.environments, "environments[{}]")
    _once((item.team for item in organization.sprint_calendars), "sprint_calendars[{}].team")
    for kind, field, target in REFERENCES:
        known = names(organization, target)
        for place, item in enumerate(getattr(organization, kind)):
            _known(getattr(item, field), known, f"{kind}[{place}].{field}", target)
    for month in validity.starts(organization.cost_centers):
        _no_circle({c.id: c.parent for c in organization.cost_centers if validity.holds(c, month)})
    _one_account_each(organization)
    _in_order(organization.dimensions)
    _in_turn(organization.dimensions)
    for dimension in organization.dimensions:
        if declared := VALUES.get(dimension.name):
            _mean_something(dimension, names(organization, declared), declared)


def names(organization: Organization, kind: str) -> frozenset[str]:
    """The identifiers that one of an organization's lists declares."""
    if kind == "environments":
        return frozenset(organization.environments)
    return frozenset(item.id for item in getattr(organization, kind))


def _known(name: str | None, known: frozenset[str], path: str, target: str) -> None:
    if name is not None and name not in known:
        Node(name, path).refuse(f"{name!r} is not declared in {target}.")


def _once(identifiers: Iterable[str], path: str) -> None:
    seen: set[str] = set()
    for place, name in enumerate(identifiers):
        if name in seen:
            Node(name, path.format(place)).refuse(f"{name!r} stands here a second time.")
        seen.add(name)


def _each_once(items: Sequence[Any], kind: str) -> None:
    """Hold each name to one meaning in each month; people have no months."""
    seen: dict[str, list[Any]] = {}
    for place, item in enumerate(items):
        dated, node = hasattr(item, "valid_from"), Node(item.id, f"{kind}[{place}]")
        if dated:
            validity.check(item, node)
        earlier = seen.setdefault(item.id, [])
        if any(not dated or validity.meet(item, other) for other in earlier):
            Node(item.id, f"{kind}[{place}].id").refuse(f"{item.id!r} stands here a second time.")
        earlier.append(item)


def _in_turn(dimensions: Iterable[Dimension]) -> None:
    """Versions of one dimension hold one after the other."""
    seen: dict[str, list[Dimension]] = {}
    for dimension in dimensions:
        node = Node(dimension, f"dimensions.{dimension.name}")
        validity.check(dimension, node)
        if any(validity.meet(dimension, other) for other in seen.get(dimension.name, ())):
            node.refuse("two versions of it hold in one month.")
        seen.setdefault(dimension.name, []).append(dimension)


def _no_circle(parents: Mapping[str, str | None]) -> None:
    for place, start in enumerate(parents):
        passed: set[str] = {start}
        center: str | None = parents[start]
        while center is not None and center not in passed:
            passed.add(center)
            center = parents.get(center)
        if center is not None:
            path = f"cost_centers[{place}].parent"
            Node(start, path).refuse(f"the parents of {start!r} run in a circle.")


def _one_account_each(organization: Organization) -> None:
    seen: dict[str, list[GeneralLedgerAccount]] = {}
    for place, account in enumerate(organization.general_ledger_accounts):
        for category in account.charge_categories:
            if any(validity.meet(account, other) for other in seen.get(category, ())):
                path = f"general_ledger_accounts[{place}].charge_categories"
                Node(category, path).refuse(f"{category!r} is booked on an earlier account.")
            seen.setdefault(category, []).append(account)


def _in_order(dimensions: Iterable[Dimension]) -> None:
    """A dimension told from another stands after it, so that one pass fills them all."""
    before: set[str] = set()
    for dimension in dimensions:
        origin = dimension.origin
        if origin and origin.dimension.startswith("x_") and origin.dimension not in before:
            path = f"dimensions.{dimension.name}.from.dimension"
            Node(origin, path).refuse(f"{origin.dimension!r} must be written before.")
        before.add(dimension.name)


def _mean_something(dimension: Dimension, known: frozenset[str], target: str) -> None:
    origin = dimension.origin.values if dimension.origin else {}
    parts = {"sub_accounts": dimension.sub_accounts, "values": dimension.values}
    for part, values in (parts | {"from.values": origin}).items():
        for key, value in values.items():
            if known:
                _known(value, known, f"dimensions.{dimension.name}.{part}.{key}", target)
