"""OpenCost: what each namespace of a cluster used, as OpenCost tells it by pod and day.

OpenCost works with prices of its own. Its amounts are therefore only the weights by which what the
bill says of the cluster is shared, and never a cost.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.pool import NAMESPACE_COST
from finops.errors import UsageError
from finops.ingestion import cells
from finops.ingestion.metrics import Grain
from finops.ingestion.metrics import Kind
from finops.ingestion.metrics import Metric
from finops.ingestion.metrics import METRICS
from finops.ingestion.record_files import Column
from finops.ingestion.record_files import RecordFile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.ingestion.kept import Kept
    from finops.ingestion.record_files import Line

SOURCE = "OpenCost"
_DIGITS = Decimal(1).scaleb(-18)
_FLOAT = re.compile(r"[0-9]{1,20}(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")


class Pod(NamedTuple):
    """One container of one pod on one day, and what OpenCost thinks that it cost."""

    day: date
    cluster: str
    namespace: str
    names: tuple[str, ...]
    amount: Decimal


def bring_opencost(
    workspace: Workspace, path: Path, *, cluster: str, who: Mapping[str, object]
) -> Kept:
    """Keep what each namespace of a cluster used on each day of a csv export of OpenCost.

    `cluster` is what the file's lines are of that have no cluster of their own. A day that comes
    again takes the place of what was known of it. `who` holds actor, at and origin.

    Raises:
        InputError: a line is wrong; it is named with column and value, and nothing is taken.
        UsageError: nothing says which cluster the file is of.
    """
    pods = FILE.read(path)
    if not cluster and not all(one.cluster for one in pods):
        message = f"{path.name} does not say which cluster it is of."
        raise UsageError(message, remedy="Name it with --cluster NAME.")
    return METRICS.bring(workspace, by_namespace(pods, cluster), file=path.name, who=who)


def by_namespace(pods: Iterable[Pod], cluster: str) -> tuple[Metric, ...]:
    """What each namespace used on each day, as figures by which a cluster's cost is shared.

    An export whose several days are all the first of a month has one line a month.
    """
    pods = tuple(pods)
    days = {one.day for one in pods}
    monthly = len(days) > 1 and all(day.day == 1 for day in days)
    sums: dict[tuple[date, str, str], Decimal] = defaultdict(Decimal)
    for one in pods:
        key = (one.day, one.cluster or cluster, one.namespace)
        sums[key] = EXACT.add(sums[key], one.amount)
    return tuple(
        Metric(
            day=day,
            product=of,
            segment=namespace,
            unit=NAMESPACE_COST,
            amount=amount.quantize(_DIGITS, context=EXACT),
            kind=Kind.USAGE,
            grain=Grain.MONTH if monthly else Grain.DAY,
            source=SOURCE,
        )
        for (day, of, namespace), amount in sorted(sums.items())
    )


def _number(told: str) -> Decimal:
    """A number as OpenCost writes it: with all digits of a binary fraction."""
    return Decimal(cells.shaped(_FLOAT, "a number of 0 or more such as 1.25")(told))


def _pod(line: Line) -> Pod:
    return Pod(
        day=line["Date"],
        cluster=line["Cluster"],
        namespace=line["Namespace"],
        names=tuple(line[name] for name in _NAMES),
        amount=line["TotalCost"],
    )


_ANY = cells.maybe(cells.text, "")
_NAMES = ("ControllerKind", "ControllerName", "Pod", "Container")

COLUMNS = (
    Column("Date", cells.day, "2026-10-01"),
    Column("Cluster", _ANY, "", needed=False),
    Column("Namespace", cells.text, "shop"),
    *(Column(name, _ANY, "", needed=False) for name in _NAMES),
    Column("TotalCost", _number, "12.75"),
)
"""The columns of OpenCost's csv that are read; the others may be there."""

FILE = RecordFile(
    noun="pod",
    columns=COLUMNS,
    make=_pod,
    key=lambda one: one[:-1],
    once="Date",
)
"""A csv export of OpenCost, each container of each pod once a day."""
