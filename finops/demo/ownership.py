"""Which resources a workload has, what tags people gave them, and who is therefore charged."""

from __future__ import annotations

import json
from typing import NamedTuple
from typing import TYPE_CHECKING

import numpy as np

from finops.demo import agreed
from finops.demo.book import Owner
from finops.demo.book import Resource
from finops.demo.book import Tags
from finops.demo.book import UNALLOCATED
from finops.demo.templates import hexes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from finops.demo.book import Book
    from finops.demo.company import Account
    from finops.demo.company import Company
    from finops.demo.company import Workload
    from finops.demo.seasons import Month

_MISSPELLED = 0.2
"""The part of the resources whose tags are written in another way."""

_DIMENSIONS = ("team", "product", "environment", "cost_center")


class Life(NamedTuple):
    """One resource: its workload, its place there, and how many came before it in that place."""

    workload: Workload
    slot: int
    generation: int


class Places(NamedTuple):
    """Places of words in the book."""

    resource: int
    tags: int
    owner: int


class Registry:
    """The resources of the demo company, found once and then known."""

    def __init__(self, company: Company, book: Book, seed: int) -> None:
        self._company = company
        self._book = book
        self._seed = seed
        self._known: dict[tuple[str | int, ...], Places] = {}

    def places(
        self, workload: Workload, slots: NDArray[np.int64], days: NDArray[np.int64], month: Month
    ) -> NDArray[np.int64]:
        """Resource, tags and owner (three columns) of each pair of slot and day."""
        generations = (days + 13 * slots) // workload.life if workload.life else 0 * days
        pairs, inverse = np.unique(np.stack([slots, generations]), axis=1, return_inverse=True)
        found = [self.find(Life(workload, int(s), int(g)), month) for s, g in pairs.T]
        return np.array(found, np.int64).reshape(-1, 3)[inverse.ravel()]

    def resources(self) -> dict[int, tuple[str, int]]:
        """The workload and the slot, from 1 on, of each resource that was charged so far."""
        return {
            places.resource: (str(key[0]), int(key[1]) + 1)
            for key, places in self._known.items()
            if not self._company.named[str(key[0])].of
        }

    def find(self, life: Life, month: Month) -> Places:
        """The words of one resource in one month."""
        account = self._company.accounts[life.workload.account]
        tagging = month.index >= account.tags_start
        ruled = agreed.team_of(self._company, life.workload, month)
        era = (tagging, ruled is not None, agreed.has_moved(self._company, month))
        key = (life.workload.id, life.slot, life.generation, *era)
        if key not in self._known:
            now = life._replace(workload=agreed.at(self._company, life.workload, month))
            self._known[key] = self._describe(now, account, month, tagging=tagging)
        return self._known[key]

    def _describe(self, life: Life, account: Account, month: Month, *, tagging: bool) -> Places:
        carried = self._carried(life, account) if tagging else {}
        resource = self._resource(life, account)
        tags = self._tags(life, account, carried)
        return Places(
            self._book.resources.place(resource) if resource else -1,
            self._book.tags.place(tags) if tags else -1,
            self._book.owners.place(self._owner(life.workload, account, carried, month)),
        )

    def _resource(self, life: Life, account: Account) -> Resource | None:
        sku = self._company.skus[life.workload.sku]
        if sku.resource is None or account.region is None:
            return None
        pattern = self._company.resources[sku.resource]
        whose = life.workload.of or life.workload.id
        long = hexes("resource", self._seed, *life[1:], whose, length=17)
        zones = self._company.regions[account.region]["zones"]
        zone = zones[(life.slot + life.generation) % len(zones)]
        words = {
            "account": account.id,
            "region": account.region,
            "zone": zone,
            "workload": whose,
            "slot": f"{life.slot + 1:02}",
            "hex17": long,
            "hex16": long[:16],
            "hex12": long[:12],
            "hex5": long[:5],
            "HEX12": long[:12].upper(),
            "digits": str(int(long[:12], 16)),
        }
        name = pattern["name"].format(**words) if "name" in pattern else None
        return Resource(pattern["id"].format(**words), name, zone if "zonal" in pattern else None)

    def _chance(self, life: Life, purpose: float) -> float:
        """A number from 0 to 1 that is spread evenly over the resources of a workload."""
        start = int(hexes("chance", self._seed, life.workload.id, purpose, length=6), 16) / 16**6
        return (start + life.slot * 0.6180339887 + life.generation * purpose) % 1.0

    def _carried(self, life: Life, account: Account) -> dict[str, str]:
        """The dimensions that this resource's tags name, as they are written."""
        work, habit = life.workload, self._company.tagging["habits"][account.tags]
        known = {name: str(getattr(work, name)) for name in _DIMENSIONS if name in habit}
        if self._chance(life, 0.4142135) < work.untagged:
            return {"environment": work.environment} if life.slot % 2 else {}
        if work.ghost:
            return {"team": work.ghost, "environment": work.environment}
        if self._chance(life, 0.7320508) < _MISSPELLED:
            spellings = self._company.tagging["spellings"]
            return {name: spellings[name].get(value, value) for name, value in known.items()}
        return known

    def _tags(self, life: Life, account: Account, carried: dict[str, str]) -> Tags | None:
        if not carried:
            return Tags("{}", frozenset()) if account.provider == "gcp" else None
        habit = self._company.tagging["habits"][account.tags]
        written = {habit[name]: value for name, value in carried.items()}
        written["service"] = life.workload.id
        keys = (key.strip().lower().replace("_", "-") for key in written)
        return Tags(json.dumps(written, sort_keys=True), frozenset(keys))

    def _owner(
        self, work: Workload, account: Account, carried: dict[str, str], month: Month
    ) -> Owner:
        """The owner by design: what was agreed, what the tags say, the account, what follows."""
        readable = "team" in carried and not work.ghost
        told = work.team if readable else account.team or UNALLOCATED
        team = agreed.team_of(self._company, work, month) or told
        implied = agreed.implied(self._company, team, month)
        return Owner(
            team,
            work.product if "product" in carried else implied.get("product", UNALLOCATED),
            work.environment if "environment" in carried else account.environment or UNALLOCATED,
            work.cost_center
            if "cost_center" in carried
            else implied.get("cost_center", UNALLOCATED),
        )


def account_owner(company: Company, account: Account) -> Owner:
    """Whose a charge is that carries no tags."""
    team = company.teams.get(account.team or "", {})
    return Owner(
        account.team or UNALLOCATED,
        team.get("product", UNALLOCATED),
        account.environment or UNALLOCATED,
        team.get("cost_center", UNALLOCATED),
    )
