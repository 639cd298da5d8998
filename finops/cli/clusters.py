"""`finops clusters`: what each namespace of a shared cluster cost, and what OpenCost says of it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.allocating import BASES
from finops.cli.month import allocated
from finops.cli.month import chosen
from finops.cli.month import Period
from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of
from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.core.pool import NAMESPACE_COST

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from rich.console import Console

    from finops.allocation.clusters import Cluster

NONE = (
    "No pool is a cluster yet. Publish one with `finops rules publish FILE`: "
    f"method: metric, metric: {NAMESPACE_COST}, product: the cluster's name."
)


def clusters(
    context: typer.Context,
    period: Period = "",
) -> None:
    """Tell what each namespace of each shared cluster cost in a month, and what was idle."""
    if context.invoked_subcommand:
        return
    from finops.access.scope import viewer_of
    from finops.allocation.clusters import clusters as found_in
    from finops.measures import Query

    session = session_of(context)
    with closing(session.open) as workspace:
        dataset = workspace.dataset(viewer_of(session.actor))
        asked = Query(measures=(BASES["effective"],), period=chosen(dataset, period))
        version, (found,) = allocated(workspace, dataset, asked)
    told = found_in(found)
    body = {
        "snapshot": found.snapshot,
        "period": asked.period,
        "basis": found.measure,
        "rules_version": version,
        "clusters": [_document(one) for one in told],
    }
    emit(session, body, lambda console: _show(console, told))


def add(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The csv export of OpenCost.")],
    *,
    cluster: Annotated[
        str, typer.Option(metavar="NAME", help="The cluster, if the file does not say it.")
    ] = "",
) -> None:
    """Add what OpenCost says each namespace of a cluster used, day by day."""
    from finops.ingestion.opencost import bring_opencost

    session = session_of(context)
    who = {"actor": session.actor, "at": session.moment, "origin": "cli"}
    with closing(session.open) as workspace:
        done = bring_opencost(workspace, file, cluster=cluster, who=who)
    said = f"{done.added} added, {done.replaced} replaced, {done.unchanged} unchanged."
    emit(session, {"status": done.status, **asdict(done)}, lambda console: console.print(said))


def _document(one: Cluster) -> dict[str, object]:
    """A cluster as JSON: the amounts of its namespaces and `idle` add up to `cost`."""
    told = ("id", "name", "currency", "cost", "used", "idle", "keeper", "total", "why")
    body = {name: getattr(one, name) for name in told}
    return body | {
        "source": one.source.value if one.source else None,
        "namespaces": [line._asdict() for line in one.lines],
    }


def _show(console: Console, found: Sequence[Cluster]) -> None:
    if not found:
        console.print(NONE)
    for one in found:

        def posted(number: Decimal, *, of: Cluster = one) -> Decimal:
            return number.quantize(minor_unit(of.currency), context=EXACT)

        told = f"told by {one.source}" if one.source else one.why
        console.print(f"{one.name}: {posted(one.cost):,f} {one.currency}; {told}.")
        if one.source:
            rows = [(line.namespace, line.team, posted(line.amount)) for line in one.lines]
            rows += [("(idle)", one.keeper, posted(one.idle)), ("Total", "", posted(one.total))]
            console.print(table(("Namespace", "Borne by", f"Amount ({one.currency})"), rows))
