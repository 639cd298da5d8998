"""FiscalSpan: a fiscal year, quarter or period, or a calendar month, by the name people give it."""

from __future__ import annotations

import re
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.period import BillingPeriod
from finops.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from finops.core.fiscal import FiscalCalendar

EXPECTED = "a fiscal year, quarter or period such as FY27, FY27 Q2 or FY27 P07, or a month YYYY-MM"

_SHAPE = re.compile(r"FY ?(?:20)?([0-9]{2})(?:[ -]?(?:Q([1-4])|P(0?[1-9]|1[0-2])))?", re.IGNORECASE)
_MONTH = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")
_CENTURY = 2000


class FiscalSpan(NamedTuple):
    """A named stretch of days; half-open, so the end is the day after the last."""

    label: str
    start: date
    end: date


def span_of(text: str, calendar: FiscalCalendar) -> FiscalSpan:
    """Read `FY27`, `FY27 Q2`, `FY27 P07` or `2026-10`; the label is written in just that way.

    Raises:
        UsageError: the text is none of these.
    """
    if _MONTH.fullmatch(text):
        month = BillingPeriod.parse(text)
        return FiscalSpan(text, month.start, month.end)
    found = _SHAPE.fullmatch(text)
    if not found:
        message = f"{text!r} is not {EXPECTED}."
        raise UsageError(message)
    periods = calendar.periods(_CENTURY + int(found[1]))
    label = f"FY{found[1]}"
    if found[2]:
        periods = tuple(one for one in periods if one.quarter == int(found[2]))
        label += f" Q{found[2]}"
    elif found[3]:
        periods = (periods[int(found[3]) - 1],)
        label += f" P{int(found[3]):02}"
    return FiscalSpan(label, periods[0].start, periods[-1].end)
