"""Cards: the figures everyone asks for first, each with the months that led to it."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import Amount
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.focus.columns import UNALLOCATED
from finops.measures import MEASURES
from finops.portal import desk
from finops.portal import formats
from finops.portal import month
from finops.portal.change import Change
from finops.portal.lens import Basis

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.dataset import Dataset
    from finops.portal.lens import Lens
    from finops.portal.month import Trend

SHOWN = 13
"""How many months a card's line has: the month, and the year before it."""

_HELP = {measure.name: measure.definition for measure in MEASURES}


class Card(NamedTuple):
    """One figure: its name, how it is written, how it moved against what, and its months."""

    label: str
    value: str
    help: str
    moved: str
    rose: bool
    against: str
    months: tuple[Decimal, ...] = ()


def of_month(dataset: Dataset, lens: Lens) -> tuple[Card, ...]:
    """The figures of the chosen month."""
    other = Basis.BILLED if lens.basis is Basis.EFFECTIVE else Basis.EFFECTIVE
    return (
        _cost(dataset, lens),
        _measured(dataset, lens, other.value, other.label),
        _year(dataset, lens),
        _unowned(dataset, lens),
        _measured(dataset, lens, "CommitmentUnused", "Unused commitment"),
    )


def draw(cards: Sequence[Card]) -> None:
    """Draw the cards in as many columns as there is room for; a rise is orange, a fall is blue."""
    with st.grid(columns="auto", min_column_width=180, gap="xsmall"):
        for card in cards:
            _draw(card)


def _draw(card: Card) -> None:
    st.metric(
        card.label,
        card.value,
        delta=card.moved or None,
        delta_color="orange" if card.rose else "blue",
        delta_arrow="up" if card.rose else "down",
        delta_description=card.against if card.moved else None,
        help=card.help,
        chart_data=[float(number) for number in card.months] or None,
        chart_type="area",
        border=True,
        height="stretch",
    )


def _cost(dataset: Dataset, lens: Lens) -> Card:
    """The cost of the month as far as it is in."""
    parts = month.parts_by(dataset, lens, "ServiceName")
    line = month.trend(dataset, lens, lens.basis.value)
    return _card(
        lens.basis.label, _HELP[lens.basis], parts.whole, lens, _shown(line), parts.currency
    )


def _measured(dataset: Dataset, lens: Lens, measure: str, label: str) -> Card:
    """Another measure of the month, by whole months."""
    line = month.trend(dataset, lens, measure)
    moved = Change(label, line.at(lens.period.plus(-1)), line.at(lens.period))
    return _card(label, _HELP[measure], moved, lens, _shown(line), line.currency)


def _card(
    label: str, told: str, moved: Change, lens: Lens, months: tuple[Decimal, ...], currency: str
) -> Card:
    """A card of an amount beside the month before."""
    return Card(
        label=label,
        value=formats.short(Amount(moved.now, currency)),
        help=told,
        moved=formats.change(moved.now, moved.before) if moved.before > 0 else "",
        rose=moved.by > 0,
        against=f"vs {formats.month_short(lens.period.plus(-1))}",
        months=months,
    )


def _year(dataset: Dataset, lens: Lens) -> Card:
    """The fiscal year to the end of the chosen month, beside the same months a year before."""
    calendar = desk.organization().fiscal_calendar
    year = calendar.period_of(lens.period.start).year
    first = BillingPeriod.of(calendar.first_day(year))
    line = month.trend(dataset, lens, lens.basis.value, 2 * month.YEAR + 1)
    months = tuple(first.to(lens.period))
    before = tuple(line.at(period.plus(-month.YEAR)) for period in months)
    now = tuple(line.at(period) for period in months)
    comparable = all(before)
    moved = Change("", total(before) if comparable else month.NOTHING, total(now))
    card = _card(
        f"FY{year % 100:02} to date",
        f"{lens.basis.label} of {formats.month(first)} to {formats.month(lens.period)}, beside the "
        "same months a year before.",
        moved,
        lens,
        tuple(total(now[: place + 1]) for place in range(len(now))),
        line.currency,
    )
    return card._replace(against=f"vs FY{(year - 1) % 100:02}")


def _unowned(dataset: Dataset, lens: Lens) -> Card:
    """What no team owns, as a share of the month; it moves by percent points."""
    line = month.share(dataset, lens, "x_Team", UNALLOCATED)
    now, before = line.at(lens.period), line.at(lens.period.plus(-1))
    return Card(
        label="Without a team",
        value=formats.percent(now),
        help="The share of the month's cost that no team owns.",
        moved=formats.points(now - before) if before else "",
        rose=now > before,
        against=f"vs {formats.month_short(lens.period.plus(-1))}",
        months=_shown(line),
    )


def _shown(line: Trend) -> tuple[Decimal, ...]:
    """The last months of a line, from the first that has an amount."""
    numbers = [number for _, number in line.months[-SHOWN:]]
    while numbers and not numbers[0]:
        numbers.pop(0)
    return tuple(numbers)
