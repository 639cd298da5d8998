"""`finops allocate`: what each team bears of a month, direct and shared, and by which method."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.month import allocated
from finops.cli.month import chosen
from finops.cli.month import Period
from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of
from finops.core.amount import Amount
from finops.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from rich.console import Console

    from finops.allocation.allocated import Allocation
    from finops.allocation.allocated import TeamCost
    from finops.allocation.shared import Option
    from finops.allocation.shared import Share
    from finops.allocation.shared import Sharing

BASES = {"effective": "EffectiveCost", "billed": "BilledCost"}
_PERCENT = 100


def allocate(
    context: typer.Context,
    period: Period = "",
    basis: Annotated[
        str, typer.Option(metavar="B", help="effective (what was consumed) or billed.")
    ] = "effective",
    currency: Annotated[
        str, typer.Option(metavar="C", help="reporting, billing, or a code such as EUR.")
    ] = "reporting",
) -> None:
    """Tell what each team bears of a month: direct, shared by pool, unused, credits, tax."""
    if basis not in BASES:
        message = f"There is no basis {basis!r}."
        raise UsageError(message, remedy="Bases: " + ", ".join(BASES) + ".")
    from finops.access.scope import viewer_of
    from finops.measures import Query

    session = session_of(context)
    with closing(session.open) as workspace:
        dataset = workspace.dataset(viewer_of(session.actor))
        month = chosen(dataset, period)
        asked = Query(measures=(BASES[basis],), period=month, currency=currency)
        version, found = allocated(workspace, dataset, asked)
    body = {
        "snapshot": found[0].snapshot,
        "period": str(month),
        "basis": BASES[basis],
        "rules_version": version,
        "allocations": [document(one) for one in found],
    }
    emit(session, body, lambda console: _show(console, found, version))


def document(found: Allocation) -> dict[str, object]:
    """An allocation as JSON; the teams' totals add up to `charges`."""
    return {
        "currency": found.currency,
        "charges": found.charges,
        "total": found.total,
        "difference": found.difference,
        "shared": found.shared,
        "unallocated_before": found.unallocated_before,
        "unallocated_after": found.unallocated_after,
        "teams": [_team(one) for one in found.teams],
        "pools": [_pool(one) for one in found.pools],
    }


def _team(one: TeamCost) -> dict[str, object]:
    return {
        "team": one.team,
        "direct": one.direct,
        "unused": one.unused,
        "credits": one.credits,
        "tax": one.tax,
        "given": one.given,
        "shared": [{"pool": pool, "amount": amount} for pool, amount in one.shared],
        "total": one.total,
    }


def _pool(one: Sharing) -> dict[str, object]:
    return {
        "pool": one.pool.id,
        "name": one.pool.name,
        "amount": one.amount,
        "received": one.received,
        "method": one.method.value,
        "asked": one.pool.method.value,
        "metric": one.pool.metric,
        "why": one.why,
        "contra": [{"team": team, "amount": amount} for team, amount in one.contra],
        "shares": [_share(share) for share in one.shares],
        "methods": [_option(option) for option in one.options],
    }


def _share(share: Share) -> dict[str, object]:
    return share._asdict()


def _option(option: Option) -> dict[str, object]:
    shares = [_share(share) for share in option.shares]
    return {"method": option.method.value, "shares": shares, "why": option.why}


def _show(console: Console, found: Sequence[Allocation], version: int) -> None:
    for one in found:
        owned = one.unallocated_after
        told = "there is no cost" if owned is None else f"{(1 - owned) * _PERCENT:.1f} % has a team"
        console.print(
            f"{one.days.start:%Y-%m}: {_said(one.charges, one)}; {told}; {_said(one.shared, one)} "
            f"shared by {_count(one)} (rules version {version})."
        )
        columns = ("Team", "Direct", "Unused", "Credits", "Tax", "Given", "Shared", "Total")
        rows = [
            (
                one_.team,
                *(Amount(n, one.currency) for n in _numbers(one_)),
                Amount(one_.total, one.currency),
            )
            for one_ in one.teams
        ]
        console.print(table(columns, rows))
        for pool in one.pools:
            why = f" {pool.why[:1].upper()}{pool.why[1:]}." if pool.why else ""
            amount = _said(pool.whole, one)
            console.print(f"  {pool.pool.name}: {amount}, shared {pool.method}.{why}")
            lines = [(s.to, s.via, s.weight, Amount(s.amount, one.currency)) for s in pool.shares]
            console.print(table(("Borne by", "Used as", "Weight", "Amount"), lines))


def _count(found: Allocation) -> str:
    return "1 pool" if len(found.pools) == 1 else f"{len(found.pools)} pools"


def _numbers(one: TeamCost) -> tuple[Decimal, ...]:
    return one.direct, one.unused, one.credits, one.tax, one.given, one.shared_total


def _said(number: Decimal, found: Allocation) -> str:
    return str(Amount(number, found.currency).rounded())
