"""What each team bears of the demo company's shared cluster, by the core hours that it used.

Worked out from the demo's own ledger in whole numbers: each share is rounded down to the cent, the
cents left over go to the largest remainders, and what is below a cent to the first team.
"""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

from finops.demo.ledger import Key
from finops.demo.money import digits
from finops.demo.money import SCALE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from finops.demo.business import Count
    from finops.demo.ledger import Ledger
    from finops.demo.seasons import Month

POOL, CLUSTER = "cluster", "shared-cluster"
_CENT = 10 ** (SCALE - 2)


def shared_facts(
    ledger: Ledger, counts: Iterable[Count], months: Iterable[Month]
) -> list[dict[str, Any]]:
    """What the cluster cost in each month, in its billing currency, and who bears how much."""
    account = ledger.company.accounts[CLUSTER]
    currency = ledger.company.providers[account.provider].currency
    used = [count for count in counts if count.kind == "usage"]
    found = []
    for month in months:
        key = Key("used in", "charge", month.period, currency, account.id)
        amount = ledger.sums[key].amounts["EffectiveCost"]
        hours = {c.segment: c.number for c in used if c.month.period == month.period}
        told = {"period": str(month.period), "axis": "charge", "currency": currency}
        borne = {team: digits(part) for team, part in split(amount, hours).items()}
        found.append(
            {
                "question": told | {"pool": POOL},
                "answer": {"amount": digits(amount), "teams": borne},
            }
        )
    return found


def split(amount: int, weights: Mapping[str, int]) -> dict[str, int]:
    """An amount in 1e-12 by weights, in whole cents that add up to it."""
    teams, whole, base = sorted(weights), amount // _CENT, sum(weights.values())
    parts = {team: divmod(amount * weights[team], _CENT * base) for team in teams}
    cents = {team: part for team, (part, _) in parts.items()}
    left = whole - sum(cents.values())
    for team in sorted(teams, key=lambda team: (-parts[team][1], team))[:left]:
        cents[team] += 1
    shares = {team: count * _CENT for team, count in cents.items()}
    shares[teams[0]] += amount - whole * _CENT
    return shares
