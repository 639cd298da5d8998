"""Shared costs: what each pool took, by which method it is borne, and by whom, to the cent.

Pure. Every pool is shared in full: its shares and the contra lines of those whose cost it was add
up to nothing, so that sharing never changes a total (domain.md 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.allocation.pods import IDLE
from finops.core.amount import EXACT
from finops.core.amount import split
from finops.core.amount import total
from finops.core.condition import folded
from finops.core.pool import CATEGORY
from finops.core.pool import COMMITMENT
from finops.core.pool import Method
from finops.core.pool import ordered
from finops.core.pool import TO_POOL

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from finops.core.pool import Pool

NOBODY = "UNALLOCATED"
"""The row of what no team owns."""

NOTHING, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Charges that are alike in all that matters here: their team and what pools look at."""

    team: str
    amount: Decimal
    values: Mapping[str, object]

    @property
    def plain(self) -> bool:
        """Whether it is neither tax nor unused, so that it counts as a team's direct cost."""
        return self.values.get(CATEGORY) != "Tax" and self.values.get(COMMITMENT) != "Unused"


class Share(NamedTuple):
    """What one team, or another pool, bears; `via` is the segment of usage that makes it so."""

    to: str
    amount: Decimal
    weight: Decimal
    via: str = ""


class Bearer(NamedTuple):
    """Who bears a pool by what weight."""

    to: str
    weight: Decimal
    via: str = ""


@dataclass(frozen=True, kw_only=True)
class Option:
    """What each team would bear by one method; nothing where it cannot be used, and why."""

    method: Method
    shares: tuple[Share, ...] = ()
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """One pool, shared: `amount` is what it took, `received` what other pools passed on to it.

    `contra` takes the amount off those whose cost it was. `method` is the one that was used; where
    that is not the one that was asked for, or something was missing, `why` says so.
    """

    pool: Pool
    amount: Decimal
    received: Decimal
    contra: tuple[tuple[str, Decimal], ...]
    method: Method
    shares: tuple[Share, ...]
    why: str = ""
    options: tuple[Option, ...] = ()

    @property
    def whole(self) -> Decimal:
        """What is shared: its own, and what it received."""
        return total((self.amount, self.received))

    def borne_by(self, team: str) -> Decimal:
        """What a team bears of it."""
        return total(share.amount for share in self.shares if share.to == team)


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What weights are taken from.

    Direct cost by team, usage figures by (unit, product) and segment, and the smallest amount that
    is posted.
    """

    direct: Mapping[str, Decimal]
    taken: Mapping[str, Decimal]
    figures: Mapping[tuple[str, str], Mapping[str, Decimal]]
    teams: frozenset[str]
    unit: Decimal


def share(
    cells: Sequence[Cell],
    pools: Sequence[Pool],
    *,
    figures: Mapping[tuple[str, str], Mapping[str, Decimal]],
    teams: Iterable[str] = (),
    unit: Decimal,
) -> tuple[Sharing, ...]:
    """Share the pools, each before those that it passes on to.

    `figures` are usage figures of the period by (unit, product), then by segment; those of
    (unit, `pool:ID`) are the pool's own and come first. `teams` are those that the organization
    has; `unit` is the smallest amount that is posted.
    """
    taken, direct = _taken(cells, pools)
    sizes = {pool.id: total(taken[pool.id].values()) for pool in pools}
    known = frozenset({*teams, *direct}) - {NOBODY}
    basis = Basis(direct=direct, taken=sizes, figures=figures, teams=known, unit=unit)
    received = dict.fromkeys(sizes, NOTHING)
    found = []
    for pool in ordered(pools):
        one = _sharing(pool, taken[pool.id], received[pool.id], basis)
        for part in one.shares:
            if (name := part.to.removeprefix(TO_POOL)) != part.to:
                received[name] = total((received[name], part.amount))
        found.append(one)
    return tuple(found)


def _taken(
    cells: Iterable[Cell], pools: Sequence[Pool]
) -> tuple[dict[str, dict[str, Decimal]], dict[str, Decimal]]:
    """What each pool took from each team; and each team's direct cost without that."""
    taken: dict[str, dict[str, Decimal]] = {pool.id: {} for pool in pools}
    direct: dict[str, Decimal] = {}
    for cell in cells:
        pool = next((pool for pool in pools if pool.takes(cell.values)), None)
        if pool is not None:
            place = taken[pool.id]
        elif cell.plain:
            place = direct
        else:
            continue
        place[cell.team] = total((place.get(cell.team, NOTHING), cell.amount))
    return taken, direct


def _sharing(pool: Pool, owned: Mapping[str, Decimal], received: Decimal, basis: Basis) -> Sharing:
    whole = total((*owned.values(), received))
    options = tuple(_option(pool, method, whole, owned, basis) for method in _methods(pool))
    by_method = {option.method: option for option in options}
    chosen, why = by_method[pool.method], ""
    for method in (pool.fallback, Method.PROPORTIONAL, Method.EVEN):
        if chosen.shares:
            break
        why = "; ".join(filter(None, (why, f"{chosen.why}, so {method} instead")))
        chosen = by_method[method]
    shares = chosen.shares
    if not shares:
        why = "nobody is there to bear it, so it stays where it was"
        back = [Share(team, amount, NOTHING) for team, amount in sorted(owned.items())]
        shares = (*back, *([Share(NOBODY, received, NOTHING)] if received else []))
    return Sharing(
        pool=pool,
        amount=total(owned.values()),
        received=received,
        contra=tuple((team, EXACT.minus(one)) for team, one in sorted(owned.items()) if one),
        method=chosen.method,
        shares=shares,
        why=why or chosen.why,
        options=options,
    )


def _methods(pool: Pool) -> tuple[Method, ...]:
    """The methods that can be laid beside each other for a pool."""
    lacking = {Method.FIXED: not pool.weights, Method.METRIC: not pool.metric}
    return tuple(method for method in Method if not lacking.get(method))


def _option(
    pool: Pool, method: Method, whole: Decimal, owned: Mapping[str, Decimal], basis: Basis
) -> Option:
    """What each bears by one method; no shares, and why, where all weights are nothing."""
    bearers, why = _bearers(pool, method, owned, basis)
    if not any(bearer.weight for bearer in bearers):
        return Option(method=method, why=why or _LACKS[method])
    parts = split(whole, [bearer.weight for bearer in bearers], basis.unit)
    shares = tuple(
        Share(bearer.to, part, bearer.weight, bearer.via)
        for bearer, part in zip(bearers, parts, strict=True)
        if bearer.weight
    )
    return Option(method=method, shares=shares, why=why)


_LACKS = {
    Method.EVEN: "there is no team to bear it",
    Method.FIXED: "no weight is above 0",
    Method.PROPORTIONAL: "no team has a direct cost above 0",
    Method.METRIC: "every figure is 0",
}


def _bearers(
    pool: Pool, method: Method, owned: Mapping[str, Decimal], basis: Basis
) -> tuple[list[Bearer], str]:
    """Who bears a pool by one method, with weights; and what was missing."""
    if method is Method.FIXED:
        return [Bearer(name, weight) for name, weight in pool.weights], ""
    if method is Method.METRIC:
        return _by_figures(pool, owned, basis)
    targets = _targets(pool, basis)
    if method is Method.EVEN:
        return [Bearer(name, ONE) for name in targets], ""
    return [Bearer(name, _clipped(name, basis)) for name in targets], _below_zero(targets, basis)


def _targets(pool: Pool, basis: Basis) -> tuple[str, ...]:
    """Who a pool is shared among: those it names, or else every team with a cost of its own."""
    if pool.targets:
        return pool.targets
    if pool.weights:
        return tuple(name for name, _ in pool.weights)
    sharers = {folded(one) for taken in pool.when for one in taken.values}
    own = (name for name, direct in basis.direct.items() if direct and name != NOBODY)
    return tuple(sorted(name for name in own if folded(name) not in sharers))


def _clipped(target: str, basis: Basis) -> Decimal:
    """The direct cost that weighs: below 0, as credits can make it, it weighs nothing."""
    pool = target.removeprefix(TO_POOL)
    cost = basis.direct.get(target) if pool == target else basis.taken.get(pool)
    return max(cost or NOTHING, NOTHING)


def _below_zero(targets: Iterable[str], basis: Basis) -> str:
    below = [name for name in targets if basis.direct.get(name, NOTHING) < 0]
    return f"{', '.join(below)} weighs 0: its direct cost is below 0" if below else ""


def _by_figures(pool: Pool, owned: Mapping[str, Decimal], basis: Basis) -> tuple[list[Bearer], str]:
    """Who bears a pool by usage figures, a line for each segment; what is idle its owner bears."""
    own = basis.figures.get((pool.metric, TO_POOL + pool.id), {})
    figures = own or basis.figures.get((pool.metric, pool.product), {})
    if not figures:
        return [], f"there is no figure of {pool.metric}"
    teams = {folded(name): name for name in (*basis.teams, *pool.targets)}
    whose = teams | dict(pool.segments)
    owner = max(owned, key=lambda team: owned[team], default=NOBODY)
    told = {IDLE: owner} | whose
    found = [
        Bearer(told.get(folded(segment), NOBODY), amount, segment)
        for segment, amount in sorted(figures.items())
    ]
    kept = [one for one in found if not pool.targets or one.to in pool.targets]
    silent = sorted(set(pool.targets) - {one.to for one in kept})
    return kept, f"no figure for {', '.join(silent)}: borne by the others" if silent else ""
