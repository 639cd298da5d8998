from __future__ import annotations

from datetime import date
from decimal import Decimal

from finops.savings.charged import Used
from finops.savings.prices import Book
from finops.savings.prices import Books
from finops.savings.saving import Price


def price(sku: str, number: str, service: str = "vm") -> Price:
    return Price(sku=sku, service=service, price=Decimal(number))


def used(sku: str, service: str = "vm", status: str = "") -> Used:
    hundred = Decimal(100)
    return Used(date(2026, 10, 1), service, sku, status, "", hundred, hundred, hundred, Decimal(1))


BOOK = Book(
    (price("a", "1.00"), price("b", "2.00"), price("c", "1.002"), price("d", "4", "db")),
    (
        price("a", "0.80"),
        price("b", "1.60"),
        price("c", "1"),
        price("d", "4", "db"),
        price("e", "3"),
    ),
)


def test_what_was_used_is_told_at_the_price_before() -> None:
    assert BOOK.at_baseline(used("a")) == 125
    assert BOOK.at_baseline(used("d", "db")) == 100


def test_a_price_that_was_not_there_moves_as_its_service_did() -> None:
    assert BOOK.at_baseline(used("e")) == 125
    assert BOOK.at_baseline(used("e", "other")) == 100


def test_rounding_is_no_new_price() -> None:
    assert BOOK.at_baseline(used("c")) == 100


def test_what_a_commitment_covers_costs_what_the_commitment_costs() -> None:
    assert BOOK.at_baseline(used("a", status="Used")) == 100


def test_a_price_that_falls_in_a_later_month_moves_nothing_before_it() -> None:
    """Baseline 1.00; October 1.00, November 0.80: only November is told a quarter dearer."""
    october = used("a")
    november = october._replace(day=date(2026, 11, 1), price=Decimal("0.80"))
    books = Books((price("a", "1.00"),), (october, november))
    assert [books.at_baseline(one) for one in (october, november)] == [100, 125]


def test_a_price_that_falls_in_the_middle_of_a_month_is_told_day_by_day() -> None:
    """1.00 until the 15th, 0.80 from the 16th on; what less is used then is no price's doing."""
    before = tuple(used("a")._replace(day=date(2026, 10, day)) for day in (1, 15))
    after = tuple(
        used("a")._replace(
            day=date(2026, 10, day),
            quantity=Decimal(50),
            effective=Decimal(40),
            price=Decimal("0.8"),
        )
        for day in (16, 31)
    )
    books = Books((price("a", "1.00"),), (*before, *after))
    assert [books.at_baseline(one) for one in (*before, *after)] == [100, 100, 50, 50]
