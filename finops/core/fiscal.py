"""Fiscal calendar: which fiscal year, quarter and period a day falls in, by months or by weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.period import BillingPeriod
from finops.errors import InputError
from finops.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)
MONTHS = range(1, 13)


class Pattern(StrEnum):
    """How a fiscal quarter is cut into three periods: by months, or by so many weeks each."""

    MONTHS = "months"
    WEEKS_445 = "4-4-5"
    WEEKS_454 = "4-5-4"
    WEEKS_544 = "5-4-4"


class YearEnd(StrEnum):
    """Which weekday ends a year of weeks: the last in the month before it starts, or the nearest.

    "Nearest" is nearest to that month's last day, so it can fall in the month after.
    """

    LAST = "last"
    NEAREST = "nearest"


class Weekday(StrEnum):
    """A day of the week, in the order of `date.weekday()`."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    def days_before(self, day: date) -> int:
        """How many days before a day (0 to 6) this weekday last was."""
        return (day.weekday() - list(Weekday).index(self)) % 7


class FiscalPeriod(NamedTuple):
    """One of the twelve periods of a fiscal year; half-open, so the end is the next one's start."""

    year: int
    quarter: int
    number: int
    start: date
    end: date

    @property
    def label(self) -> str:
        """The short name: `FY26 P03`."""
        return f"FY{self.year % 100:02} P{self.number:02}"

    @property
    def long_label(self) -> str:
        """The name with its quarter: `FY26 Q1 P03`."""
        return f"FY{self.year % 100:02} Q{self.quarter} P{self.number:02}"

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, kw_only=True)
class FiscalCalendar:
    """An organization's fiscal years; each is named by the calendar year in which it ends.

    By months a year starts on the first of `start_month`. By weeks it ends on the `week_ends_on`
    that `year_end` picks at the end of the month before `start_month`; a year nominally ending in
    December keeps that December's name even if its last days fall in January. A 53rd week belongs
    to the last period (the retail 4-5-4 calendar of the NRF: start month 2, nearest Saturday).

    Raises:
        InputError: the start month is no month.
    """

    start_month: int = 1
    pattern: Pattern = Pattern.MONTHS
    year_end: YearEnd = YearEnd.LAST
    week_ends_on: Weekday = Weekday.SATURDAY

    def __post_init__(self) -> None:
        if self.start_month not in MONTHS:
            message = f"start_month: {self.start_month} is not a month from 1 to 12."
            raise InputError(message)

    def period_of(self, day: date) -> FiscalPeriod:
        """The fiscal period that a day falls in."""
        periods = self.periods(self.year_of(day))
        return next(period for period in periods if day < period.end)

    def quarter_of(self, day: date) -> int:
        """The fiscal quarter, 1 to 4, that a day falls in."""
        return self.period_of(day).quarter

    def year_of(self, day: date) -> int:
        """The fiscal year that a day falls in."""
        nearby = (day.year - 1, day.year, day.year + 1)
        return next(year for year in nearby if day < self.first_day(year + 1))

    def first_day(self, year: int) -> date:
        """The day on which a fiscal year starts."""
        if self.pattern is Pattern.MONTHS:
            return self._months(year)[0]
        return self._last_day(year - 1) + DAY

    def periods(self, year: int) -> tuple[FiscalPeriod, ...]:
        """The twelve periods of a fiscal year, in order."""
        by_months = self.pattern is Pattern.MONTHS
        starts = self._months(year) if by_months else self._weeks(year)
        ends = (*starts[1:], self.first_day(year + 1))
        return tuple(
            FiscalPeriod(year, index // 3 + 1, index + 1, start, end)
            for index, (start, end) in enumerate(zip(starts, ends, strict=True))
        )

    def billing_periods(self, period: FiscalPeriod) -> tuple[BillingPeriod, ...]:
        """The billing months that make up a fiscal period.

        Raises:
            UsageError: the calendar counts weeks, which cut through billing months.
        """
        if self.pattern is not Pattern.MONTHS:
            message = f"{period.label} is made of weeks, not of billing months."
            raise UsageError(message, remedy="Ask by charge period and day instead.")
        return tuple(BillingPeriod.of(period.start).to(BillingPeriod.of(period.end - DAY)))

    def _months(self, year: int) -> tuple[date, ...]:
        first = BillingPeriod(year if self.start_month == 1 else year - 1, self.start_month)
        return tuple(first.plus(month).start for month in range(12))

    def _weeks(self, year: int) -> tuple[date, ...]:
        lengths = [int(weeks) for weeks in self.pattern.split("-")] * 4
        start = self.first_day(year)
        return tuple(start + sum(lengths[:index]) * WEEK for index in range(12))

    def _last_day(self, year: int) -> date:
        """The last day of a year of weeks."""
        named = year + 1 if self.start_month == 1 else year
        last = BillingPeriod(named, self.start_month).start - DAY
        back = self.week_ends_on.days_before(last)
        if self.year_end is YearEnd.NEAREST and back > WEEK.days // 2:
            back -= WEEK.days
        return last - back * DAY
