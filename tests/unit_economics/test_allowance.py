"""Allowance: the day on which a budget is gone, and whose budget it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from finops.core.fiscal_span import span_of
from finops.core.organization import Organization
from finops.exchange.conversion import Converter
from finops.ingestion.budgets import Budget
from finops.unit_economics.allowance import Allowance
from finops.unit_economics.allowance import amount_of

D = Decimal
YEAR = Allowance(
    amount=D(1000), spent=D(700), through=date(2026, 11, 1), end=date(2027, 1, 1), whose="shop"
)
COMPANY = Organization.from_mapping(
    {
        "teams": [
            {"id": "web", "name": "Web", "product": "shop"},
            {"id": "app", "name": "App", "product": "shop"},
        ],
        "products": [{"id": "shop", "name": "Shop"}],
    }
)
TO = Converter("USD", ())


def budget(scope: str, amount: str, period: str = "FY26", currency: str = "USD") -> Budget:
    span = span_of(period, COMPANY.fiscal_calendar)
    return Budget(span=span, scope=scope, amount=D(amount), currency=currency)


def test_a_budget_is_gone_on_the_day_it_is_over() -> None:
    assert YEAR.crossed(D(10)) == date(2026, 12, 1)
    assert YEAR.crossed(D("4.9")) is None
    assert YEAR.crossed(D(0)) is None
    assert YEAR.crossed(D("301")) == date(2026, 11, 1)


def test_a_budget_that_is_over_already_was_crossed() -> None:
    over = Allowance(**{**YEAR.__dict__, "spent": D(1001)})
    assert over.crossed(D(0)) == date(2026, 11, 1)


def test_a_products_own_budget_comes_before_that_of_its_teams() -> None:
    teams = [budget("x_Team=web", "100", "FY26 Q1"), budget("x_Team=app", "50")]
    day = date(2026, 10, 1)
    assert amount_of(teams, "shop", COMPANY, year=day, to=TO) == (D(150), "app and web")
    own = [*teams, budget("x_Product=shop", "120")]
    assert amount_of(own, "shop", COMPANY, year=day, to=TO) == (D(120), "shop")


def test_no_budget_or_no_rate_is_no_allowance() -> None:
    day = date(2026, 10, 1)
    assert amount_of([], "shop", COMPANY, year=day, to=TO) is None
    euros = [budget("x_Product=shop", "120", currency="EUR")]
    assert amount_of(euros, "shop", COMPANY, year=day, to=TO) is None
