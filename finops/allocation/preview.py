"""Preview: what a rule set would move, from whom to whom, before anyone publishes it."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from finops.access.roles import Permission
from finops.allocation.compared import compare
from finops.core.amount import total
from finops.core.mapping import check
from finops.dataset.moves import added
from finops.dataset.moves import Move
from finops.dataset.moves import moves
from finops.errors import NotAllowed
from finops.errors import RateMissing
from finops.exchange.conversion import Converter
from finops.ingestion.remap import open_parts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from finops.access.actor import Actor
    from finops.access.workspace import Workspace
    from finops.allocation.compared import Change
    from finops.core.mapping import RuleSet
    from finops.core.scope import Viewer
    from finops.dataset import Dataset

BILLING = "billing"


@dataclass(frozen=True, kw_only=True)
class Net:
    """What one value of a dimension gains or loses in a month; over a dimension they sum to 0."""

    month: str
    dimension: str
    value: str
    currency: str
    billed: Decimal
    effective: Decimal


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What differs, and what would move for it.

    Amounts are in `currency`; it is `billing` where each keeps its own, because a rate is missing.

    `closed` are the months that stay as they are, because they are closed. `zero` is what all
    gains and losses add up to, which is nothing, to the last digit.
    """

    currency: str
    changes: tuple[Change, ...]
    moves: tuple[Move, ...]
    closed: tuple[str, ...]

    @property
    def nets(self) -> tuple[Net, ...]:
        """Each value's gain or loss, month by month."""
        sides: dict[tuple[str, str, str, str], list[tuple[Decimal, Decimal]]] = {}
        for one in self.moves:
            for value, sign in ((one.source, -1), (one.target, 1)):
                key = (one.month, one.dimension, value, one.currency)
                sides.setdefault(key, []).append((sign * one.billed, sign * one.effective))
        return tuple(
            Net(
                month=month,
                dimension=dimension,
                value=value,
                currency=currency,
                billed=total(billed for billed, _ in pairs),
                effective=total(effective for _, effective in pairs),
            )
            for (month, dimension, value, currency), pairs in sorted(sides.items())
        )

    @property
    def zero(self) -> Decimal:
        """What gains and losses add up to."""
        return total(net.effective for net in self.nets)

    @property
    def moved(self) -> Decimal:
        """How much effective cost changes its team, whichever way."""
        return total(abs(one.effective) for one in self.moves if one.dimension == "x_Team")


def preview(workspace: Workspace, dataset: Dataset, rules: RuleSet, *, actor: Actor) -> Preview:
    """Say what would move if these rules took the place of those that hold.

    Raises:
        NotAllowed: the actor may not write rules, or sees a part of the cost only.
        InputError: a rule decides what the organization does not have.
    """
    actor.require(Permission.WRITE_RULES)
    sees_all(scope.viewer for scope in dataset.scopes)
    check(rules, dataset.organization)
    parts = dataset.snapshot.charges
    with workspace.store.reading() as session:
        told = open_parts(session, parts)
    open_months = {part.month for part in told}
    found = moves(told, workspace.root, dataset.organization, rules=rules)
    currency, found = converted(dataset, found)
    return Preview(
        currency=currency,
        changes=compare(dataset.rules, rules),
        moves=found,
        closed=tuple(sorted({part.month for part in parts} - open_months)),
    )


def sees_all(viewers: Iterable[Viewer]) -> None:
    """Go on only where nothing of the cost is hidden from whoever looks.

    Raises:
        NotAllowed: something is.
    """
    if any(viewer.limited for viewer in viewers):
        message = "What rules move, and what is shared, is shown to whoever sees all cost."
        raise NotAllowed(message)


def reported(dataset: Dataset) -> str:
    """The currency in which amounts are told: the organization's, or a lone one of the bills."""
    currencies = {sums.currency for part in dataset.snapshot.charges for sums in part.sums}
    if not dataset.organization.name and len(currencies) == 1:
        return currencies.pop()
    return dataset.organization.reporting_currency


def converted(dataset: Dataset, found: Iterable[Move]) -> tuple[str, tuple[Move, ...]]:
    """The moves in the reporting currency; `billing`, and as they are, where a rate is missing."""
    told, currency = tuple(found), reported(dataset)
    try:
        return currency, _converted(dataset, told, currency)
    except RateMissing:
        return BILLING, told


def _converted(dataset: Dataset, found: Iterable[Move], currency: str) -> tuple[Move, ...]:
    """The moves in the reporting currency, those of several currencies added up."""
    converter = Converter(currency, dataset.rates)

    def told(amount: Decimal, one: Move) -> Decimal:
        return converter.convert(amount, currency=one.currency, month=one.month)

    return added(
        replace(
            one,
            currency=currency,
            billed=told(one.billed, one),
            effective=told(one.effective, one),
        )
        for one in found
    )
