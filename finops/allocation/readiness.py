"""Readiness: how much of the cost has an owner and the keys it should have, and what to fix first.

What cannot be tagged stands apart and is never counted as a fault (domain.md 3, ALL-3).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.allocation.fixes import fixes
from finops.core.amount import EXACT
from finops.core.amount import total
from finops.core.pool import CATEGORY
from finops.core.pool import COMMITMENT
from finops.core.references import names
from finops.core.references import VALUES
from finops.core.required import Required
from finops.measures import ask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finops.allocation.fixes import Fix
    from finops.core.organization import Organization
    from finops.dataset import Dataset
    from finops.measures import Query

USUAL = (Required(key="x_Team"), Required(key="x_CostCenter"))
"""What is required where the rule set names nothing."""

NOBODY, CHARGES, TEAM = "UNALLOCATED", "Charges", "x_Team"
UNUSED = "Unused commitment"
_NOTHING = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Part:
    """Some charges: how many, what those above zero cost, and what all of them cost."""

    count: int = 0
    gross: Decimal = _NOTHING
    net: Decimal = _NOTHING

    def plus(self, other: Part) -> Part:
        """Both together."""
        return Part(
            count=self.count + other.count,
            gross=EXACT.add(self.gross, other.gross),
            net=EXACT.add(self.net, other.net),
        )


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """One required key over all charges that can have it.

    `covered` have an allowed value, `wrong` another one (the `values` that are meant), `missing`
    none. Shares of gross are of what costs above zero; with credits and refunds counted, net, a
    share may leave 0 to 1, and both are told.
    """

    key: str
    covered: Part
    wrong: Part
    missing: Part
    values: tuple[str, ...] = ()

    @property
    def whole(self) -> Part:
        """All charges that can have the key."""
        return self.covered.plus(self.wrong).plus(self.missing)

    @property
    def by_count(self) -> Decimal | None:
        """The covered share of the charges; none where there are none."""
        return _ratio(Decimal(self.covered.count), Decimal(self.whole.count))

    @property
    def by_cost(self) -> Decimal | None:
        """The covered share of what costs above zero."""
        return _ratio(self.covered.gross, self.whole.gross)

    @property
    def by_net_cost(self) -> Decimal | None:
        """The covered share with credits and refunds counted; it may be above 1."""
        return _ratio(self.covered.net, self.whole.net)


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """How ready a period is to be allocated; amounts are in `currency`.

    `untaggable` are the charges that cannot have a key, by what they are.
    """

    measure: str
    currency: str
    keys: tuple[Coverage, ...]
    untaggable: tuple[tuple[str, Part], ...]
    fixes: tuple[Fix, ...]

    @property
    def weakest(self) -> Coverage | None:
        """The key that covers least of the cost."""
        known = [one for one in self.keys if one.by_cost is not None]
        return min(known, key=lambda one: one.by_cost or _NOTHING, default=None)


def readiness(dataset: Dataset, required: Sequence[Required], asked: Query) -> Readiness:
    """How much of what is asked for has each required key; by team and cost center where none is.

    Tags are read from the charges of the period, own dimensions from their sums.

    Raises:
        UsageError: the measure, the period or the currency do not fit.
        RateMissing: a conversion is needed and there is no rate.
    """
    found = [_coverage(dataset, one, asked) for one in required or USUAL]
    untaggable: dict[str, Part] = found[0][1]
    first = next(iter(asked.measures))
    return Readiness(
        measure=first,
        currency=found[0][2],
        keys=tuple(coverage for coverage, _, _ in found),
        untaggable=tuple(sorted(untaggable.items())),
        fixes=fixes(dataset, asked),
    )


def trend(dataset: Dataset, asked: Query) -> tuple[tuple[str, Decimal | None], ...]:
    """The share that no team owns in each month that is asked for, oldest first."""
    answer = ask(dataset, replace(asked, by=(TEAM,), grain="month", period=None))
    months: dict[str, dict[bool, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for month, team, amount in answer.rows:
        place = months[str(month)]
        place[team == NOBODY] = EXACT.add(place[team == NOBODY], _amount(amount))
    return tuple(
        (month, _ratio(sums[True], total(sums.values()))) for month, sums in sorted(months.items())
    )


def _coverage(
    dataset: Dataset, key: Required, asked: Query
) -> tuple[Coverage, dict[str, Part], str]:
    """The coverage of one key, the charges that cannot have it, and the currency."""
    by = (key.key, CATEGORY, "ChargeClass", COMMITMENT, "ServiceName")
    answer = ask(dataset, replace(asked, by=by, measures=(asked.measures[0], CHARGES)))
    allowed = key.values or _declared(dataset.organization, key.key)
    held = replace(key, values=allowed)
    parts: dict[str, Part] = defaultdict(Part)
    apart: dict[str, Part] = defaultdict(Part)
    wrong: set[str] = set()
    for value, category, _, status, _, amount, count in answer.rows:
        if not count:
            continue
        part = _part(_amount(amount), int(str(count)))
        if category == "Usage" and status == "Unused":
            apart[UNUSED] = apart[UNUSED].plus(part)
        elif category != "Usage":
            apart[str(category)] = apart[str(category)].plus(part)
        else:
            state = _state(held, value)
            parts[state] = parts[state].plus(part)
            wrong |= {str(value)} if state == "wrong" else set()
    named = {name: parts[name] for name in ("covered", "wrong", "missing")}
    coverage = Coverage(key=key.key, values=tuple(sorted(wrong)), **named)
    return coverage, dict(apart), answer.currency


def _state(key: Required, value: object) -> str:
    if value is None or value == NOBODY or not str(value).strip():
        return "missing"
    return "covered" if key.allows(str(value)) else "wrong"


def _declared(organization: Organization, key: str) -> tuple[str, ...]:
    """The values that the organization has declared of a dimension; any where it has none."""
    return tuple(sorted(names(organization, VALUES[key]))) if key in VALUES else ()


def _part(amount: Decimal, count: int) -> Part:
    return Part(count=count, gross=max(amount, _NOTHING), net=amount)


def _amount(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else _NOTHING


def _ratio(part: Decimal, whole: Decimal) -> Decimal | None:
    """A part of a whole; n/a where there is no whole or one below zero."""
    return EXACT.divide(part, whole) if whole > 0 else None
