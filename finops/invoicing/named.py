"""Named: the parts of a difference by their names, and what nobody can name.

The smallest set of candidates that makes up the difference, within the rounding of the invoice's
lines, explains it. Of several equally small sets one that fits exactly goes before one that fits by
rounding, then the order of Reason decides; the others are told with it. If there is none, what is
left is unexplained.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.invoicing.candidates import candidates
from finops.invoicing.candidates import said
from finops.invoicing.candidates import tax
from finops.invoicing.candidates import twice
from finops.invoicing.differences import Difference
from finops.invoicing.differences import Findings
from finops.invoicing.differences import Reason

if TYPE_CHECKING:
    from decimal import Decimal

    from finops.invoicing.differences import Case

MOST_TOGETHER = 3
"""More than this many candidates that happen to add up prove nothing."""

_ORDER = tuple(map(str, Reason))


def explain(case: Case) -> Findings:
    """Name the parts of a difference: tax first, what people said, then what evidence shows."""
    named = [*tax(case), *said(case)]
    rest = EXACT.subtract(case.difference, total(one.amount for one in named))
    if abs(rest) > case.tolerance:
        found = _smallest(case, rest)
        named += found
        rest = EXACT.subtract(rest, total(one.amount for one in found))
    if rest and abs(rest) <= case.tolerance:
        named.append(Difference(reason=Reason.ROUNDING, amount=rest))
        rest -= rest
    return Findings(named=tuple(named), unexplained=rest)


def _smallest(case: Case, rest: Decimal) -> tuple[Difference, ...]:
    """The fewest candidates that make up what is left; none where no few of them do."""
    found = tuple(candidates(case))
    sets = [combinations(found, size) for size in range(1, MOST_TOGETHER + 1)]
    sets.insert(1, combinations(tuple(twice(case)), 1))
    for group in sets:
        fitting = []
        for chosen in group:
            left = abs(EXACT.subtract(rest, total(one.amount for one in chosen)))
            if left <= case.tolerance:
                fitting.append((bool(left), sorted(map(_rank, chosen)), chosen))
        if fitting:
            best, *others = (chosen for _, _, chosen in sorted(fitting, key=lambda one: one[:2]))
            instead = tuple(" and ".join(map(_called, one)) for one in others)
            return tuple(replace(one, instead=instead) for one in best)
    return ()


def _rank(one: Difference) -> int:
    # What a closed month's adjustments say is in no list: it stands in the charges themselves.
    return _ORDER.index(one.reason) if one.reason in _ORDER else -1


def _called(one: Difference) -> str:
    """A candidate as it is named among others: its reason, and the last of its evidence."""
    return f"{one.reason} ({one.evidence[-1][1] or 'no number'})" if one.evidence else one.reason
