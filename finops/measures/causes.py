"""Causes: each reason why one period costs other than another, by the words for what it means.

Source: domain.md 9 (the exact bridge) and 17 (demand and efficiency). Price changes count at the
later period's quantity, quantity changes at the earlier period's price: the interaction of both is
told with the price.
"""

from __future__ import annotations

from enum import StrEnum


class Cause(StrEnum):
    """A step of a variance, in the order in which the steps are told."""

    DAYS = "days"
    VOLUME = "volume"
    DEMAND = "demand"
    EFFICIENCY = "efficiency"
    MIX = "mix"
    PRICE = "negotiated/list price"
    RATE = "commitment discount rate"
    NEW = "new"
    RETIRED = "retired"
    UNUSED = "unused commitment"
    PURCHASES = "purchases"
    NO_QUANTITY = "cost without quantity"
    REFUNDS = "refunds"
    CREDITS = "credits"
    TAX = "tax"
    ADJUSTMENTS = "adjustments"
    CORRECTIONS = "corrections"
    FX = "FX"

    @property
    def heading(self) -> str:
        """The name as a heading begins: `Negotiated/list price`."""
        return self.value[:1].upper() + self.value[1:]

    @property
    def definition(self) -> str:
        """What the step says."""
        return _DEFINITIONS[self]


USAGE = "usage"
"""The bucket of what was used, whose cost has a quantity and a price; the only one taken apart."""

_COST = "{cost}"
_BUCKETS = (
    ("ChargeClass = 'Correction'", Cause.CORRECTIONS),
    ("ChargeCategory = 'Tax'", Cause.TAX),
    ("ChargeCategory = 'Credit'", Cause.CREDITS),
    ("NOT coalesce(ChargeCategory, '') IN ('Usage', 'Purchase')", Cause.ADJUSTMENTS),
    ("ChargeCategory = 'Usage' AND CommitmentDiscountStatus = 'Unused'", Cause.UNUSED),
    (f"{_COST} < 0", Cause.REFUNDS),
    ("ChargeCategory = 'Purchase'", Cause.PURCHASES),
)


def bucket(cost: str) -> str:
    """The expression that puts a charge, by its `cost`, in one bucket: the first that fits.

    What is set apart is set apart first, so that nothing counts twice.
    """
    cases = " ".join(f"WHEN {rows} THEN '{cause}'" for rows, cause in _BUCKETS)
    return f"CASE {cases} ELSE '{USAGE}' END".replace(_COST, cost)


_DEFINITIONS = {
    Cause.DAYS: "The earlier quantity at its cost, for each day that the later period has more or "
    "fewer; what is counted in months, such as GB-Mo, has no such days.",
    Cause.VOLUME: "More or less of the same unit at the earlier average cost, days apart.",
    Cause.DEMAND: "What the earlier quantity would cost if it had grown as its driver did.",
    Cause.EFFICIENCY: "Quantity beyond what the driver explains, at the earlier average cost.",
    Cause.MIX: "A dearer or cheaper choice among the prices of one unit.",
    Cause.PRICE: "The later quantity at the change of its price before commitments.",
    Cause.RATE: "The later quantity at the change of what commitments take off its price.",
    Cause.NEW: "Prices that the earlier period did not use.",
    Cause.RETIRED: "Prices that the later period no longer uses.",
    Cause.UNUSED: "Commitments that nothing used, the difference.",
    Cause.PURCHASES: "Fees, commitments and subscriptions bought, the difference.",
    Cause.NO_QUANTITY: "Usage whose bill tells no quantity: its cost, the difference.",
    Cause.REFUNDS: "Usage and purchases that were given back, the difference.",
    Cause.CREDITS: "Credits that were granted, the difference.",
    Cause.TAX: "Tax in the cost data, the difference.",
    Cause.ADJUSTMENTS: "Other charges, such as rounding, the difference.",
    Cause.CORRECTIONS: "Corrections of what was billed before, the difference.",
    Cause.FX: "The later cost in its own currency at the change of its rate of exchange; every "
    "other step is told at the earlier rate.",
}
