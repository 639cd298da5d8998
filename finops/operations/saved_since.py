"""Saved since: what was verified since the last meeting, by name, and what waits to be signed.

The first opens a meeting, the second is work for it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.invoicing.periods import closed_months
from finops.operations.material import Item
from finops.operations.material import LATER
from finops.operations.review import Meeting
from finops.savings.report import to_verify as waits_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finops.operations.material import Material
    from finops.savings.verification import Verification

SAVED = "savings verified"
"""The source of the savings that open a meeting."""

PACK = "pack"
"""The kind of what a meeting's figures are frozen in."""

_USUAL = Decimal(30)


def verified(material: Material) -> Iterator[Item]:
    """The savings that were signed since the last meeting, by name: what opens this one."""
    last = _last(material)
    found = [one for one in material.signed if one.booked > 0 and _since(material, last, one)]
    if found:
        known = {one.key: one for one in material.savings}
        whole = total(one.booked for one in found)
        named = sorted(found, key=lambda one: -one.booked)
        teams = {team for one in found for team in known[one.saving].teams}
        yield Item(
            source=SAVED,
            title=f"Saved since last time: {', '.join(sorted(teams))}",
            detail="; ".join(_named(material, one) for one in named),
            amount=EXACT.minus(whole),
            currency=found[0].measured.currency,
            first=True,
        )


def to_verify(material: Material) -> Iterator[Item]:
    """The savings with closed months that nobody has signed yet."""
    closed = closed_months(material.dataset, material.books.closings)
    for one in material.savings:
        months = waits_for(one, material.signed, closed)
        if months and one.baseline:
            days = Decimal(sum(month.days for month in months))
            named = ", ".join(map(str, months))
            yield Item(
                source="savings to verify",
                title=f"{one.title}: {named} wait{'s' if len(months) == 1 else ''} to be signed",
                detail=f"{one.key}, claimed by {one.claimed_by}; finance or FinOps signs it",
                decidable=LATER,
                amount=EXACT.minus(one.expected * days / _USUAL),
                currency=one.baseline.currency,
                scope=one.scope,
                owner=one.agreed_by,
                key=one.key,
            )


SOURCES = (verified, to_verify)
"""The sources of a meeting's pack."""


def _last(material: Material) -> Meeting | None:
    """The meeting before this one; None where this is the first."""
    mine = material.meeting
    held = (one for one in material.log.of(Meeting) if one.key != mine.key and one.day < mine.day)
    return max(held, key=lambda one: one.day, default=None)


def _since(material: Material, last: Meeting | None, one: Verification) -> bool:
    """Whether it was signed since the last meeting, or before it when its pack was frozen already.

    What is signed between the pack and the meeting, or on its day, is told by the next.
    """
    if last is None or one.on is None or one.on > last.day:
        return one.on is not None
    packs = (row for row in material.log.rows if (row.kind, row.key) == (PACK, last.key))
    return any(one.version > row.revision and str(one.on) >= row.at[:10] for row in packs)


def _named(material: Material, one: Verification) -> str:
    saving = next(each for each in material.savings if each.key == one.saving)
    whose = ", ".join(dict.fromkeys(each.person or each.team for each in saving.split))
    return f"{saving.title}: {one.booked:,.0f} of {one.month}, by {whose}"
