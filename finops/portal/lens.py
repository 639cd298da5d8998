"""Lens: how the reader looks at the cost: which month, which cost, which currency, which part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.measure import Axis
from finops.core.period import BillingPeriod
from finops.exchange.rule import USUAL
from finops.measures import Query
from finops.portal import formats

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.dataset import Part
    from finops.exchange.rule import RateRule

REPORTING = "reporting"
DAY = timedelta(days=1)


class Basis(StrEnum):
    """Which of the two costs is looked at; each has its own time axis."""

    EFFECTIVE = "EffectiveCost"
    BILLED = "BilledCost"

    @property
    def label(self) -> str:
        """The name that the scope bar and the charts use."""
        return "Effective cost" if self is Basis.EFFECTIVE else "Billed cost"

    @property
    def verb(self) -> str:
        """What a month did: it cost so much, or was billed so much."""
        return "cost" if self is Basis.EFFECTIVE else "was billed"

    @property
    def axis(self) -> Axis:
        """Effective cost is counted when it was incurred, billed cost when it was billed."""
        return Axis.CHARGE if self is Basis.EFFECTIVE else Axis.BILLING


class Span(NamedTuple):
    """Days that are compared: `end` is the day after the last; `whole` where it is all a month."""

    period: BillingPeriod
    start: date
    end: date

    @property
    def whole(self) -> bool:
        """Whether it is the whole month."""
        return (self.start, self.end) == (self.period.start, self.period.end)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    @property
    def label(self) -> str:
        """`October 2026`, or `1 to 12 October 2026` where the month is not over."""
        name = formats.month(self.period)
        return name if self.whole else f"1 to {self.days} {name}"


def whole_month(period: BillingPeriod) -> Span:
    """All days of a month."""
    return Span(period, period.start, period.end)


@dataclass(frozen=True, kw_only=True)
class Lens:
    """What the reader chose in the scope bar.

    `currency` is "reporting", or an ISO code for the charges billed in that currency, as billed;
    `rule` says at which rates charges are told in the reporting currency.
    """

    period: BillingPeriod
    basis: Basis = Basis.EFFECTIVE
    currency: str = REPORTING
    filters: tuple[tuple[str, frozenset[str | None]], ...] = ()
    rule: RateRule = USUAL

    def query(
        self,
        start: date,
        end: date,
        *,
        measure: str = "",
        by: tuple[str, ...] = (),
        grain: str | None = None,
    ) -> Query:
        """What to ask for days from `start` to before `end`: the chosen cost, or a measure's own.

        Billed cost by day is the bill of the month by the day each charge was incurred.
        """
        mine = measure in {"", self.basis}
        by_day = mine and grain == "day" and self.basis.axis is Axis.BILLING
        month = (("x_BillingMonth", f"{start:%Y-%m}"),) if by_day else ()
        axis = self.basis.axis if mine else None
        return Query(
            measures=(measure or self.basis.value,),
            by=by,
            where=(*month, *self._billed_in()),
            start=None if by_day else start,
            end=None if by_day else end,
            axis=Axis.CHARGE if by_day else axis,
            currency=self.currency,
            rule=self.rule,
            grain=grain,
        )

    def _billed_in(self) -> tuple[tuple[str, str], ...]:
        """Only the charges billed in the chosen currency, where it is told as billed."""
        return () if self.currency == REPORTING else (("BillingCurrency", self.currency),)


def spans(period: BillingPeriod, parts: Iterable[Part], today: date) -> tuple[Span, Span]:
    """The chosen month as far as charges are in, and as many days of the month before.

    A month that is over and in is compared whole, whatever the two months' lengths; so is one
    that is over and has no charge of its own days.
    """
    end = reached(period, parts, today)
    if end == period.start:
        end = period.end if today >= period.end else period.start + DAY
    before = period.plus(-1)
    cut = before.end if end == period.end else min(before.start + (end - period.start), before.end)
    return Span(period, period.start, end), Span(before, before.start, cut)


def reached(period: BillingPeriod, parts: Iterable[Part], today: date) -> date:
    """The day after the last that has charges in a month; its first day where none has.

    Where every charge of a month that is over starts on its first day, they are charges by the
    month, and the month is in.
    """
    ends = [date.fromisoformat(p.end_day) for p in parts if p.month == str(period) and p.end_day]
    end = min(max([period.start, *ends]), period.end)
    by_month = end == period.start + DAY and today >= period.end
    return period.end if by_month else end


def latest_complete(parts: tuple[Part, ...], today: date) -> BillingPeriod | None:
    """The newest month that is in to its last day; else the newest; None without any."""
    months = {BillingPeriod.parse(part.month) for part in parts}
    over = [month for month in months if reached(month, parts, today) == month.end]
    return max(over or months, default=None)
