"""Which rate converts, as people name it."""

from __future__ import annotations

import pytest

from finops.errors import UsageError
from finops.exchange.rule import CHOICES
from finops.exchange.rule import Kind
from finops.exchange.rule import rate_rule
from finops.exchange.rule import RateRule
from finops.exchange.rule import USUAL


def test_who_says_nothing_gets_the_usual_rate_of_each_month() -> None:
    assert rate_rule() == USUAL
    assert USUAL.told == "each month's usual rate"


def test_a_rule_is_told_in_words() -> None:
    assert rate_rule("month-end").told == "each month's month-end rate"
    held = rate_rule("average", "2026-04")
    assert held == RateRule(kind=Kind.AVERAGE, constant="2026-04")
    assert held.told == "constant currency: the average rate of 2026-04 for every month"


@pytest.mark.parametrize(("kind", "month"), [("daily", ""), ("spot", ""), ("", "2026-13")])
def test_a_rule_that_is_none_is_refused_with_those_that_are(kind: str, month: str) -> None:
    with pytest.raises(UsageError) as error:
        rate_rule(kind, month)
    assert all(word in error.value.remedy for word in (CHOICES if kind else ("YYYY-MM",)))
