"""Signing: who may verify a saving, so that nobody signs what is credited to himself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.access.roles import Role
from finops.errors import NotAllowed

if TYPE_CHECKING:
    from finops.access.actor import Actor
    from finops.core.organization import Organization
    from finops.savings.saving import Saving

SIGN = frozenset({Role.FINANCE, Role.FINOPS})
"""Who may sign at all."""


def may_sign(
    organization: Organization,
    saving: Saving,
    actor: Actor,
    *,
    doers: frozenset[str] = frozenset(),
) -> str:
    """Why somebody may not verify a saving; empty for who may.

    `doers` are the people and teams that work on the finding which it was claimed for.
    """
    if not SIGN & actor.roles:
        return f"{actor.name} is neither finance nor FinOps."
    me = names_of(organization, actor)
    at_work = doers.union(*(members(organization, one) for one in doers))
    reasons = (
        ({saving.claimed_by, saving.implemented_by}, f"claims {saving.key}"),
        (at_work, f"did what {saving.key} is for"),
        ({one.person for one in saving.split}, f"is credited with {saving.key}"),
    )
    for those, why in reasons:
        if me & those:
            return f"{actor.name} {why}, and cannot verify it as well."
    for team in saving.teams:
        if me & members(organization, team):
            return f"{actor.name} is of {team}, which is credited with {saving.key}."
    return ""


def sign(
    organization: Organization,
    saving: Saving,
    actor: Actor,
    *,
    doers: frozenset[str] = frozenset(),
) -> None:
    """Go on only as somebody who may verify a saving.

    Raises:
        NotAllowed: the actor claims it, did it, is of a team that it is credited to, or has not
            the role.
    """
    if why := may_sign(organization, saving, actor, doers=doers):
        raise NotAllowed(why, remedy="Ask finance or FinOps outside the credited teams to sign.")


def names_of(organization: Organization, actor: Actor) -> set[str]:
    """What somebody is called: as an actor, and by id, name and address in the organization."""
    for one in organization.people:
        told = {one.id, one.name, one.email or one.id}
        if actor.name in told:
            return told | {actor.name}
    return {actor.name}


def members(organization: Organization, team: str) -> set[str]:
    """Everybody of a team, its lead among them, by id, name and address."""
    leads = {one.lead for one in organization.teams if one.id == team and one.lead}
    inside = [one for one in organization.people if one.team == team or one.id in leads]
    return leads | {name for one in inside for name in (one.id, one.name, one.email) if name}
