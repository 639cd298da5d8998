"""Late: the words for what later deliveries said of a month after it was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.core.amount import Amount
from finops.core.period import BillingPeriod
from finops.portal import formats

if TYPE_CHECKING:
    from finops.invoicing.restatements import Restatements

_WITHIN = "in its parts, not in its sum"


def moved(found: Restatements | None) -> str:
    """By how much a closed month was restated, in each currency; empty where nothing was said."""
    if found is None or not found.about:
        return ""
    changed = [Amount(one.adjustments, one.currency) for one in found.figures if one.adjustments]
    return formats.listing(tuple(formats.money(one, signed=True) for one in changed)) or _WITHIN


def sentence(found: Restatements | None) -> str:
    """That a closed month was restated, by how much and where that is booked; else empty."""
    if found is None or not (by := moved(found)):
        return ""
    booked = sorted({one.booked_in for one in found.about})
    months = formats.listing(tuple(formats.month(BillingPeriod.parse(one)) for one in booked))
    return f" **Restated since it was closed: {by}**, booked in {months}."
