"""Two lanes: `make test` alone tries enough of each kind in minutes, CI tries all there is."""

from __future__ import annotations

import os
from typing import Any
from typing import TYPE_CHECKING
from typing import TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Collection

Case = TypeVar("Case")

WHOLE = os.environ.get("TIEOUT_BROWSER") == "1"
"""Whether everything runs, as on CI; the Makefile reads the same variable."""

_A_PART, _AT_LEAST = 5, 5


def examples(many: int) -> int:
    """How many examples of a law are tried: all of them on CI, else a fifth."""
    return many if WHOLE else min(many, max(many // _A_PART, _AT_LEAST))


def thorough(cases: Collection[Case], but: Collection[Case] = ()) -> list[Any]:
    """Each case as a parameter; the fast lane runs those of `but`, or else the first one."""
    fast = but or list(cases)[:1]
    return [
        case if case in fast else pytest.param(case, marks=pytest.mark.thorough) for case in cases
    ]
