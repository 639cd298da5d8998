"""The demo company's cluster as OpenCost tells it: what each namespace used, and what nobody did.

OpenCost's csv has a line for each day; the demo has one for each month, so that it stays small.
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from finops.demo.money import digits
from finops.demo.money import part

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from finops.demo.business import Count
    from finops.demo.seasons import Month

CLUSTER, KEEPER, IDLE = "apollo", "platform", "__idle__"
JOBS = "-jobs"
"""What a team's second namespace ends with; the first is named after the team."""

HEAD = ("Date", "Namespace", "ControllerKind", "ControllerName", "Pod", "Container", "TotalCost")
_JOBS, _IDLE, _SHARE = 25, 18, 100
_PRICE, _DIGITS = 316, 4
"""What OpenCost takes for a core hour: 0.0316."""


def namespaces(counts: Iterable[Count], month: Month) -> dict[str, int]:
    """The core hours of each namespace in a month, those that nobody used among them."""
    found: dict[str, int] = {}
    for one in counts:
        monthly = (one.kind, one.grain) == ("usage", "month")
        if monthly and one.month.period == month.period:
            found[one.segment + JOBS] = part(one.number, _JOBS, _SHARE)
            found[one.segment] = one.number - found[one.segment + JOBS]
    return found | {IDLE: part(sum(found.values()), _IDLE, _SHARE)}


def team(namespace: str) -> str:
    """The team that bears a namespace; the cluster's own bears what is idle."""
    return KEEPER if namespace == IDLE else namespace.removesuffix(JOBS)


def opencost_csv(told: Mapping[Month, Mapping[str, int]]) -> str:
    """opencost.csv as it is exported, from the core hours of each month's namespaces."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    for month, hours in told.items():
        for namespace, number in sorted(hours.items()):
            cost = digits(number * _PRICE, _DIGITS)
            writer.writerow((f"{month.period}-01", namespace, "", "", "", "", cost))
    return out.getvalue()
