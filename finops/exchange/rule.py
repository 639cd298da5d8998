"""Rate rule: which of a month's rates converts, and whether one month's rates are held for all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from finops.core.period import BillingPeriod
from finops.errors import UsageError


class Kind(StrEnum):
    """What a rate is of its month; contract, average and month-end can be asked for."""

    CONTRACT = "contract"
    AVERAGE = "average"
    MONTH_END = "month-end"
    DAILY = "daily"


CHOICES = (Kind.AVERAGE, Kind.MONTH_END, Kind.CONTRACT)
"""The kinds that a reader may ask for (domain.md 2.4); those who do not ask get USUAL_ORDER."""

USUAL_ORDER = (Kind.CONTRACT, Kind.AVERAGE, Kind.MONTH_END, Kind.DAILY)
"""Which kind is taken where nobody asks, the first that is there: an agreed one, else its mean."""


@dataclass(frozen=True, kw_only=True)
class RateRule:
    """Which rates convert: `kind` of every month, or without one the usual order.

    `constant` is a month (`YYYY-MM`) whose rates are held for every month: constant currency.
    """

    kind: Kind | None = None
    constant: str = ""

    @property
    def told(self) -> str:
        """The rule in a few words."""
        kind = f"{self.kind} rate" if self.kind else "usual rate"
        if self.constant:
            return f"constant currency: the {kind} of {self.constant} for every month"
        return f"each month's {kind}"


USUAL = RateRule()


def rate_rule(kind: str = "", constant: str = "") -> RateRule:
    """The rule that words name; empty words leave it as usual.

    Raises:
        UsageError: there is no such kind, or the month is none.
    """
    if kind and kind not in set(CHOICES):
        message = f"There is no rate {kind!r} to convert at."
        raise UsageError(message, remedy="Rates: " + ", ".join(CHOICES) + ".")
    held = str(BillingPeriod.parse(constant)) if constant else ""
    return RateRule(kind=Kind(kind) if kind else None, constant=held)
