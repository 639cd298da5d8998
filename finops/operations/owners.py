"""Owners: who answers for the statement of a team or a cost center, and who may speak for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.access.roles import Permission
from finops.errors import NotAllowed

if TYPE_CHECKING:
    from finops.access.actor import Actor
    from finops.core.organization import Organization
    from finops.core.organization import Person

TEAM, CENTER = "x_Team", "x_CostCenter"


def owner_of(organization: Organization, scope: str, month: str) -> str:
    """The name of whoever answers for `Dimension=Value` in a month; empty where nobody does."""
    found = _person(organization, scope, month)
    return found if isinstance(found, str) else found.name


def may_speak(organization: Organization, scope: str, month: str, actor: Actor) -> bool:
    """Whether somebody is the owner, or runs the review and so may speak for any."""
    if actor.may(Permission.RUN_REVIEW):
        return True
    found = _person(organization, scope, month)
    names = {found} if isinstance(found, str) else {found.id, found.name, found.email}
    return bool(actor.name) and actor.name in names


def speak(organization: Organization, scope: str, month: str, actor: Actor) -> None:
    """Go on only as the owner, or as somebody who runs the review.

    Raises:
        NotAllowed: the actor is neither; the sentence says who is.
    """
    if not may_speak(organization, scope, month, actor):
        name = scope.partition("=")[2]
        message = f"{actor.name} does not answer for {name}."
        owner = owner_of(organization, scope, month) or "nobody"
        raise NotAllowed(message, remedy=f"Its owner is {owner}; who runs the review may, too.")


def called(organization: Organization, scope: str, month: str) -> str:
    """What an owner is called: a team by its id, a cost center by its id and its name."""
    dimension, _, name = scope.partition("=")
    here = organization.at(month)
    found = next((one.name for one in here.cost_centers if one.id == name), "")
    return f"{name} {found}" if dimension == CENTER and found else name


def _person(organization: Organization, scope: str, month: str) -> Person | str:
    """The owner as a person, or as what the organization calls somebody it does not list."""
    dimension, _, name = scope.partition("=")
    here = organization.at(month)
    if dimension == TEAM:
        told = next((one.lead for one in here.teams if one.id == name), None)
    else:
        told = next((one.owner for one in here.cost_centers if one.id == name), None)
    found = next((one for one in organization.people if one.id == told), None)
    return found or told or ""
