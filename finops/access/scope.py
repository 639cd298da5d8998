"""What an actor may see of the cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.core.scope import Viewer

if TYPE_CHECKING:
    from finops.access.actor import Actor


def viewer_of(actor: Actor) -> Viewer:
    """The viewer that a scope carries; for now everybody who may read cost sees all of it."""
    return Viewer(actor.name)
