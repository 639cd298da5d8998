"""Verification: what was signed of a saving and a closed month, and what was promised of it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import BaseModel
from pydantic import ConfigDict

from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.records import savings
from finops.savings.measure import span_of
from finops.savings.measured import Measured
from finops.savings.measured import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from finops.access.workspace import Workspace
    from finops.core.period import BillingPeriod
    from finops.savings.saving import Saving

VERIFICATION = "verification"


class Verification(BaseModel):
    """What was signed of a saving and a closed month.

    `credited` is what it is credited for the month by now, `booked` what this signature added to
    or took from it. `projected` is what the month should have brought by what was known before;
    `correction` is what of that is not credited. `version` is the revision that signed it.
    """

    model_config = ConfigDict(frozen=True)

    saving: str
    month: str
    measured: Measured
    verdict: Verdict
    credited: Decimal = Decimal(0)
    avoided: Decimal = Decimal(0)
    booked: Decimal = Decimal(0)
    projected: Decimal = Decimal(0)
    despite: str = ""
    entry: str = ""
    by: str = ""
    on: date | None = None
    version: int = 0

    @property
    def correction(self) -> Decimal:
        """What of the projected credit is taken back, or was brought beyond it."""
        return EXACT.subtract(self.credited, self.projected)

    @property
    def per_day(self) -> Decimal:
        """What one of the measured days is credited."""
        days = self.measured.days
        return EXACT.divide(self.credited, Decimal(days)) if days else Decimal(0)


def verifications_of(workspace: Workspace) -> tuple[Verification, ...]:
    """The last signature of every saving and month, by month."""
    with workspace.store.reading() as session:
        return verifications_in(session)


def verifications_in(session: Session) -> tuple[Verification, ...]:
    """The same, inside a transaction."""
    found = (
        Verification.model_validate({**json.loads(row.body), "version": row.revision})
        for row in savings.entries(session, VERIFICATION)
    )
    return tuple(sorted(found, key=lambda one: (one.month, one.saving)))


def projected(saving: Saving, earlier: Iterable[Verification], month: BillingPeriod) -> Decimal:
    """What a month should bring by what was signed last, or else by what was expected.

    Domain.md 8, SAV-3: it is credit that is not earned yet.
    """
    days = _promised(saving, month)
    before = [one for one in earlier if one.saving == saving.key and one.month < str(month)]
    signed = [one for one in before if one.credited]
    per_day = signed[-1].per_day if signed else EXACT.divide(saving.expected, Decimal(30))
    currency = saving.baseline.currency if saving.baseline else ""
    return EXACT.multiply(per_day, days).quantize(minor_unit(currency), context=EXACT)


def _promised(saving: Saving, month: BillingPeriod) -> Decimal:
    """The days of a month on which it should hold, whatever ended it since."""
    span = span_of(saving.model_copy(update={"ended_on": None}), month)
    return Decimal((span[1] - span[0]).days) if span else Decimal(0)
