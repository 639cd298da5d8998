"""Resolve: from the portal's number to the given one, in steps that foot, or an honest rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.errors import RateMissing
from finops.errors import UsageError
from finops.exchange.conversion import Converter
from finops.exchange.rule import USUAL
from finops.invoicing.difference import choices
from finops.invoicing.difference import rows
from finops.invoicing.difference.choices import Reason
from finops.invoicing.difference.choices import SOURCES
from finops.invoicing.difference.search import hits
from finops.invoicing.difference.search import nearest
from finops.invoicing.difference.search import variants
from finops.invoicing.difference.table import Choices
from finops.invoicing.difference.table import Setting
from finops.invoicing.difference.table import Table
from finops.measures import ask
from finops.measures import Query
from finops.measures.names import dimension

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.core.measure import Axis
    from finops.core.period import BillingPeriod
    from finops.dataset import Dataset
    from finops.exchange.rule import RateRule
    from finops.invoicing.difference.given import Given

MOST_WAYS = 4
"""So many ways to the same number are shown; if there are more, none of them is worth more."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What differs from what: an amount, its source, and the portal's number beside it.

    `where` narrows the portal's number, as a query does; `taxes` are amounts of tax by currency
    that the month's invoices carry and its charges do not.
    """

    given: Given
    period: BillingPeriod
    source: str = ""
    cost: str = "EffectiveCost"
    axis: Axis | None = None
    currency: str = "reporting"
    where: tuple[tuple[str, str], ...] = ()
    taxes: tuple[tuple[str, Decimal], ...] = ()
    rule: RateRule = USUAL


class Step(NamedTuple):
    """One difference: its kind, what it is in words, and by how much it moves the number."""

    reason: str
    amount: Decimal
    said: str


class Way(NamedTuple):
    """A set of differences, and what it leaves."""

    steps: tuple[Step, ...]
    remainder: Decimal


@dataclass(frozen=True, kw_only=True)
class NumberExplained:
    """The portal's number, the given one, and the way from one to the other.

    portal + the steps + remainder = given, exactly. `explained` says that what remains is no more
    than the given amount's own rounding. `hint` is the single difference that comes nearest
    where nothing explains it: no explanation.
    """

    period: str
    snapshot: str
    currency: str
    source: str
    basis: tuple[str, str]
    portal: Decimal
    given: Decimal
    tolerance: Decimal
    explained: bool
    steps: tuple[Step, ...]
    remainder: Decimal
    alternatives: tuple[Way, ...] = ()
    hint: Step | None = None


class Side(NamedTuple):
    """A snapshot's table, and what it took to come to it."""

    table: Table
    before: tuple[Step, ...]


def explain_number(dataset: Dataset, asked: Asked, then: Sequence[Dataset] = ()) -> NumberExplained:
    """Find the fewest standard differences between the portal's number and a given one.

    `dataset` is all that its viewer may see; `then` are earlier snapshots of it.

    Raises:
        UsageError: there is no such source, or the scope is by something charges are not added by.
        RateMissing: the portal's own number cannot be told.
    """
    if asked.source not in SOURCES:
        message = f"{asked.source!r} is no source of a number."
        raise UsageError(message, remedy=f"Sources: {', '.join(filter(None, SOURCES))}.")
    answer = ask(dataset, _query(asked))
    axis, currency = answer.axis, answer.currency
    now = Side(_table(dataset, asked, axis, currency), ())
    portal = now.table.number(Setting())
    sides = [now, *_earlier(then, asked, axis, currency, portal)]
    found, hint = ways(sides, asked.given, source=asked.source)
    rest = EXACT.subtract(asked.given.number, portal)
    first, *others = found or [Way((), rest)]
    return NumberExplained(
        period=str(asked.period),
        snapshot=dataset.snapshot.id,
        currency=currency,
        source=asked.source,
        basis=now.table.choices.bases[0].said,
        portal=portal,
        given=asked.given.number,
        tolerance=asked.given.tolerance,
        explained=bool(found),
        steps=first.steps,
        remainder=first.remainder,
        alternatives=tuple(others),
        hint=hint,
    )


def _query(asked: Asked) -> Query:
    """How the portal's own number is asked for."""
    return Query(
        measures=(asked.cost,),
        period=asked.period,
        axis=asked.axis,
        where=asked.where,
        currency=asked.given.currency or asked.currency,
        rule=asked.rule,
    )


def _table(dataset: Dataset, asked: Asked, axis: Axis, currency: str) -> Table:
    filters = [(dimension(dataset, name), value) for name, value in asked.where]
    for name, _ in filters:
        if not dataset.rolls_up(name):
            message = f"Charges are not added up by {name}, so no scope can be told by it here."
            raise UsageError(message, remedy="Narrow by team, cost center, account or provider.")
    own = [name for name in rows.PLACES if dataset.rolls_up(name)]
    names = tuple(dict.fromkeys([*own, *(name for name, _ in filters)]))
    found = rows.read(dataset, asked.period, names)
    found += rows.invoice_taxes(asked.taxes, len(names))
    kept: dict[int, set[str | None]] = {}
    for name, value in filters:
        kept.setdefault(names.index(name), set()).add(value or None)
    chosen = tuple((at, frozenset(values)) for at, values in kept.items())
    return Table(
        found,
        Choices(
            parts=choices.parts(names, (row.places for row in found), chosen),
            bases=choices.bases(asked.cost, axis),
            kinds=choices.KINDS,
            cuts=choices.cuts(asked.period),
            exchanges=choices.exchanges(
                {row.currency for row in found},
                Converter(currency, dataset.rates, asked.rule),
                asked.period,
            ),
        ),
    )


def _earlier(
    then: Sequence[Dataset], asked: Asked, axis: Axis, currency: str, portal: Decimal
) -> Iterator[Side]:
    """The month as earlier snapshots knew it, where that was another number."""
    for dataset in then:
        try:
            table = _table(dataset, asked, axis, currency)
        except RateMissing:
            continue
        by = EXACT.subtract(table.number(Setting()), portal)
        if by:
            on = f"{dataset.snapshot.at[:10]} (snapshot {dataset.snapshot.id})"
            yield Side(table, (Step(Reason.RESTATEMENT, by, f"As believed on {on}"),))


def ways(sides: Sequence[Side], given: Given, *, source: str = "") -> tuple[list[Way], Step | None]:
    """Every smallest way that fits, or else what comes nearest.

    The first side is the portal's own; the next size of ways is looked at too, so that a second
    explanation is not hidden by a shorter one.
    """
    portal = sides[0].table.number(Setting())
    rest = EXACT.subtract(given.number, portal)
    if abs(rest) <= given.tolerance:
        return [Way((), rest)], None
    usual = SOURCES[source]
    tables = [
        variants(side.table, usual, before=[Reason(step.reason) for step in side.before])
        for side in sides
    ]
    found: dict[frozenset[tuple[str, str]], Way] = {}
    counted: set[tuple[int, bytes]] = set()
    for size in hits(tables, given):
        had = bool(found)
        for hit in size:
            way = _walk(sides[hit.table], hit.setting, portal, given)
            key = frozenset((step.reason, step.said) for step in way.steps) if way else frozenset()
            same = (hit.table, sides[hit.table].table.counted(hit.setting))
            # More words for the same charges are no second explanation.
            if way and not any(known <= key for known in found) and not (had and same in counted):
                found[key] = way
                counted.add(same)
        if had:
            break
    if found:
        return list(found.values())[:MOST_WAYS], None
    hit = nearest(tables, given)
    steps = _steps(sides[hit.table], hit.setting)
    close = [step for step in steps if abs(EXACT.subtract(rest, step.amount)) < abs(rest)]
    return [], close[0] if len(close) == len(steps) == 1 else None


def _walk(side: Side, setting: Setting, portal: Decimal, given: Given) -> Way | None:
    """The steps of a variant, if each of them moves the number and they lead near enough."""
    steps = _steps(side, setting)
    at = total((portal, *(step.amount for step in steps)))
    rest = EXACT.subtract(given.number, at)
    moves = bool(steps) and all(step.amount for step in steps)
    # A variant that counts nothing explains nothing.
    return Way(steps, rest) if moves and at and abs(rest) <= given.tolerance else None


def _steps(side: Side, setting: Setting) -> tuple[Step, ...]:
    """From the portal's number one difference after another, each by the number it leads to."""
    table, chosen = side.table, side.table.choices
    steps, at = list(side.before), Setting()
    number = table.number(at)

    def move(reason: str, said: str, to: Setting) -> None:
        nonlocal at, number
        reached = table.number(to)
        steps.append(Step(reason, EXACT.subtract(reached, number), said))
        at, number = to, reached

    if setting.part:
        move(Reason.SCOPE, chosen.parts[setting.part].said, at._replace(part=setting.part))
    if setting.basis:
        for reason, said, basis in _basis_steps(table, setting.basis):
            move(reason, said, at._replace(basis=basis))
    for place in setting.kinds:
        kind = chosen.kinds[place]
        move(kind.reason, kind.said, at._replace(kinds=(*at.kinds, place)))
    if setting.cut:
        cut = chosen.cuts[setting.cut]
        move(cut.reason, cut.said, at._replace(cut=setting.cut))
    if setting.exchange:
        exchange = chosen.exchanges[setting.exchange]
        move(Reason.FX, exchange.said, at._replace(exchange=setting.exchange))
    return tuple(steps)


def _basis_steps(table: Table, to: int) -> Iterator[tuple[str, str, int]]:
    """The cost first, then the axis, as far as each is another."""
    bases = table.choices.bases
    own, wanted = bases[0], bases[to]
    cost_said, axis_said = wanted.said
    if wanted.cost != own.cost:
        on_own_axis = next(
            place
            for place, basis in enumerate(bases)
            if (basis.cost, basis.axis) == (wanted.cost, own.axis)
        )
        yield Reason.BASIS, cost_said, on_own_axis
    if wanted.axis != own.axis:
        yield Reason.AXIS, axis_said, to
