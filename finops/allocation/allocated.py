"""Allocated: what each team bears of a month, direct and shared, to the last digit of the bill."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.allocation.figures import figures
from finops.allocation.namespaces import told_by_charges
from finops.allocation.shared import Cell
from finops.allocation.shared import NOBODY
from finops.allocation.shared import share
from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.core.amount import total
from finops.core.pool import CATEGORY
from finops.core.pool import COMMITMENT
from finops.core.pool import held
from finops.core.pool import NAMESPACE_COST
from finops.core.pool import TO_POOL
from finops.errors import UsageError
from finops.measures import ask
from finops.measures.query import BILLING
from finops.measures.query import CURRENCY
from finops.measures.window import window

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from finops.allocation.namespaces import Used
    from finops.allocation.shared import Sharing
    from finops.core.pool import Pool
    from finops.dataset import Dataset
    from finops.ingestion.metrics import Metric
    from finops.measures import Query
    from finops.measures.receipt import Receipt
    from finops.measures.window import Window

TEAM = "x_Team"
_NOTHING = Decimal(0)
_DIGITS = 36
_LAST = Decimal(1).scaleb(-_DIGITS)
"""No charge has more, but a rate that is turned around may make a fraction without an end."""

_KINDS = ("direct", "unused", "credits", "tax")


@dataclass(frozen=True, kw_only=True)
class TeamCost:
    """What one team bears. All of it adds up to `total`.

    `direct` is its own cost besides what is `unused` of commitments it bought, `credits` and
    `tax`; `given` is negative, what pools took of all these; `shared` is what it bears of each
    pool.
    """

    team: str
    direct: Decimal = _NOTHING
    unused: Decimal = _NOTHING
    credits: Decimal = _NOTHING
    tax: Decimal = _NOTHING
    given: Decimal = _NOTHING
    shared: tuple[tuple[str, Decimal], ...] = ()

    @property
    def own(self) -> Decimal:
        """What the charges alone say: before anything is shared."""
        return total(getattr(self, kind) for kind in _KINDS)

    @property
    def shared_total(self) -> Decimal:
        """What it bears of all pools."""
        return total(amount for _, amount in self.shared)

    @property
    def total(self) -> Decimal:
        """What it bears in all."""
        return total((self.own, self.given, self.shared_total))


@dataclass(frozen=True, kw_only=True)
class Allocation:
    """A cost of a period by team, in one currency; `NOBODY` is always among the teams, the last.

    `charges` is the same measure over all charges, asked for by itself. `used` is what the charges
    of clusters say of their namespaces.
    """

    snapshot: str
    days: Window
    measure: str
    currency: str
    teams: tuple[TeamCost, ...]
    pools: tuple[Sharing, ...]
    charges: Decimal
    receipt: Receipt
    used: tuple[Used, ...] = ()

    @property
    def total(self) -> Decimal:
        """What all teams and nobody bear together."""
        return total(team.total for team in self.teams)

    @property
    def difference(self) -> Decimal:
        """By how much the teams' sum differs from the charges: always nothing."""
        return EXACT.subtract(self.total, self.charges)

    @property
    def shared(self) -> Decimal:
        """What the pools took off those whose cost it was."""
        return total(pool.amount for pool in self.pools)

    @property
    def nobodys(self) -> TeamCost:
        """What no team owns."""
        return self.teams[-1]

    @property
    def unallocated_before(self) -> Decimal | None:
        """The share that no team bears before pools are shared; none where there is no cost.

        What pools take has no team yet (ALL-2 of domain.md 3).
        """
        given = (line for pool in self.pools for line in pool.contra)
        waits = EXACT.minus(total(amount for team, amount in given if team != NOBODY))
        return _ratio(total((self.nobodys.own, waits)), self.charges)

    @property
    def unallocated_after(self) -> Decimal | None:
        """The share that no team bears after pools are shared; none where there is no cost."""
        return _ratio(self.nobodys.total, self.charges)


def allocate(
    dataset: Dataset, pools: Iterable[Pool], metrics: Iterable[Metric], asked: Query
) -> Allocation:
    """Allocate one cost of a period to teams, in one currency.

    `asked` names the cost, the period, the currency and its rates.

    Raises:
        UsageError: it names no period, or the charges are in several currencies, each as billed.
        UsageError: a split charge of a cluster is there whole and in parts as well.
        RateMissing: a conversion is needed and there is no rate.
    """
    found = allocate_each(dataset, pools, metrics, asked)
    if len(found) > 1:
        message = f"The charges are in {len(found)} currencies, which do not add."
        raise UsageError(message, remedy="Allocate in one with --currency.")
    return found[0]


def allocate_each(
    dataset: Dataset, pools: Iterable[Pool], metrics: Iterable[Metric], asked: Query
) -> tuple[Allocation, ...]:
    """The same for each billing currency by itself where `asked.currency` is `billing`."""
    days = window(asked)
    here = held(pools, f"{days.start:%Y-%m}")
    named = (column for pool in here for column in pool.columns)
    by = dict.fromkeys((TEAM, CATEGORY, COMMITMENT, *named))
    answer = ask(dataset, replace(asked, by=tuple(by)))
    found: dict[str, list[Cell]] = defaultdict(list)
    for row in answer.records():
        found[str(row.get(CURRENCY, answer.currency))].append(cell(row, asked.measures[0]))
    if not found:
        home = dataset.organization.reporting_currency
        found[home if answer.currency == BILLING else answer.currency] = []
    used = told_by_charges(dataset, here, asked)
    own = {(NAMESPACE_COST, TO_POOL + one.pool): dict(one.weights) for one in used}
    weights = figures(metrics, days) | own
    teams = tuple(team.id for team in dataset.organization.teams)
    return tuple(
        Allocation(
            snapshot=answer.snapshot,
            days=days,
            measure=asked.measures[0],
            currency=currency,
            pools=(
                shares := share(
                    cells, here, figures=weights, teams=teams, unit=minor_unit(currency)
                )
            ),
            teams=borne(cells, shares),
            charges=total(one.amount for one in cells),
            used=used,
            receipt=answer.receipt,
        )
        for currency, cells in sorted(found.items())
    )


def cell(row: Mapping[str, object], measure: str, dimension: str = TEAM) -> Cell:
    """A row of an answer as what a value of a dimension owns; nobody where it has none."""
    amount = row[measure]
    known = amount if isinstance(amount, Decimal) else _NOTHING
    if int(known.as_tuple().exponent) < -_DIGITS:
        known = known.quantize(_LAST, context=EXACT)
    return Cell(team=str(row[dimension] or NOBODY), amount=known, values=row)


def _kind(cell: Cell) -> str:
    if cell.values[CATEGORY] == "Tax":
        return "tax"
    if cell.values[COMMITMENT] == "Unused":
        return "unused"
    return "credits" if cell.values[CATEGORY] == "Credit" else "direct"


def borne(cells: Sequence[Cell], pools: Sequence[Sharing]) -> tuple[TeamCost, ...]:
    """Every team that has a cost or bears one, the one that bears most first, nobody last."""
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for one in cells:
        kinds = sums[one.team]
        kinds[_kind(one)] = EXACT.add(kinds[_kind(one)], one.amount)
    shared = {part.to for one in pools for part in one.shares if not part.to.startswith(TO_POOL)}
    found = [_team(name, sums[name], pools) for name in {*sums, *shared} - {NOBODY}]
    found.sort(key=lambda one: (-one.total, one.team))
    return (*found, _team(NOBODY, sums[NOBODY], pools))


def _team(name: str, kinds: Mapping[str, Decimal], pools: Sequence[Sharing]) -> TeamCost:
    given = total(amount for one in pools for team, amount in one.contra if team == name)
    parts = ((one.pool.id, one.borne_by(name)) for one in pools)
    return TeamCost(
        team=name,
        given=given,
        shared=tuple((pool, amount) for pool, amount in parts if amount),
        **dict(kinds),
    )


def _ratio(part: Decimal, whole: Decimal) -> Decimal | None:
    """A part of a whole; n/a where there is no whole or one below zero."""
    return EXACT.divide(part, whole) if whole > 0 else None
