"""Saving: what one is, how far it has come, and against what it is measured.

identified → agreed → implemented → realized → verified, or rejected, expired, withdrawn
(domain.md 8 and 17). Its baseline is frozen when it is agreed and never changes afterwards.
"""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import BaseModel
from pydantic import ConfigDict

from finops.core.amount import EXACT
from finops.core.amount import total

if TYPE_CHECKING:
    from collections.abc import Mapping

LAPSES = timedelta(days=90)
"""What nobody has agreed to for so long has expired; who still wants it proposes it again."""

HOLDS_FOR = 12
"""Months from its implementation for which a saving is credited, and not for ever."""


class Kind(StrEnum):
    """What is done, in the order in which savings stack: each on what the former leaves."""

    ELIMINATE = "eliminate"
    SCHEDULE = "schedule"
    RIGHTSIZE = "rightsize"
    MODERNIZE = "modernize"
    COMMIT = "commit"

    @property
    def rank(self) -> int:
        """Its place in that order."""
        return list(Kind).index(self)


class State(StrEnum):
    """How far a saving has come, or why it goes no further.

    Realized is never written: it is what an implemented one shows on months that are still open.
    """

    IDENTIFIED = "identified"
    AGREED = "agreed"
    IMPLEMENTED = "implemented"
    REALIZED = "realized"
    VERIFIED = "verified"
    REJECTED = "rejected"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


ENDED = frozenset({State.REJECTED, State.EXPIRED, State.WITHDRAWN})
"""Nothing follows these."""

NEXT: Mapping[State, tuple[State, ...]] = {
    State.IDENTIFIED: (State.AGREED, State.REJECTED, State.WITHDRAWN),
    State.AGREED: (State.IMPLEMENTED, State.REJECTED, State.WITHDRAWN),
    State.IMPLEMENTED: (State.VERIFIED, State.REJECTED, State.WITHDRAWN),
    State.VERIFIED: (State.VERIFIED, State.WITHDRAWN),
}
"""Which states may follow which."""


class Method(StrEnum):
    """How a saving is measured: the options of IPMVP as they fit a bill."""

    DELETION = "A: the resource's own cost"
    RESOURCE = "B: the resource measured"
    SCOPE = "C: the whole scope against what drives it"
    COMMITMENT = "D: what the commitment covers"


class Share(BaseModel):
    """Whose a part of the credit is: a team, and a person of it where one is named."""

    model_config = ConfigDict(frozen=True)

    team: str
    part: Decimal = Decimal(1)
    person: str = ""


class Point(BaseModel):
    """A day of the baseline: what the scope cost, and what drove it where that is counted."""

    model_config = ConfigDict(frozen=True)

    day: date
    cost: Decimal
    units: Decimal | None = None


class Price(BaseModel):
    """What one unit of one price cost before commitments, in its billing currency."""

    model_config = ConfigDict(frozen=True)

    sku: str
    service: str
    price: Decimal


class Baseline(BaseModel):
    """What a scope cost before, day by day, frozen with the prices and the exchange rate it had.

    `resources` are those that it was made of; `covered` what commitments covered of them a day,
    and `unused` what these left unused a day. `end` is exclusive; `currency` is the reporting
    currency at the exchange rates of the month `rates`.
    """

    model_config = ConfigDict(frozen=True)

    method: Method
    start: date
    end: date
    currency: str
    rates: str
    snapshot: str
    points: tuple[Point, ...]
    driver: str = ""
    prices: tuple[Price, ...] = ()
    resources: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()
    covered: Decimal = Decimal(0)
    unused: Decimal = Decimal(0)
    fit: Decimal | None = None
    strays: Decimal = Decimal(0)

    @property
    def days(self) -> int:
        """How many days it has."""
        return len(self.points)

    @property
    def last(self) -> date:
        """Its last day: the first on which the saving can have been made, at its end."""
        return self.end - timedelta(days=1)

    @property
    def per_day(self) -> Decimal:
        """What one of its days cost."""
        cost = total(one.cost for one in self.points)
        return EXACT.divide(cost, Decimal(max(self.days, 1)))


class Saving(BaseModel):
    """One saving with everything that was said of it; `version` is the revision that said so.

    `scope` is `Dimension=Value`, several set apart by `;`. `expected` is what it should take off
    30 days. A one-off saves once and is never told by the year.
    """

    model_config = ConfigDict(frozen=True)

    key: str = ""
    version: int = 0
    title: str
    kind: Kind
    scope: str
    team: str
    state: State = State.IDENTIFIED
    finding: str = ""
    expected: Decimal = Decimal(0)
    one_off: bool = False
    claimed_by: str = ""
    claimed_on: date | None = None
    split: tuple[Share, ...] = ()
    baseline: Baseline | None = None
    agreed_by: str = ""
    agreed_on: date | None = None
    implemented_by: str = ""
    implemented_on: date | None = None
    evidence: str = ""
    reason: str = ""
    ended_by: str = ""
    ended_on: date | None = None
    """The day from which it no longer holds: a regression's, or the one that was named."""

    def on(self, day: date) -> Saving:
        """The same on a day: what nobody agreed to for long has expired."""
        late = self.claimed_on and self.claimed_on + LAPSES < day
        if self.state is State.IDENTIFIED and late:
            return self.model_copy(update={"state": State.EXPIRED})
        return self

    @property
    def order(self) -> tuple[int, date, str]:
        """Its place among claims on the same cost: what stacks first, then who agreed first."""
        return self.kind.rank, self.agreed_on or date.max, self.key

    @property
    def teams(self) -> tuple[str, ...]:
        """The teams that are credited."""
        return tuple(dict.fromkeys(one.team for one in self.split))

    def words(self) -> dict[str, object]:
        """What is kept of it, by field."""
        return self.model_dump(mode="json", exclude={"key", "version"})
