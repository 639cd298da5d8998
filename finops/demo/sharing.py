"""What each team bears of the demo company's shared cluster, by what its namespaces used.

Worked out from the demo's own ledger in whole numbers: each share is rounded down to the cent, the
cents left over go to the largest remainders, and what is below a cent to the first team.
"""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

from finops.demo.clusters import IDLE
from finops.demo.clusters import team
from finops.demo.ledger import Key
from finops.demo.money import digits
from finops.demo.money import SCALE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finops.demo.ledger import Ledger
    from finops.demo.seasons import Month

POOL, CLUSTER = "cluster", "shared-cluster"
_CENT = 10 ** (SCALE - 2)


def shared_facts(ledger: Ledger, used: Mapping[Month, Mapping[str, int]]) -> list[dict[str, Any]]:
    """What the cluster cost in each month, in its billing currency, by namespace and by team."""
    account = ledger.company.accounts[CLUSTER]
    currency = ledger.company.providers[account.provider].currency
    found = []
    for month, hours in used.items():
        key = Key("used in", "charge", month.period, currency, account.id)
        amount = ledger.sums[key].amounts["EffectiveCost"]
        told = {"period": str(month.period), "axis": "charge", "currency": currency}
        parts = split(amount, hours)
        answer = {"amount": digits(amount), "teams": _by_team(parts)}
        named = {name: digits(part) for name, part in parts.items() if name != IDLE}
        found.append(
            {
                "question": told | {"pool": POOL},
                "answer": answer | {"namespaces": named, "idle": digits(parts[IDLE])},
            }
        )
    return found


def _by_team(parts: Mapping[str, int]) -> dict[str, str]:
    teams: dict[str, int] = {}
    for namespace, part in parts.items():
        teams[team(namespace)] = teams.get(team(namespace), 0) + part
    return {name: digits(part) for name, part in teams.items()}


def split(amount: int, weights: Mapping[str, int]) -> dict[str, int]:
    """An amount in 1e-12 by weights, in whole cents that add up to it."""
    teams, whole, base = sorted(weights), amount // _CENT, sum(weights.values())
    parts = {name: divmod(amount * weights[name], _CENT * base) for name in teams}
    cents = {name: part for name, (part, _) in parts.items()}
    left = whole - sum(cents.values())
    for name in sorted(teams, key=lambda name: (-parts[name][1], name))[:left]:
        cents[name] += 1
    shares = {name: count * _CENT for name, count in cents.items()}
    shares[teams[0]] += amount - whole * _CENT
    return shares
