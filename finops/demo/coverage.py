"""Which usage the demo company's commitments cover, day by day, and what stays unused.

Every day that a commitment runs, used and unused add up to what is committed, to the last digit.
"""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

import numpy as np

from finops.demo.commitments import purchases
from finops.demo.commitments import term
from finops.demo.commitments import unused
from finops.demo.money import cost
from finops.demo.money import part
from finops.demo.money import PRICE_UNIT
from finops.demo.templates import commitment_columns

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from finops.demo.company import Commitment
    from finops.demo.seasons import Month
    from finops.demo.usage import Site

_PERCENT = 100


def commit(here: Site, rows: NDArray[np.void], provider: str, month: Month) -> NDArray[np.void]:
    """Cover usage by the provider's commitments, reservations first; add unused and purchases."""
    mine = [one for one in here.company.commitments if one.provider == provider]
    for commitment in sorted(mine, key=lambda one: one.kind != "usage"):
        days = term(commitment, month).within(month)
        if days:
            rows = _cover(here, rows, commitment, month)
            rows = np.concatenate([rows, purchases(here, commitment, month)])
    return rows


def _cover(
    here: Site, rows: NDArray[np.void], commitment: Commitment, month: Month
) -> NDArray[np.void]:
    """Split usage into covered and not covered, day by day in the order of the rows."""
    span = term(commitment, month)
    days = span.within(month)
    may = (
        _eligible(here, rows, commitment) & (rows["start"] >= days[0]) & (rows["start"] <= days[-1])
    )
    other, found = rows[~may], rows[may]
    found = found[np.argsort(found["start"], kind="stable")]
    rates = _rates(here, commitment)[found["template"]]
    wanted = cost(found["quantity"], rates) if commitment.kind == "spend" else found["quantity"]
    used = _fill(found["start"], wanted, span.committed)
    pieces = _split(here, found, used, rates, commitment)
    left = np.full(len(days), span.committed, np.int64)
    np.subtract.at(left, pieces.covered["start"] - days[0], pieces.covered["committed"])
    rows_left = unused(here, commitment, np.arange(days[0], days[-1] + 1), left)
    return np.concatenate([other, pieces.open, pieces.covered, rows_left])


def _eligible(here: Site, rows: NDArray[np.void], commitment: Commitment) -> NDArray[np.bool_]:
    standard = here.book.column("PricingCategory") == "Standard"
    usage = here.book.column("ChargeCategory") == "Usage"
    skus = np.array([one.sku in commitment.covers for one in here.book.templates.values])
    may = standard & usage & skus
    return np.asarray(may[rows["template"]], np.bool_)


def _rates(here: Site, commitment: Commitment) -> NDArray[np.int64]:
    """What a unit of each template costs under the commitment, in 1e-8."""
    if commitment.kind == "usage":
        return np.full(len(here.book.templates.values), commitment.hourly, np.int64)
    prices = [one.contracted or 0 for one in here.book.templates.values]
    return np.array([part(price, commitment.price, _PERCENT) for price in prices], np.int64)


def _fill(days: NDArray[np.int64], wanted: NDArray[np.int64], limit: int) -> NDArray[np.int64]:
    """How much of each wish is met when each day has one limit; days are in order."""
    before = np.cumsum(wanted) - wanted
    _, first = np.unique(days, return_index=True)
    starts = np.repeat(before[first], np.diff(np.append(first, len(days))))
    return np.asarray(np.clip(limit - (before - starts), 0, wanted), np.int64)


class _Pieces(NamedTuple):
    covered: NDArray[np.void]
    open: NDArray[np.void]


def _split(
    here: Site,
    rows: NDArray[np.void],
    used: NDArray[np.int64],
    rates: NDArray[np.int64],
    commitment: Commitment,
) -> _Pieces:
    """Cut each row at what is used: the covered quantity, and the rest at its own price."""
    units = used // rates if commitment.kind == "spend" else used // PRICE_UNIT
    covered, rest = rows.copy(), rows.copy()
    covered["quantity"] = np.minimum(units * PRICE_UNIT, rows["quantity"])
    rest["quantity"] = rows["quantity"] - covered["quantity"]
    used = np.where(covered["quantity"] > 0, used, 0)
    covered["committed"] = used
    covered["effective"] = used if commitment.kind == "spend" else cost(used, rates)
    covered["billed"] = 0
    for piece in (covered, rest):
        _price(here, piece)
    rest["billed"] = rest["effective"] = rest["contracted"]
    covered["template"] = _variants(here, covered["template"], commitment)
    return _Pieces(covered[covered["quantity"] > 0], rest[rest["quantity"] > 0])


def _price(here: Site, rows: NDArray[np.void]) -> None:
    """Set list and contracted cost by quantity."""
    for name in ("listed", "contracted"):
        prices = [getattr(one, name) or 0 for one in here.book.templates.values]
        rows[name] = cost(rows["quantity"], np.array(prices, np.int64)[rows["template"]])


def _variants(
    here: Site, templates: NDArray[np.int64], commitment: Commitment
) -> NDArray[np.int64]:
    """The same templates, as usage that the commitment covers."""
    currency = here.company.providers[commitment.provider].currency
    extra = {
        **commitment_columns(commitment, currency),
        "CommitmentDiscountStatus": "Used",
        "PricingCategory": "Committed",
    }
    places, inverse = np.unique(templates, return_inverse=True)
    new = []
    for place in places:
        old = here.book.templates.values[place]
        columns = here.book.columns(int(place)) | extra
        new.append(here.book.template(columns, sku=old.sku, prices=(old.listed, old.contracted)))
    return np.array(new, np.int64)[inverse.ravel()] if new else templates
