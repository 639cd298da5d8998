"""Budgets: what a line says, what it may not, and which version holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from finops.core.organization import Organization
from finops.errors import InputError
from finops.ingestion.budgets import file_of
from finops.ingestion.budgets import holding
from finops.ingestion.budgets import ORIGINAL

SHOP = Organization.from_mapping(
    {"fiscal_calendar": {"start_month": 4}, "teams": [{"id": "search", "name": "Search"}]}
)
SEARCH = {"fiscal_period": "FY27 P7", "scope": "x_Team=search", "amount": "100", "currency": "USD"}
FILE = file_of(SHOP)


def test_a_budget_is_of_a_scope_and_a_span_of_days() -> None:
    found = FILE.typed(SEARCH)
    assert found.span == ("FY27 P07", date(2026, 10, 1), date(2026, 11, 1))
    assert (found.narrows, found.amount, found.version) == (
        ("x_Team", "search"),
        Decimal(100),
        ORIGINAL,
    )
    assert FILE.typed(SEARCH | {"scope": "all"}).narrows == ("", "")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"fiscal_period": "Q3"}, "fiscal_period 'Q3': expected a fiscal year, quarter or period"),
        ({"scope": "x_Team=serch"}, "scope 'x_Team=serch': expected a value of x_Team: search"),
        ({"amount": "-1"}, "amount '-1': expected a number of 0 or more"),
        ({"currency": ""}, "currency '': expected a currency code"),
    ],
)
def test_what_cannot_be_is_refused(changed: dict[str, str], said: str) -> None:
    with pytest.raises(InputError) as caught:
        FILE.typed(SEARCH | changed)
    assert said in str(caught.value)


def test_the_version_that_was_brought_last_holds_however_it_names_the_month() -> None:
    first = FILE.typed(SEARCH)
    revised = FILE.typed(SEARCH | {"fiscal_period": "2026-10", "version": "Q2", "amount": "120"})
    later = type(revised)(**{**revised.__dict__, "order": 2})
    assert holding((later, first)) == (later,)
    assert holding((first,)) == (first,)
