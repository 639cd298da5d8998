"""Health: is the data complete and fresh: what came, up to which day, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import Amount
from finops.core.amount import total
from finops.exchange.gaps import gaps
from finops.ingestion.report import Status
from finops.measures import Query
from finops.portal import desk
from finops.portal import formats

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.dataset import Dataset
    from finops.dataset import Snapshot
    from finops.ingestion.report import ImportReport

DAY = timedelta(days=1)
LATE = 3
"""After how many days without a new charge a source counts as late: providers take up to two."""


class Freshness(NamedTuple):
    """One issuer: its first and last charge day, the days between without a charge, its imports."""

    issuer: str
    first: date
    last: date
    missing: tuple[date, ...]
    charges: int
    imported: str


def freshness(dataset: Dataset) -> tuple[Freshness, ...]:
    """How far each issuer's charges reach, in order of name."""
    query = Query(measures=("Charges",), by=("InvoiceIssuerName",), grain="day")
    answer = desk.ask(dataset, query)
    days: dict[str, dict[date, int]] = defaultdict(dict)
    for record in answer.records():
        days[str(record["InvoiceIssuerName"])][_day(record["day"])] = int(str(record["Charges"]))
    came = _imported(dataset)
    return tuple(
        Freshness(
            issuer=issuer,
            first=min(found),
            last=max(found),
            missing=missing(found),
            charges=sum(found.values()),
            imported=came.get(issuer, ""),
        )
        for issuer, found in sorted(days.items())
    )


def missing(days: Iterable[date]) -> tuple[date, ...]:
    """The days without a charge between the first and the last.

    A month with charges on its first day alone is charged by the month, and misses none.
    """
    have = set(days)
    by_month = {(day.year, day.month) for day in have} - {
        (day.year, day.month) for day in have if day.day != 1
    }
    first, last = min(have), max(have)
    all_days = (first + DAY * step for step in range((last - first).days + 1))
    return tuple(d for d in all_days if d not in have and (d.year, d.month) not in by_month)


def sentence(sources: tuple[Freshness, ...], reports: tuple[ImportReport, ...], today: date) -> str:
    """Whether the data is complete and fresh, in words; what is not, by name."""
    if not sources:
        return f"**There is no charge in this scope.** {left_out(reports)}"
    ends = {source.last for source in sources}
    names = formats.listing(tuple(formats.md_escape(source.issuer) for source in sources))
    late = tuple(s for s in sources if (today - s.last).days > LATE and s.last < max(ends))
    gaps = tuple(s for s in sources if s.missing)
    told = [f"**Charges are in to {formats.day(max(ends))}**{_ago(max(ends), today)} from {names}"]
    told += _behind("behind", [(s.issuer, formats.day(s.last)) for s in late])
    told += _behind("days missing", [(s.issuer, _days(s.missing)) for s in gaps])
    if not (late or gaps):
        told.append("no day is missing")
    return "; ".join(told) + f". {left_out(reports)}"


def rates(dataset: Dataset) -> str:
    """On which days a daily rate is missing, and what holds instead; empty where none is."""
    found = tuple(gap.told for gap in gaps(dataset.rates))
    if not found:
        return ""
    told = formats.md_escape(formats.dated(formats.listing(found, most=3)))
    return (
        f"**There is {told}.** The rate of its month still holds, so every charge is converted; "
        "what is told by the day, such as an invoice's date, takes the month-end rate."
    )


def draw_rates(dataset: Dataset) -> None:
    """Say on which days a daily rate is missing; nothing where none is."""
    if told := rates(dataset):
        st.markdown(told)


def left_out(reports: tuple[ImportReport, ...]) -> str:
    """How many rows were left out of the imports that were taken, and what they amount to."""
    taken = [report for report in reports if report.status is Status.COMMITTED]
    rows = sum(report.left_out_rows for report in taken)
    if not rows:
        return "No row was left out."
    sums: dict[str, Decimal] = {}
    for report in taken:
        for currency, amount in report.left_out:
            sums[currency] = total((sums.get(currency, Decimal(0)), amount))
    told = tuple(formats.money(Amount(amount, currency)) for currency, amount in sums.items())
    amounts = f" ({formats.listing(told)} billed, as far as it can be read)" if told else ""
    were = "was" if rows == 1 else "were"
    return f"**{formats.counted(rows, 'row')} {were} left out{amounts}.**"


def _behind(what: str, whose: list[tuple[str, str]]) -> list[str]:
    """What is wrong and with whom, the first few by name: `behind: A (20 Oct 2026)`."""
    names = tuple(f"{formats.md_escape(name)} ({how})" for name, how in whose)
    return [f"**{what}: {formats.listing(names, most=3)}**"] if names else []


def _ago(day: date, today: date) -> str:
    """How long ago a day was, where it is behind us by more than a day."""
    days = (today - day).days
    return f" ({days} days ago)" if days > 1 else ""


def _days(days: tuple[date, ...]) -> str:
    if len(days) == 1:
        return formats.day(days[0])
    return f"{len(days)} days"


def issuers(snapshot: Snapshot | None) -> dict[str, str]:
    """Whose bill each import is that the snapshot is made of."""
    named: dict[str, set[str]] = defaultdict(set)
    for part in snapshot.parts if snapshot else ():
        named[part.import_id].add(part.issuer)
    return {key: ", ".join(sorted(found)) for key, found in named.items()}


def _imported(dataset: Dataset) -> dict[str, str]:
    """The newest import of each issuer."""
    return {part.issuer: part.import_id for part in dataset.snapshot.charges}


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
