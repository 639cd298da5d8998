"""Choices: the standard ways in which two people's numbers of one month differ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.measure import Axis
from finops.errors import RateMissing
from finops.exchange.conversion import Converter
from finops.exchange.rule import CHOICES
from finops.exchange.rule import RateRule
from finops.exchange.rule import USUAL
from finops.invoicing.difference import rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.core.period import BillingPeriod


class Reason(StrEnum):
    """The standard differences."""

    RESTATEMENT = "restatement"
    SCOPE = "scope"
    BASIS = "basis"
    AXIS = "axis"
    ALLOCATION = "allocation"
    PURCHASES = "purchases"
    UNUSED = "unused commitment"
    TAX = "tax"
    CREDITS = "credits"
    CORRECTIONS = "corrections"
    REFUNDS = "refunds"
    SUPPORT = "support"
    MARKETPLACE = "marketplace"
    TIME_ZONE = "time zone"
    PART_DAY = "part-day"
    FX = "FX"


_ANY = (Reason.BASIS, Reason.TAX, Reason.CREDITS, Reason.CORRECTIONS, Reason.SUPPORT)
SOURCES: dict[str, frozenset[Reason]] = {
    "": frozenset({*_ANY, Reason.AXIS, Reason.FX}),
    "console": frozenset({*_ANY, Reason.AXIS, Reason.TIME_ZONE, Reason.REFUNDS}),
    "portal": frozenset({*_ANY, Reason.AXIS, Reason.SCOPE, Reason.FX, Reason.RESTATEMENT}),
    "ledger": frozenset({*_ANY, Reason.AXIS, Reason.FX, Reason.PURCHASES, Reason.MARKETPLACE}),
    "deck": frozenset({Reason.BASIS, Reason.TAX, Reason.RESTATEMENT, Reason.PART_DAY, Reason.FX}),
    "team": frozenset({*_ANY, Reason.SCOPE, Reason.ALLOCATION, Reason.UNUSED}),
}
"""Where a number comes from, and by what such numbers usually differ; that is looked at first."""


class Kind(NamedTuple):
    """Charges that are counted or not: what leaves them out, or for `added`, puts them in."""

    name: str
    reason: Reason
    said: str
    added: bool = False


KINDS = (
    Kind(rows.UNOWNED, Reason.ALLOCATION, "Without what no team owns"),
    Kind(rows.PURCHASES, Reason.PURCHASES, "Without what is paid for commitments"),
    Kind(rows.UNUSED, Reason.UNUSED, "Without what is unused of commitments"),
    Kind(rows.TAX, Reason.TAX, "Without tax"),
    Kind(rows.INVOICE_TAX, Reason.TAX, "With the tax that is on the invoices alone", added=True),
    Kind(rows.CREDITS, Reason.CREDITS, "Without credits"),
    Kind(rows.CORRECTIONS, Reason.CORRECTIONS, "Without corrections of earlier months"),
    Kind(rows.REFUNDS, Reason.REFUNDS, "Without what is given back for usage"),
    Kind(rows.SUPPORT, Reason.SUPPORT, "Without support"),
    Kind(rows.MARKETPLACE, Reason.MARKETPLACE, "Without the marketplace and other issuers"),
)
"""In the order in which a walk takes them."""

TITLES = {
    "EffectiveCost": "Effective cost",
    "BilledCost": "Billed cost, as invoiced and unblended",
    "ListCost": "List cost, at public prices",
    "ContractedCost": "Contracted cost, at negotiated prices",
}
_OWN = {"BilledCost": Axis.BILLING}
_AXES = {
    Axis.BILLING: "By the month that bills it",
    Axis.CHARGE: "By the day it was incurred",
}


class Basis(NamedTuple):
    """A cost on an axis; `steps` away from the portal's."""

    cost: str
    axis: Axis
    steps: int = 0

    @property
    def said(self) -> tuple[str, str]:
        """The cost and the axis in words."""
        return TITLES[self.cost], _AXES[self.axis]


def bases(cost: str, axis: Axis) -> tuple[Basis, ...]:
    """Every cost on either axis, the portal's first; a cost brings its own axis along."""
    found = [Basis(cost, axis)]
    for other in rows.COSTS:
        for on in Axis:
            if (other, on) != (cost, axis):
                near = other == cost or on in {axis, _OWN.get(other, Axis.CHARGE)}
                found.append(Basis(other, on, 1 if near else 2))
    return tuple(found)


class Cut(NamedTuple):
    """From which hour to before which the charges are in, counted from the start of the month."""

    low: int
    high: int
    said: str = ""
    reason: Reason = Reason.TIME_ZONE


_ZONES = ((-8, "UTC\u22128"), (-7, "UTC\u22127"), (-5, "UTC\u22125"), (1, "UTC+1"), (2, "UTC+2"),
          (8, "UTC+8"), (9, "UTC+9"), (10, "UTC+10"))  # fmt: skip
_DAY = 24


def cuts(period: BillingPeriod) -> tuple[Cut, ...]:
    """The whole month in UTC; the month elsewhere; the month up to each of its days."""
    end = period.days * _DAY
    found = [Cut(0, end)]
    found += [Cut(-zone, end - zone, f"The month as {name} has it") for zone, name in _ZONES]
    found += [
        Cut(_DAY, end + _DAY, "The month a day later"),
        Cut(-_DAY, end - _DAY, "The month a day earlier"),
    ]
    for day in range(1, period.days):
        last = period.start + timedelta(days=day - 1)
        found.append(Cut(0, day * _DAY, f"Only up to {last:%d %B}".replace(" 0", " "), _PART))
    return tuple(found)


_PART = Reason.PART_DAY
Places = tuple[str, ...]
Keeps = Callable[[Places], bool]


class Part(NamedTuple):
    """A part of the cost: which values of the places it keeps."""

    said: str
    keeps: Keeps


Filters = tuple[tuple[int, frozenset[str | None]], ...]
_NAMES = {
    "x_Team": "team",
    "SubAccountName": "account",
    "x_CostCenter": "cost center",
    "ServiceProviderName": "provider",
}
LEAVES_OUT = ("SubAccountName", "ServiceProviderName", "x_Team")


def parts(names: Places, values: Iterable[Places], chosen: Filters) -> tuple[Part, ...]:
    """What is looked at, then: everything, each part by itself, and all but one part."""
    known = sorted(set(values))

    def looked_at(places: Places) -> bool:
        return all((places[at] or None) in kept or places[at] in kept for at, kept in chosen)

    found = [Part("", looked_at)]
    if chosen:
        found.append(Part("The whole company", lambda _: True))
    for at, name in enumerate(names):
        word = _NAMES.get(name, name.removeprefix("x_"))
        for value in sorted({places[at] for places in known} - {""}):
            told = f"{word} {value}"
            found.append(Part(f"Only {told}", _only(at, value)))
            if name in LEAVES_OUT:
                found.append(Part(f"Without {told}", _without(at, value, looked_at)))
    return tuple(found)


def _only(at: int, value: str) -> Keeps:
    return lambda places: places[at] == value


def _without(at: int, value: str, looked_at: Keeps) -> Keeps:
    return lambda places: places[at] != value and looked_at(places)


class Exchange(NamedTuple):
    """A way to tell every currency in one: converts an amount, and says how."""

    said: str
    convert: Callable[[Decimal, str], Decimal]


def exchanges(
    currencies: Iterable[str], own: Converter, period: BillingPeriod
) -> tuple[Exchange, ...]:
    """The portal's own way first, then others for which there are rates."""
    billed = sorted(set(currencies))
    as_here = Exchange("", _at(own, period))
    if set(billed) <= {own.currency}:
        return (as_here,)
    before = str(period.plus(-1))
    rules = [("At the usual rate", USUAL)]
    rules += [(f"At the {kind} rate", RateRule(kind=kind)) for kind in CHOICES]
    rules.append(("At the rates of the month before", RateRule(constant=before)))
    found = [
        Exchange(said, _at(Converter(own.currency, own.rates, rule), period))
        for said, rule in rules
    ]
    found.append(Exchange("Currencies added up without converting", lambda number, _: number))
    found += [
        Exchange(f"Only what is billed in {currency}, not converted", _as_billed(currency))
        for currency in billed
    ]
    told = {_rates(as_here, billed): as_here}
    for one in found:
        if rates_of := _rates(one, billed):
            told.setdefault(rates_of, one)
    return tuple(told.values())


def _at(converter: Converter, period: BillingPeriod) -> Callable[[Decimal, str], Decimal]:
    return lambda number, currency: converter.convert(number, currency=currency, month=str(period))


def _as_billed(kept: str) -> Callable[[Decimal, str], Decimal]:
    return lambda number, currency: number if currency == kept else Decimal(0)


def _rates(exchange: Exchange, currencies: Iterable[str]) -> tuple[Decimal, ...]:
    """What one unit of each currency is; nothing where that is not known."""
    try:
        return tuple(exchange.convert(Decimal(1), currency) for currency in currencies)
    except RateMissing:
        return ()
