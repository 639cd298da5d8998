"""Actor: the person who does something, and what that person may do."""

from __future__ import annotations

from dataclasses import dataclass

from finops.access.roles import GRANTS
from finops.access.roles import Permission
from finops.access.roles import Role
from finops.access.roles import roles_that
from finops.errors import NotAllowed


@dataclass(frozen=True)
class Actor:
    """A name and the roles it has now; without a role nothing is allowed.

    `sees` and `hidden` are the limits of its sight, as `finops.core.scope.Viewer` has them.
    """

    name: str
    roles: frozenset[Role] = frozenset()
    sees: tuple[tuple[str, frozenset[str]], ...] = ()
    hidden: tuple[tuple[str, frozenset[str]], ...] = ()

    def may(self, permission: Permission) -> bool:
        """Whether one of the roles has the permission."""
        return any(permission in GRANTS[role] for role in self.roles)

    def require(self, permission: Permission) -> None:
        """Go on only with the permission.

        Raises:
            NotAllowed: no role of this actor has it; the sentence says which roles have.
        """
        if not self.may(permission):
            message = f"{self.name} may not {permission}."
            needed = ", ".join(roles_that(permission))
            raise NotAllowed(message, remedy=f"One of these roles is needed: {needed}.")


def local_actor(name: str = "local") -> Actor:
    """The one person on a laptop, who has every role."""
    return Actor(name, frozenset(Role))
