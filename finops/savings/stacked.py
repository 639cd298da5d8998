"""Stacked: claims on the same cost, each credited only what the former leave of its fall.

Source: domain.md 8, SAV-2: eliminate, schedule, rightsize, modernize, commit; whatever each claims
on its own base, together they are credited no more than the adjusted baseline less the bill.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.savings.saving import Method

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.savings.saving import Saving


def stacked(claims: Iterable[Decimal], fall: Decimal) -> tuple[Decimal, ...]:
    """What each of some claims is credited of one fall, in the order in which they stack."""
    left, found = max(fall, Decimal(0)), []
    for claim in claims:
        credited = min(max(claim, Decimal(0)), left)
        left = EXACT.subtract(left, credited)
        found.append(credited)
    return tuple(found)


def overlaps(one: Saving, other: Saving) -> bool:
    """Whether two savings claim the same days of the same resources.

    What a commitment saves is told on what is still used, and so on what all others leave.
    """
    mine, theirs = one.baseline, other.baseline
    if mine is None or theirs is None or one.key == other.key:
        return False
    rates = (mine.method is Method.COMMITMENT, theirs.method is Method.COMMITMENT)
    if rates[0] != rates[1]:
        return False
    return one.scope == other.scope or bool(set(mine.resources) & set(theirs.resources))
