"""What an agenda is made from: the figures of the month, the books, and what was written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from pydantic import BaseModel
from pydantic import ConfigDict

if TYPE_CHECKING:
    from datetime import date

    from finops.core.organization import Organization
    from finops.core.period import BillingPeriod
    from finops.dataset import Dataset
    from finops.ingestion.budgets import Budget
    from finops.invoicing.books import Books
    from finops.operations.entries import Log
    from finops.operations.review import Meeting
    from finops.operations.review import Series
    from finops.savings.saving import Saving
    from finops.savings.verification import Verification

SURE = Decimal(1)
LATER = Decimal("0.5")
"""How much of its rank keeps an item that cannot be decided in the room, or has no owner."""


class Written(NamedTuple):
    """What people wrote until a day, and the currency that a meeting's figures are told in."""

    log: Log
    meeting: Meeting
    today: date
    currency: str


@dataclass(frozen=True, kw_only=True)
class Material:
    """All that the sources of an agenda look at; `period` is the month that is reviewed."""

    dataset: Dataset
    books: Books
    organization: Organization
    budgets: tuple[Budget, ...]
    log: Log
    series: Series
    meeting: Meeting
    period: BillingPeriod
    today: date
    savings: tuple[Saving, ...] = ()
    signed: tuple[Verification, ...] = ()


class Item(BaseModel):
    """One item: what it is about, its amount, and why it stands where it stands.

    `amount` is what is at stake in `currency`, signed as the cost moves; of a variance, `start` is
    what it moves from. `surprise` runs from 0
    (as agreed) to 1. `first` items lead whatever they amount to; `default` ones are accepted
    unless somebody speaks up. `key` is the entry that it is about, if it is about one.
    """

    model_config = ConfigDict(frozen=True)

    source: str
    title: str
    detail: str = ""
    amount: Decimal = Decimal(0)
    start: Decimal = Decimal(0)
    currency: str = ""
    surprise: Decimal = SURE
    decidable: Decimal = SURE
    scope: str = ""
    owner: str = ""
    key: str = ""
    first: bool = False
    default: bool = False
    minutes: int = 0

    @property
    def rank(self) -> Decimal:
        """Amount times surprise times whether it can be decided."""
        return abs(self.amount) * self.surprise * self.decidable
