"""What an actor sees."""

from __future__ import annotations

from finops.access.actor import local_actor
from finops.access.scope import viewer_of
from finops.core.scope import Viewer


def test_everybody_sees_everything_for_now() -> None:
    assert viewer_of(local_actor("ada")) == Viewer("ada", ())
