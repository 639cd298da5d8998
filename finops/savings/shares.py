"""Shares: whose the credit of a saving is, as a person writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.core.amount import number_of
from finops.errors import UsageError
from finops.savings.saving import Share

if TYPE_CHECKING:
    from collections.abc import Iterable


def shares_of(words: Iterable[str]) -> tuple[Share, ...]:
    """Read `search=0.6` and `platform/ines=0.4`: whose the credit is.

    Raises:
        UsageError: a part is no share.
    """
    found = []
    for word in words:
        who, sign, part = word.rpartition("=")
        if not sign:
            message = f"{word!r} is no share."
            raise UsageError(message, remedy="Write it as search=0.6 or search/ines=0.6.")
        team, _, person = who.partition("/")
        number = number_of(part, what="part", remedy="Write it as 0.6.")
        found.append(Share(team=team.strip(), person=person.strip(), part=number))
    return tuple(found)
