"""Adjustments: what is said later of a closed month, booked in an open one; its own columns.

A closed month never changes. A restated delivery of it is compared with what is on the books, and
only the difference is booked: a line that is gone is reversed, a line that is new is booked as it
was delivered. Both keep the charge period in which they were incurred.
"""

from __future__ import annotations

from enum import StrEnum

from finops.focus.columns import COST_AND_USAGE
from finops.focus.columns import Type

ADJUSTS = "x_Adjusts"
"""The closed billing month, `YYYY-MM`, that an adjustment is about; null on any other charge."""

REASON = "x_AdjustmentReason"
"""Why: a value of `Why`."""

REVERSES = "x_Reverses"
"""On a reversal what it takes back, a `Charge` or a `Correction`; null on what is booked."""

ADJUSTED_BY = "x_AdjustedBy"
"""The import that told it."""

OWN = (ADJUSTS, REASON, REVERSES, ADJUSTED_BY)
"""The columns that an adjustment has beyond those of a charge."""

NET = f"CASE WHEN {REVERSES} IS NULL THEN 1 ELSE -1 END"
"""1 for a line that stands, -1 for one that takes another back: their sum counts what is left."""

CHARGE, CORRECTION = "Charge", "Correction"

NEGATED = tuple(
    column.id
    for column in COST_AND_USAGE
    if column.type is Type.DECIMAL and "UnitPrice" not in column.id
)
"""What a reversal negates: every cost and every quantity; a price stays a price."""


class Why(StrEnum):
    """What happened to a charge of a closed month, as far as the two deliveries tell."""

    CORRECTION = "correction"
    UP = "restated up"
    DOWN = "restated down"
    DETAILS = "details changed"
    MOVED = "moved account"
    CURRENCY = "new currency"
    DELETED = "deleted line"
    CREDIT = "credit"
    LATE = "late usage"
    NEW = "new charge"
