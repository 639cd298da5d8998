"""The moment that it is: read here once at the edge, and handed on as an argument."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC


def now() -> datetime:
    """The present moment in UTC; only the command line and the portal ask for it."""
    return datetime.now(UTC)  # noqa: TID251
