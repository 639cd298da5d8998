"""How numbers, days and words from data are written."""

from __future__ import annotations

from datetime import date
from datetime import datetime
from datetime import UTC
from decimal import Decimal

import pytest

from finops.core.amount import Amount
from finops.core.fiscal import FiscalCalendar
from finops.core.period import BillingPeriod
from finops.portal import formats


def usd(number: str) -> Amount:
    return Amount(Decimal(number), "USD")


@pytest.mark.parametrize(
    ("number", "currency", "told"),
    [
        ("1240118.205", "USD", "1,240,118.20 USD"),
        ("-1240118.205", "USD", "\u22121,240,118.20 USD"),
        ("1240118.5", "JPY", "1,240,118 JPY"),
        ("1.2345", "KWD", "1.234 KWD"),
        ("0", "EUR", "0.00 EUR"),
    ],
)
def test_money_has_its_currencys_own_decimals_and_its_code(
    number: str, currency: str, told: str
) -> None:
    assert formats.money(Amount(Decimal(number), currency)) == told.replace(" ", "\u00a0")


def test_a_tiny_unit_cost_is_never_shown_as_nothing() -> None:
    assert formats.money(usd("0.000123456")) == "0.0001235\u00a0USD"
    assert formats.short(usd("-0.00004")) == "\u22120.00004000\u00a0USD"


def test_short_money_keeps_three_digits() -> None:
    assert formats.short(usd("1240118.2")) == "1.24M\u00a0USD"
    assert formats.short(usd("12400.2"), signed=True) == "+12.4K\u00a0USD"
    assert formats.short(usd("999999.99")) == "1M\u00a0USD"
    assert formats.short(usd("-999.99")) == "\u2212999.99\u00a0USD"


def test_a_change_from_nothing_has_no_percentage() -> None:
    assert formats.change(Decimal(5), Decimal(0)) == "n/a"
    assert formats.change(Decimal("103.1"), Decimal(100)) == "+3.1\u00a0%"
    assert formats.change(Decimal(50), Decimal(100)) == "\u221250.0\u00a0%"


def test_a_change_too_small_to_show_has_no_sign() -> None:
    assert formats.percent(Decimal("-0.0001"), signed=True) == "0.0\u00a0%"


def test_one_is_not_many() -> None:
    told = [formats.counted(number, "item") for number in (0, 1, 2)]
    assert told == ["0 items", "1 item", "2 items"]
    assert [formats.are(number, "item") for number in (1, 2)] == ["1 item is", "2 items are"]


def test_days_and_months_are_written_so_that_nobody_mistakes_them() -> None:
    october = BillingPeriod(2026, 10)
    assert formats.day(date(2026, 10, 3)) == "3 Oct 2026"
    assert formats.moment(datetime(2026, 11, 2, 6, 5, tzinfo=UTC)) == "2 Nov 2026 06:05 UTC"
    told = formats.fiscal_month(october, FiscalCalendar(start_month=10))
    assert told == "October 2026 (FY27 Q1 P01)"


def test_what_the_records_tell_has_its_months_and_days_in_words() -> None:
    assert formats.dated("2026-09 is not closed") == "September 2026 is not closed"
    told = formats.dated("Less disks: 2026-08, 2026-09 wait to be signed; due 2026-10-03")
    assert told == "Less disks: August 2026, September 2026 wait to be signed; due 3 Oct 2026"
    for name in ("backup-2026-09", "logs/2026-09", "2026-13 or 2026-02-30", "v2026-09-01-x"):
        assert formats.dated(name) == name


def test_a_long_list_says_how_many_more() -> None:
    assert formats.listing(()) == ""
    assert formats.listing(("a",)) == "a"
    assert formats.listing(("a", "b")) == "a and b"
    assert formats.listing(tuple("abcdef")) == "a, b, c and 3 more"


def test_text_from_data_loses_every_meaning_it_has_in_markdown() -> None:
    hostile = "$x$ :red[a] [l](http://x) `c` <b> **b** www.x.com\n# h"
    escaped = formats.md_escape(hostile)
    assert "\n" not in escaped
    assert all(
        escaped[place - 1] == "\\" for place, sign in enumerate(escaped) if sign in "$:[]()`<>*.#"
    )


def test_a_number_keeps_its_digits() -> None:
    assert formats.number(Decimal("1234567.50")) == "1,234,567.50"
    assert formats.number(Decimal(12000)) == "12,000"


def test_dimensions_and_scopes_are_told_as_people_say_them() -> None:
    told = [formats.dimension(name) for name in ("x_Team", "x_CostCenter", "tag:env", "Region")]
    assert told == ["Team", "Cost center", "Tag env", "Region"]
    assert formats.scope("x_Team=search;x_CostCenter=CC-1") == "Team search; Cost center CC-1"
    assert formats.scope("all") == "all"


def test_of_a_scope_of_many_resources_the_first_are_told_and_how_many_more_there_are() -> None:
    """The ids as they are read: what comes last in each."""
    told = ";".join(f"ResourceId=arn:aws:ecs:eu-west-1:41:service/reports-{n}" for n in range(6))
    first = "reports-0, reports-1, reports-2 and 3 more"
    assert formats.scope(f"{told};x_Team=search") == f"Resource id {first}; Team search"


def test_the_end_of_a_long_id_tells_two_apart() -> None:
    assert formats.tail("short", 9) == "short"
    assert formats.tail("arn:aws:ec2/i-0123456789", 12) == "…i-0123456789"
    assert formats.tail("arn:aws:ec2:eu/vol-01", 12) == "…vol-01"
