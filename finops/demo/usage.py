"""What the demo company uses in a month: one charge per resource and day, at its price."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

import numpy as np

from finops.demo.book import charges
from finops.demo.money import cost
from finops.demo.money import part
from finops.demo.money import quantities
from finops.demo.ownership import Registry
from finops.demo.seasons import growth
from finops.demo.seasons import noise
from finops.demo.seasons import season
from finops.demo.templates import account_columns
from finops.demo.templates import region_columns
from finops.demo.templates import sku_columns
from finops.demo.templates import USAGE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from finops.demo.book import Book
    from finops.demo.company import Company
    from finops.demo.company import Workload
    from finops.demo.seasons import Month

_BY_COUNT = ("always", "elastic", "office")
"""Shapes that grow by the number of resources; the others by quantity."""

_BUSY = {"elastic": 0.93, "office": 0.9}
"""The part of the day that machines run which are switched off when not needed."""


class Site(NamedTuple):
    """What every part of the generator needs: the company, the words, the resources, the seed.

    On a `steady` site no day has any chance in it: what usage the story means.
    """

    company: Company
    book: Book
    registry: Registry
    seed: int
    steady: bool = False


def site(company: Company, book: Book, seed: int) -> Site:
    """Bring the parts together."""
    return Site(company, book, Registry(company, book, seed), seed)


def usage(here: Site, provider: str, month: Month) -> NDArray[np.void]:
    """All usage of one provider in one month, not yet covered by commitments."""
    parts = [
        _workload(here, place, month)
        for place, work in enumerate(here.company.workloads)
        if here.company.accounts[work.account].provider == provider
        and work.starts <= month.index < work.ends
    ]
    return np.concatenate(parts)


def usage_template(here: Site, work: Workload, month: Month, *, correction: bool = False) -> int:
    """The template of a workload's charges."""
    account, sku = here.company.accounts[work.account], here.company.skus[work.sku]
    columns = {
        **account_columns(here.company, account, seller=work.seller),
        **region_columns(here.company, account),
        **sku_columns(here.company, sku),
        **USAGE,
        "ChargeClass": "Correction" if correction else None,
        "PricingCategory": "Dynamic" if sku.market else "Standard",
    }
    contracted = sku.contracted_in(month.index)
    if sku.market:
        random = np.random.default_rng((here.seed, 3, month.period.year, month.period.month))
        contracted = part(sku.listed, sku.market * 1000 + int(random.integers(-3000, 3000)), 10**5)
    return here.book.template(columns, sku=sku.key, prices=(sku.listed, contracted))


def _workload(here: Site, place: int, month: Month) -> NDArray[np.void]:
    work = here.company.workloads[place]
    used = quantities(amounts(here, place, month))
    slots, offsets = np.nonzero(used)
    days = month.start + offsets.astype(np.int64)
    found = here.registry.places(work, slots.astype(np.int64), days, month)
    template = usage_template(here, work, month)
    prices = here.book.templates.values[template]
    quantity = used[slots, offsets]
    contracted = cost(quantity, prices.contracted or 0)
    return charges(
        len(quantity),
        template=template,
        resource=found[:, 0],
        tags=found[:, 1],
        owner=found[:, 2],
        start=days,
        end=days + 1,
        quantity=quantity,
        listed=cost(quantity, prices.listed or 0),
        contracted=contracted,
        effective=contracted,
        billed=contracted,
    )


def amounts(here: Site, place: int, month: Month) -> NDArray[np.float64]:
    """Units of each resource (row) on each day (column); 0 where it does not run."""
    work = here.company.workloads[place]
    size = growth(work.start_size, month)
    chance = noise(work, month, (here.seed, 5, place))
    if here.steady:
        chance = np.ones_like(chance)
    wave = season(work.shape, month)[np.newaxis, :] * chance
    level = 1 + 0.05 * np.random.default_rng((here.seed, 7, place)).standard_normal()
    if work.shape in _BY_COUNT:
        running = np.arange(work.resources)[:, np.newaxis] < np.maximum(
            1, np.rint(work.resources * size)
        )
        busy = np.minimum(1, _BUSY[work.shape] * wave) if work.shape in _BUSY else 1.0
        return np.asarray(work.quantity * busy * running, np.float64)
    days = month.period.days if work.shape == "stored" else 1
    return np.asarray(work.quantity * level * size * np.maximum(wave, 0.05) / days, np.float64)
