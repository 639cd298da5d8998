"""Allowance: what a product may still cost this fiscal year, and the day on which that is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.errors import RateMissing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from finops.core.organization import Organization
    from finops.exchange.conversion import Converter
    from finops.ingestion.budgets import Budget

PRODUCT, TEAM = "x_Product", "x_Team"


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """The year's budget, what was spent of it up to `through`, and whose budget it is.

    `end` is the day after the fiscal year's last.
    """

    amount: Decimal
    spent: Decimal
    through: date
    end: date
    whose: str

    def crossed(self, daily: Decimal) -> date | None:
        """The first day on which the budget is over, at so much a day from now on.

        None where it lasts to the end of the year.
        """
        left = EXACT.subtract(self.amount, self.spent)
        if left < 0:
            return self.through
        if daily <= 0:
            return None
        days = min(int(left / daily), (self.end - self.through).days)
        day = self.through + timedelta(days=days)
        return day if day < self.end else None


def scopes_of(product: str, organization: Organization) -> tuple[tuple[str, str], ...]:
    """The scopes whose budget is a product's: its own, else those of the teams that make it."""
    teams = tuple((TEAM, one.id) for one in organization.teams if one.product == product)
    return ((PRODUCT, product), *teams)


def amount_of(
    budgets: Iterable[Budget],
    product: str,
    organization: Organization,
    *,
    year: date,
    to: Converter,
) -> tuple[Decimal, str] | None:
    """A product's budget for a day's fiscal year, and whose it is; None where it has none."""
    calendar = organization.fiscal_calendar
    number = calendar.year_of(year)
    start, end = calendar.first_day(number), calendar.first_day(number + 1)
    mine = [one for one in budgets if start <= one.span.start and one.span.end <= end]
    own, *teams = scopes_of(product, organization)
    for chosen in ({own}, set(teams)):
        fitting = [one for one in mine if one.narrows in chosen]
        if fitting:
            whose = " and ".join(sorted({one.narrows[1] for one in fitting}))
            return _converted(fitting, whose, to, year)
    return None


def _converted(
    budgets: Iterable[Budget], whose: str, to: Converter, day: date
) -> tuple[Decimal, str] | None:
    try:
        amounts = [to.convert(b.amount, currency=b.currency, month=f"{day:%Y-%m}") for b in budgets]
    except RateMissing:
        return None
    return total(amounts), whose
