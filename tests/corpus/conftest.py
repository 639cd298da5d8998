"""The workspaces that the corpus is brought into."""

from __future__ import annotations

from tests.corpus.workspaces import fresh
from tests.corpus.workspaces import template

__all__ = ["fresh", "template"]
