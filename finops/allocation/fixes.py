"""Fixes: what to do so that more of the cost has an owner, the most amount for the least work."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from enum import Enum
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.measures import ask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finops.dataset import Dataset
    from finops.measures import Query

NOBODY = "UNALLOCATED"
ACCOUNT, SERVICE, TEAM = "SubAccountName", "ServiceName", "x_Team"
_NOTHING = Decimal(0)


class Work(Enum):
    """What has to be done, and how easy that is, from 0 to 1."""

    ACCOUNT_RULE = (Decimal(1), "One rule for the account: nobody owns anything in it")
    SERVICE_RULE = (
        Decimal("0.6"),
        "One rule for the service there: one team owns the rest",
    )
    TAGS = (Decimal("0.2"), "Tag its resources: several teams share it")

    @property
    def ease(self) -> Decimal:
        """How easy it is: 1 is one rule, less is more work."""
        return self.value[0]

    @property
    def told(self) -> str:
        """What has to be done."""
        return self.value[1]


class Fix(NamedTuple):
    """One thing to do: what it would give an owner, and to whom where that can be told."""

    account: str
    service: str
    amount: Decimal
    work: Work
    team: str = ""

    @property
    def score(self) -> Decimal:
        """Amount times ease: what stands first."""
        return EXACT.multiply(self.amount, self.work.ease)


Shares = dict[str, dict[str, dict[str, Decimal]]]


def fixes(dataset: Dataset, asked: Query) -> tuple[Fix, ...]:
    """What would give unowned cost an owner, by amount and ease; the costliest easy ones first."""
    answer = ask(dataset, replace(asked, by=(ACCOUNT, SERVICE, TEAM)))
    sums: Shares = defaultdict(lambda: defaultdict(lambda: defaultdict(Decimal)))
    for account, service, team, amount, *_ in _flat(answer.rows):
        place = sums[account][service]
        place[team] = EXACT.add(place[team], amount)
    found = [fix for account, services in sums.items() for fix in _of_account(account, services)]
    return tuple(sorted(found, key=lambda fix: (-fix.score, fix.account, fix.service)))


def _flat(rows: tuple[tuple[object, ...], ...]) -> list[tuple[str, str, str, Decimal]]:
    return [(str(row[0] or ""), str(row[1] or ""), str(row[2]), _amount(row[-1])) for row in rows]


def _of_account(account: str, services: Mapping[str, Mapping[str, Decimal]]) -> list[Fix]:
    """One fix where nobody owns anything of an account, else one for each service of it."""
    unowned = {name: teams[NOBODY] for name, teams in services.items() if teams.get(NOBODY, 0) > 0}
    owners = {team for teams in services.values() for team in teams if teams[team]} - {NOBODY}
    if not owners:
        amount = sum(unowned.values(), _NOTHING)
        return [Fix(account, "", amount, Work.ACCOUNT_RULE)] if amount else []
    found = []
    for name, amount in unowned.items():
        beside = {team for team, cost in services[name].items() if cost} - {NOBODY}
        likely = beside or owners
        if len(likely) == 1:
            found.append(Fix(account, name, amount, Work.SERVICE_RULE, *likely))
        else:
            found.append(Fix(account, name, amount, Work.TAGS))
    return found


def _amount(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else _NOTHING
