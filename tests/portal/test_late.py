"""A closed month that was restated says so first, by how much, and where that is booked."""

from __future__ import annotations

from decimal import Decimal

from finops.invoicing.restatements import Adjusted
from finops.invoicing.restatements import Figure
from finops.invoicing.restatements import Restatements
from finops.portal import late


def said(*figures: Figure, booked_in: str = "2026-06") -> Restatements:
    """What was said of May."""
    one = Adjusted(
        month="2026-05",
        booked_in=booked_in,
        issuer="Cloud",
        currency="USD",
        import_id="i",
        kind="late usage",
        service="Compute",
        rows=1,
        amount=Decimal("5.50"),
    )
    return Restatements(month="2026-05", about=(one,), booked=(), figures=figures, listed=())


def test_each_currency_is_told_by_how_much_it_moved() -> None:
    found = said(
        Figure("EUR", Decimal(10), Decimal("-0.25")), Figure("USD", Decimal(130), Decimal("5.50"))
    )
    assert late.moved(found) == "\u22120.25\u00a0EUR and +5.50\u00a0USD"
    assert late.sentence(found) == (
        " **Restated since it was closed: \u22120.25\u00a0EUR and +5.50\u00a0USD**, "
        "booked in June 2026."
    )


def test_a_cost_that_only_moved_between_accounts_is_told_too() -> None:
    found = said(Figure("USD", Decimal(130), Decimal(0)))
    assert late.moved(found) == "in its parts, not in its sum"


def test_a_month_of_which_nothing_was_said_is_told_without_a_word_of_it() -> None:
    quiet = Restatements(month="2026-05", about=(), booked=(), figures=(), listed=())
    assert [late.moved(None), late.sentence(None)] == ["", ""]
    assert [late.moved(quiet), late.sentence(quiet)] == ["", ""]
