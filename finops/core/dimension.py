"""Dimension: how a charge finds its team, product, cost center and whatever else is told by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import Any
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from finops.core.document import Node
    from finops.core.organization import GeneralLedgerAccount

_OWN_NAME = re.compile("x_[A-Za-z][A-Za-z0-9_]*")

RULED = "x_Rule"
"""What the column begins with that says which rule decided a dimension."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """A dimension that another one is told from, value by value.

    Without values a cost center or product is told from the team's own, and a legal entity from
    the cost center's (`IMPLIED`).
    """

    dimension: str
    values: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """How a charge gets its value in one of the organization's own dimensions.

    The first of these that gives a value holds: the tag keys in order, the sub account, the
    origin. `values` replaces what a tag says by the value that is meant. A dimension may have
    several versions, one after the other.
    """

    name: str
    tags: tuple[str, ...] = ()
    sub_accounts: Mapping[str, str] = field(default_factory=dict, hash=False)
    values: Mapping[str, str] = field(default_factory=dict, hash=False)
    origin: Origin | None = None
    valid_from: str | None = None
    valid_to: str | None = None


OWN = ("x_Team", "x_Product", "x_Environment", "x_CostCenter")
"""The dimensions that exist whether or not the organization says how to fill them."""

LEGAL_ENTITY = "x_LegalEntity"
"""Exists where the organization has legal entities; told from the cost center, if not otherwise."""

IMPLIED = {
    ("x_Team", "x_CostCenter"): ("teams", "cost_center"),
    ("x_Team", "x_Product"): ("teams", "product"),
    ("x_CostCenter", LEGAL_ENTITY): ("cost_centers", "legal_entity"),
}
"""A dimension told from another one without values: the list and the field that have them."""

LEDGER = "x_GeneralLedgerAccount"
"""The last own dimension; it is told from the charge category by the ledger's accounts."""


def ledger(accounts: Iterable[GeneralLedgerAccount]) -> Dimension:
    """The dimension that books each charge category on its account."""
    values = {
        category: account.id for account in accounts for category in account.charge_categories
    }
    return Dimension(name=LEDGER, origin=Origin(dimension="ChargeCategory", values=values))


def implied(dimension: Dimension, lists: Mapping[str, tuple[Any, ...]]) -> Dimension:
    """The dimension with the values that its origin's lists imply, where none are written."""
    origin = dimension.origin
    if origin is None or origin.values:
        return dimension
    kind, name = IMPLIED.get((origin.dimension, dimension.name), ("", ""))
    values = {one.id: getattr(one, name) for one in lists.get(kind, ()) if getattr(one, name)}
    return replace(dimension, origin=replace(origin, values=values))


def read_dimensions(node: Node, *, entities: bool) -> tuple[Dimension, ...]:
    """Those that are written, in that order, and the own ones that are not."""
    written: list[Dimension] = []
    for name, part in node.entries().items():
        versions = part.items() if isinstance(part.value, (list, tuple)) else (part,)
        written += [_dimension(name, version) for version in versions]
    names = {dimension.name for dimension in written}
    usual = [Dimension(name=name) for name in OWN if name not in names]
    if entities and LEGAL_ENTITY not in names:
        usual.append(Dimension(name=LEGAL_ENTITY, origin=Origin(dimension="x_CostCenter")))
    return (*written, *usual)


def _dimension(name: str, node: Node) -> Dimension:
    if name == LEDGER:
        node.refuse("this dimension is told by general_ledger_accounts.")
    if not _OWN_NAME.fullmatch(name) or name.startswith(RULED):
        node.refuse("an own dimension is named x_ and letters, such as x_Team.")
    part = node.named("tags", "sub_accounts", "values", "from", "valid_from", "valid_to")
    return Dimension(
        name=name,
        tags=part["tags"].texts(),
        sub_accounts=part["sub_accounts"].text_map(),
        values=part["values"].text_map(),
        origin=_origin(part["from"]) if part["from"].value else None,
        valid_from=part["valid_from"].text_or_none(),
        valid_to=part["valid_to"].text_or_none(),
    )


def _origin(node: Node) -> Origin:
    part = node.named("dimension", "values")
    return Origin(dimension=part["dimension"].text(), values=part["values"].text_map())
