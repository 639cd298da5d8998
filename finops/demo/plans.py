"""Plans of the demo company: its budgets of two fiscal years, and what happened on which day."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.fiscal import FiscalCalendar
from finops.core.fiscal import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.demo.seasons import Month

    Fact = dict[str, Any]

BUDGET = ("fiscal_period", "scope", "amount", "currency", "version")
EVENT = ("date", "team", "service", "kind", "text", "link")
USD = "USD"

_ROUND = 100
_PERIODS = 12
_QUARTERS = 4
_START = 70
"""A year's first period weighs 70 + 1, its last 70 + 12: the company grows."""


class Planned(NamedTuple):
    """One line of budgets.csv, in whole units of the currency."""

    period: str
    scope: str
    amount: int
    version: str = "original"


def budgets(
    definition: dict[str, Any], organization: dict[str, Any], months: tuple[Month, ...]
) -> tuple[Planned, ...]:
    """Budgets of the last month's fiscal year by team and period, of the one before by quarter."""
    told, terms = definition["budgets"], organization["fiscal_calendar"]
    calendar = FiscalCalendar(start_month=terms["start_month"], pattern=Pattern(terms["pattern"]))
    year = calendar.year_of(months[-1].period.start)
    found = []
    for center, amount in told["before"].items():
        for place, part in enumerate(phased(amount, _QUARTERS), start=1):
            found.append(
                Planned(f"FY{(year - 1) % 100:02} Q{place}", f"x_CostCenter={center}", part)
            )
    for team, amount in told["this"].items():
        for place, part in enumerate(phased(amount, _PERIODS), start=1):
            found.append(Planned(f"FY{year % 100:02} P{place:02}", f"x_Team={team}", part))
    return (*found, *_revised(found, told["revised"], f"FY{year % 100:02} P"))


def phased(amount: int, parts: int) -> tuple[int, ...]:
    """A year's amount over its parts, growing, in hundreds; the last part takes what is left."""
    each = _PERIODS // parts
    weights = [sum(_START + each * p + i for i in range(1, each + 1)) for p in range(parts)]
    told = [amount * weight // sum(weights) // _ROUND * _ROUND for weight in weights[:-1]]
    return (*told, amount - sum(told))


def _revised(planned: list[Planned], terms: dict[str, Any], year: str) -> list[Planned]:
    """What one team's budget was raised to from a period on, as a later version."""
    return [
        one._replace(amount=one.amount * terms["percent"] // 100, version=terms["version"])
        for one in planned
        if one.scope == f"x_Team={terms['team']}"
        and one.period.startswith(year)
        and int(one.period[-2:]) >= terms["from"]
    ]


def budgets_csv(planned: Iterable[Planned]) -> str:
    """budgets.csv as finance delivers it."""
    return _csv(BUDGET, ((one.period, one.scope, one.amount, USD, one.version) for one in planned))


def events_csv(definition: dict[str, Any], months: tuple[Month, ...]) -> str:
    """events.csv: what happened in the 25 months."""
    return _csv(EVENT, ([row[name] for name in EVENT] for row in events(definition, months)))


def events(definition: dict[str, Any], months: tuple[Month, ...]) -> list[dict[str, str]]:
    """What happened, with its day, in some months of the story."""
    periods = {month.index: month.period for month in months}
    return [
        {
            "date": f"{periods[one['month']]}-{one['day']:02}",
            **{name: one.get(name, "") for name in EVENT[1:]},
        }
        for one in definition["events"]
        if one["month"] in periods
    ]


def plan_facts(planned: Iterable[Planned], month: Month) -> list[Fact]:
    """What each budget holds, as questions of the last month."""
    return [
        {
            "question": {
                "period": str(month.period),
                "axis": "charge",
                "fiscal_period": one.period,
                "scope": one.scope,
                "version": one.version,
            },
            "answer": {"amount": str(one.amount), "currency": USD},
        }
        for one in planned
    ]


def event_facts(definition: dict[str, Any], months: tuple[Month, ...]) -> list[Fact]:
    """What happened in each month."""
    return [
        {"question": {"period": row["date"][:7], "axis": "charge"}, "answer": row}
        for row in events(definition, months)
    ]


def _csv(head: tuple[str, ...], rows: Iterable[Iterable[object]]) -> str:
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
