"""FiscalSpan: the names of fiscal years, quarters and periods, and the days that they mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.core.fiscal import FiscalCalendar
from finops.core.fiscal import Pattern
from finops.core.fiscal_span import span_of
from finops.errors import UsageError

APRIL = FiscalCalendar(start_month=4)


@pytest.mark.parametrize(
    ("text", "label", "start", "end"),
    [
        ("FY27", "FY27", date(2026, 4, 1), date(2027, 4, 1)),
        ("fy2027", "FY27", date(2026, 4, 1), date(2027, 4, 1)),
        ("FY27 Q2", "FY27 Q2", date(2026, 7, 1), date(2026, 10, 1)),
        ("FY27-q2", "FY27 Q2", date(2026, 7, 1), date(2026, 10, 1)),
        ("FY27 P07", "FY27 P07", date(2026, 10, 1), date(2026, 11, 1)),
        ("FY27P7", "FY27 P07", date(2026, 10, 1), date(2026, 11, 1)),
        ("2026-10", "2026-10", date(2026, 10, 1), date(2026, 11, 1)),
    ],
)
def test_a_span_is_read_however_it_is_written(
    text: str, label: str, start: date, end: date
) -> None:
    assert span_of(text, APRIL) == (label, start, end)


@pytest.mark.parametrize("text", ["", "FY", "FY7", "2027", "FY27 Q5", "FY27 P13", "2026-13", "Q2"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not a fiscal year"):
        span_of(text, APRIL)


@given(
    st.builds(
        FiscalCalendar, start_month=st.integers(1, 12), pattern=st.sampled_from(list(Pattern))
    ),
    st.integers(10, 90),
)
def test_quarters_and_periods_make_up_the_year(calendar: FiscalCalendar, year: int) -> None:
    whole = span_of(f"FY{year}", calendar)
    for parts in ([f"Q{n}" for n in range(1, 5)], [f"P{n:02}" for n in range(1, 13)]):
        spans = [span_of(f"FY{year} {part}", calendar) for part in parts]
        assert (spans[0].start, spans[-1].end) == whole[1:]
        assert [one.end for one in spans[:-1]] == [one.start for one in spans[1:]]
        assert all(span_of(one.label, calendar) == one for one in spans)
