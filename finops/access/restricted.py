"""Restricted scopes: parts of the cost that only those see who hold them."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.command import no_part
from finops.access.roles import Permission
from finops.access.workspace import organization_at
from finops.dataset.rollup import DIMENSIONS
from finops.errors import UsageError
from finops.records.models import RestrictedScope
from finops.records.revisions import newest

if TYPE_CHECKING:
    from sqlmodel import Session

    from finops.access.command import Transaction
    from finops.core.organization import Organization

EVERYTHING = "*"
"""Whoever holds this holds every restricted scope, those to come among them."""

_RESTRICTED, _OPEN = "restricted", "open"


class Part(NamedTuple):
    """A part of the cost: a dimension and its value."""

    dimension: str
    value: str

    @property
    def told(self) -> str:
        """As people write it: `x_Team=search`, or `everything`."""
        whole = self.dimension == EVERYTHING
        return "everything" if whole else f"{self.dimension}={self.value}"


ALL = Part(EVERYTHING, EVERYTHING)


def restricted(session: Session) -> tuple[Part, ...]:
    """The scopes that only their holders see, in order."""
    rows = newest(session, RestrictedScope)
    return tuple(Part(row.dimension, row.value) for row in rows if row.state == _RESTRICTED)


def part(text: str, organization: Organization) -> Part:
    """Read `team=search`, or `everything`; a dimension of its own needs no `x_`.

    Raises:
        UsageError: the organization has no such dimension or team, or there is no `=`.
    """
    if text.strip().casefold() in {"everything", EVERYTHING}:
        return ALL
    name, sign, value = (each.strip() for each in text.partition("="))
    known = (*organization.own_dimensions, *DIMENSIONS)
    named = {_folded(one): one for one in known} | {
        _folded(one.removeprefix("x_")): one for one in organization.own_dimensions
    }
    if not (sign and value and _folded(name) in named):
        message = f"{text!r} is no scope."
        remedy = f"Write it as team=NAME; there are {', '.join(organization.own_dimensions)}."
        raise UsageError(message, remedy=remedy)
    found = Part(named[_folded(name)], value)
    teams = {team.id for team in organization.teams}
    if found.dimension == "x_Team" and teams and value not in teams:
        message = f"There is no team {value!r}."
        raise UsageError(message, remedy="A scope that nothing is in would keep nothing back.")
    return found


@command("scopes.restrict", permission=Permission.MANAGE_ACCESS, within=no_part)
def restrict(transaction: Transaction, *, scope: str) -> Part:
    """From now on only those see this part of the cost who hold it."""
    return _mark(transaction, scope, _RESTRICTED)


@command("scopes.open", permission=Permission.MANAGE_ACCESS, within=no_part)
def reopen(transaction: Transaction, *, scope: str) -> Part:
    """From now on everybody sees this part of the cost again."""
    return _mark(transaction, scope, _OPEN)


def _mark(transaction: Transaction, scope: str, state: str) -> Part:
    session = transaction.session
    found = part(scope, organization_at(session))
    if found == ALL:
        message = "Everything cannot be kept from everybody."
        raise UsageError(message, remedy="Name a part of it, such as team=NAME.")
    before = _RESTRICTED if found in restricted(session) else _OPEN
    session.add(RestrictedScope(revision=transaction.revision, **found._asdict(), state=state))
    transaction.record(subject=found.told, before=before, after=state)
    return found


def _folded(name: str) -> str:
    return name.casefold().replace("_", "").replace(" ", "").replace("-", "")
