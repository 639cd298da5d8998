"""What the tests of this room share."""

from __future__ import annotations

from tests.corpus.workspaces import fresh
from tests.corpus.workspaces import template

__all__ = ["fresh", "template"]
