from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.core.exchange_rate import ExchangeRate
from finops.errors import RateMissing
from finops.exchange.conversion import Converter
from finops.exchange.conversion import KINDS
from finops.exchange.conversion import of_day
from finops.exchange.conversion import told
from finops.exchange.rule import Kind
from finops.exchange.rule import rate_rule
from finops.exchange.rule import RateRule

APRIL = "2026-04"


def rate(
    value: str, *, kind: str = "average", pair: str = "EURUSD", period: str = APRIL, day: str = ""
) -> ExchangeRate:
    """A rate of a month, or of a day."""
    month = "" if day else period
    return ExchangeRate(pair[:3], pair[3:], kind, month, day, Decimal(value))


def dollars(*rates: ExchangeRate, number: str = "100", month: str = APRIL) -> Decimal:
    """So many euros of a month in dollars."""
    return Converter("USD", rates).convert(Decimal(number), currency="EUR", month=month)


def test_an_amount_is_told_by_the_rate_of_its_month() -> None:
    assert dollars(rate("1.10"), rate("1.20", period="2026-05")) == 110
    assert dollars(rate("1.10"), rate("1.20", period="2026-05"), month="2026-05") == 120


def test_an_amount_in_the_same_currency_needs_no_rate() -> None:
    converter = Converter("USD", ())
    assert converter.convert(Decimal("1.23"), currency="USD", month=APRIL) == Decimal("1.23")
    assert converter.used == {}


def test_nothing_is_nothing_in_every_currency() -> None:
    assert dollars(number="0") == 0


@pytest.mark.parametrize(
    "rates",
    [
        (),
        (rate("1.1", period="2026-03"), rate("1.1", period="2026-05")),
        (rate("1.1", day="2026-03-31", kind="daily"), rate("1.1", day="2026-05-01", kind="daily")),
        (rate("1.1", pair="EURGBP"), rate("1.1", pair="GBPUSD")),
        (rate("1.1", period="2025-04"),),
    ],
)
def test_a_month_without_a_rate_is_never_told_by_another_months(
    rates: tuple[ExchangeRate, ...],
) -> None:
    with pytest.raises(RateMissing, match="no rate from EUR to USD for 2026-04") as error:
        dollars(*rates)
    assert "finops rates add" in error.value.remedy


def test_an_agreed_rate_goes_before_the_mean_and_that_before_the_last() -> None:
    found = {kind: rate(f"1.{place}", kind=kind) for place, kind in enumerate(KINDS, start=1)}
    assert KINDS == ("contract", "average", "month-end", "daily")
    found["daily"] = rate("1.4", kind="daily", day="2026-04-01")
    for kind in KINDS:
        left = KINDS[KINDS.index(kind) :]
        told = dollars(*(found[each] for each in reversed(left)))
        assert told == 100 * found[kind].rate


def test_daily_rates_are_taken_as_the_mean_of_their_month() -> None:
    """Weekends and holidays have none; a day of another month is no part of the mean."""
    days = [
        rate(value, kind="daily", day=f"2026-{day}")
        for day, value in {"04-01": "1.0", "04-02": "1.1", "04-07": "1.2", "05-04": "9"}.items()
    ]
    assert dollars(*days) == 110


def test_the_mean_of_daily_rates_has_eight_decimals() -> None:
    days = [rate(value, kind="daily", day=f"2026-04-0{n}") for n, value in enumerate("112", 1)]
    assert dollars(*days, number="1") == Decimal("1.33333333")


def test_a_missing_day_matters_only_where_the_days_are_all_there_is() -> None:
    one = rate("1.3", kind="daily", day="2026-04-01")
    assert dollars(one) == 130
    assert dollars(one, rate("1.1")) == 110


def test_a_pair_is_also_used_the_other_way_round() -> None:
    assert dollars(rate("0.8", pair="USDEUR")) == 125


def test_the_pair_as_it_is_asked_goes_before_its_inverse() -> None:
    inverse = rate("0.5", pair="USDEUR")
    assert dollars(inverse, rate("1.1")) == dollars(rate("1.1"), inverse) == 110
    daily = [rate("1.1", kind="daily", day="2026-04-01")]
    daily += [rate("0.5", kind="daily", day="2026-04-02", pair="USDEUR")]
    assert dollars(*daily) == dollars(*daily[::-1]) == 110


def test_an_agreed_inverse_goes_before_a_mean_of_the_pair() -> None:
    assert dollars(rate("1.1"), rate("0.8", kind="contract", pair="USDEUR")) == 125


def test_a_converter_tells_which_rates_it_used() -> None:
    converter = Converter("USD", (rate("1.1"), rate("1.2", pair="GBPUSD")))
    for currency in ("EUR", "EUR", "USD"):
        converter.convert(Decimal(1), currency=currency, month=APRIL)
    assert converter.used == {("EUR", APRIL): rate("1.1")}


MONEY = st.decimals(-(10**20), 10**20, places=18)
RATES = st.decimals("0.00000001", 10**6, places=8).filter(bool)


@given(numbers=st.lists(MONEY, max_size=6), value=RATES)
def test_parts_that_are_told_add_up_to_the_whole_that_is_told(
    numbers: list[Decimal], value: Decimal
) -> None:
    converter = Converter("USD", (rate(str(value)),))
    told = [converter.convert(n, currency="EUR", month=APRIL) for n in numbers]
    assert sum(map(Fraction, told)) == sum(map(Fraction, numbers)) * Fraction(value)


def at(rule: RateRule, *rates: ExchangeRate, month: str = APRIL) -> Decimal:
    """A hundred euros of a month in dollars, by a rule."""
    return Converter("USD", rates, rule).convert(Decimal(100), currency="EUR", month=month)


def test_the_kind_that_is_asked_for_converts_and_no_other() -> None:
    found = {kind: rate(f"1.{n}", kind=kind) for n, kind in enumerate(KINDS[:3], start=1)}
    for kind in ("average", "month-end", "contract"):
        assert at(rate_rule(kind), *found.values()) == 100 * found[kind].rate
        others = [each for name, each in found.items() if name != kind]
        with pytest.raises(RateMissing, match=f"no {kind} rate from EUR to USD for 2026-04"):
            at(rate_rule(kind), *others)


def test_daily_rates_have_a_mean_and_a_last_day_but_agree_on_nothing() -> None:
    """The last day is one of the month's last four: a month that is half in has no end yet."""
    days = [
        rate(value, kind="daily", day=f"2026-04-{day}")
        for day, value in {"28": "1.3", "01": "1.1"}.items()
    ]
    assert at(rate_rule("average"), *days) == 120
    assert at(rate_rule("month-end"), *days) == 130
    for rule, rates in ((rate_rule("month-end"), days[1:]), (rate_rule("contract"), days)):
        with pytest.raises(RateMissing):
            at(rule, *rates)


def test_constant_currency_holds_the_rates_of_one_month() -> None:
    march, april = rate("1.1", period="2026-03"), rate("1.2")
    held = rate_rule("", "2026-03")
    assert at(held, march, april) == at(held, march, april, month="2026-03") == 110
    with pytest.raises(RateMissing, match="for 2026-03"):
        at(held, april)


def test_a_day_has_its_own_rate_else_that_of_its_months_end() -> None:
    day, end = rate("1.3", kind="daily", day="2026-04-07"), rate("1.2", kind="month-end")
    assert of_day((day, end), "EUR", "2026-04-07") == day
    assert of_day((day, end), "EUR", "2026-04-08") == end
    assert of_day((day,), "EUR", "2026-04-08") is None
    assert told(day) == "EUR to USD 2026-04-07: 1.3 (daily)"
    assert told(end._replace(kind=Kind.CONTRACT)) == "EUR to USD 2026-04: 1.2 (contract)"
