"""Sides: who speaks for product, and who for engineering, when a unit cost is agreed.

Product is the owner of the product; engineering are the people of the teams that make it. Where the
organization names nobody for a side, whoever has its role speaks for it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from finops.access.roles import Role
from finops.errors import NotAllowed

if TYPE_CHECKING:
    from finops.access.actor import Actor
    from finops.core.organization import Organization


class Side(StrEnum):
    """One of the two that a unit-cost contract needs."""

    PRODUCT = "product"
    ENGINEERING = "engineering"


_ROLES = {Side.PRODUCT: Role.PRODUCT, Side.ENGINEERING: Role.ENGINEER}


def people(organization: Organization, side: Side, product: str, month: str) -> tuple[str, ...]:
    """The names of those who speak for a side in a month; none where the organization names none.

    The leads of the teams come first.
    """
    here = organization.at(month)
    if side is Side.PRODUCT:
        told = [one.owner for one in here.products if one.id == product]
    else:
        teams = [one for one in here.teams if product and one.product == product]
        inside = {one.id for one in teams}
        told = [one.lead for one in teams]
        told += [one.id for one in organization.people if one.team in inside]
    names = {one.id: one.name for one in organization.people}
    return tuple(dict.fromkeys(names.get(one, one) for one in told if one))


def speaks(
    organization: Organization, side: Side, product: str, month: str, *, actor: Actor
) -> bool:
    """Whether somebody may bind a side."""
    there = set(people(organization, side, product, month))
    if not there:
        return _ROLES[side] in actor.roles
    known = [one for one in organization.people if one.name in there]
    there |= {name for one in known for name in (one.id, one.email) if name}
    return actor.name in there


def require(
    organization: Organization, side: Side, product: str, month: str, *, actor: Actor
) -> None:
    """Go on only as somebody who may bind a side.

    Raises:
        NotAllowed: the actor may not; the sentence says who may.
    """
    if not speaks(organization, side, product, month, actor=actor):
        there = people(organization, side, product, month)
        message = f"{actor.name} does not speak for {side} of {product or 'the whole business'}."
        who = f"Those who do: {', '.join(there)}." if there else f"The role {_ROLES[side]} does."
        raise NotAllowed(message, remedy=who)
