"""Shares: which part of a resource's cost an action takes away, from the organization's own prices.

Source: domain.md 13 (WASTE-1, WASTE-2) and the providers' price lists.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.workloads.resources import Meter
    from finops.workloads.resources import Resource
    from finops.workloads.signs import Case

GP3_OF_GP2 = Decimal("0.8")
"""What gp3 costs of gp2 by the price list, where no own price of gp3 is known."""

GP3_FREE_IOPS = Decimal(3000)
_EXTRA_IOPS, _EXTRA_THROUGHPUT = Decimal("0.06"), Decimal("0.5")
"""One IOPS and one MiB/s beyond those without charge cost these parts of the price of a GB."""
_KEPT = Decimal(125)
"""The MiB/s that a large gp2 disk has beyond the 125 of gp3."""

_IO_DISK = re.compile(r"volumeusage\.(?:io[12]|piops)|\(io[12]\)")
_GP3 = re.compile(r"volumeusage\.gp3|\(gp3\) provisioned storage")
_THUMB = Decimal("0.05")


class Share(NamedTuple):
    """The part that goes away, None where the bill cannot say it; whence, and how sure that is."""

    part: Decimal | None
    basis: str
    sure: bool = True


def own_gp3(resources: Iterable[Resource]) -> dict[str, Decimal]:
    """What a GB-month of gp3 costs in each region, by the bill: effective cost by quantity."""
    found: dict[str, list[Meter]] = {}
    for resource in resources:
        meters = [one for one in resource.meters if _GP3.search(one.text) and one.quantity > 0]
        found.setdefault(resource.region, []).extend(meters)
    return {region: _price(meters) for region, meters in found.items() if meters}


def share_of(case: Case, gp3: dict[str, Decimal]) -> Share:
    """The part of the meters' cost that the rule's action takes away."""
    told = case.rule.share
    if told == "gp3":
        return _gp3(case, gp3.get(case.resource.region))
    if told == "iops":
        return _iops(case, gp3.get(case.resource.region))
    if told == "thumb":
        return Share(_THUMB, "5 % by rule of thumb: compare the prices of both", sure=False)
    if told == "unknown":
        return Share(None, "the bill cannot say how much of it goes away")
    return Share(Decimal(told), "all of it" if told == "1" else f"{Decimal(told):.1%} of it")


def gp3_from_gp2(size: Decimal, price: Decimal, gp3: Decimal) -> tuple[Decimal, Decimal]:
    """What gp3 saves in a month: at its baseline, and where gp2's 250 MiB/s are kept.

    WASTE-1: 500 GB at 0.10 against 0.08 saves 10, or 5 with the throughput kept.
    """
    plain = size * (price - gp3)
    return plain, plain - _KEPT * gp3 * _EXTRA_THROUGHPUT


def gp3_from_io(size: Decimal, iops: Decimal, gp3: Decimal) -> Decimal:
    """What a disk with provisioned IOPS costs as gp3 in a month.

    WASTE-2: 100 GB with 3,000 IOPS at 207.50 costs 8.00, since gp3 has 3,000 without charge.
    """
    return size * gp3 + max(Decimal(0), iops - GP3_FREE_IOPS) * gp3 * _EXTRA_IOPS


def _gp3(case: Case, own: Decimal | None) -> Share:
    price = _price(case.meters)
    if own is None or not price:
        return Share(1 - GP3_OF_GP2, "20 % by the price list: no own price of gp3 is known")
    if own >= price:
        return Share(Decimal(0), "gp3 costs as much here")
    return Share(1 - EXACT.divide(own, price), f"own price of gp3 here: {own:.4f} a GB-month")


def _iops(case: Case, own: Decimal | None) -> Share:
    """The quantities are of 30 days; what is billed by the month is summed over them."""
    disks = [one for one in case.meters if _IO_DISK.search(one.text)]
    cost = total(one.gross for one in case.meters)
    size = total(one.quantity for one in disks)
    iops = total(one.quantity for one in case.meters if one not in disks)
    if own is None or not cost or not size:
        return Share(None, "no own price of gp3 is known", sure=False)
    left = min(cost, gp3_from_io(size, iops, own))
    return Share(1 - EXACT.divide(left, cost), f"as gp3 at the own price of {own:.4f} a GB-month")


def _price(meters: Iterable[Meter]) -> Decimal:
    told = tuple(meters)
    quantity = total(one.quantity for one in told)
    return EXACT.divide(total(one.gross for one in told), quantity) if quantity else Decimal(0)
