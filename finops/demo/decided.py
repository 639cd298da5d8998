"""The demo company's planted decisions: what each brought, by the generator's own ledger."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.demo.ledger import Key
from finops.demo.money import digits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finops.core.period import BillingPeriod
    from finops.demo.company import Company
    from finops.demo.ledger import Ledger
    from finops.demo.seasons import Month

RESULTS = {"done": "hit", "half": "partial", "none": "miss"}
"""How far a planted decision was done, and how it must turn out."""


class Planted(NamedTuple):
    """A decision whose effect the generator put into the bill, and the month it is frozen to."""

    told: dict[str, Any]
    about: int

    @property
    def scope(self) -> str:
        """Where the product measures it."""
        return f"x_Team={self.told['team']}; ServiceName={self.told['service']}"


def planted(company: Company) -> tuple[Planted, ...]:
    """The planted decisions, in the order in which they were taken."""
    return tuple(
        Planted(told, one["about"])
        for one in company.review["meetings"]
        for told in one["decisions"]
        if "planted" in told
    )


def decision_facts(ledger: Ledger, months: tuple[Month, ...]) -> list[dict[str, Any]]:
    """What each decision's scope cost before it and after, and how it turned out."""
    return [
        {"question": _question(one, months), "answer": _answer(ledger, one, months)}
        for one in planted(ledger.company)
        if one.about < len(months)
    ]


def _question(one: Planted, months: tuple[Month, ...]) -> dict[str, Any]:
    return {
        "question": one.told["question"],
        "scope": one.scope,
        "measure": "EffectiveCost",
        "axis": "charge",
        "expected": one.told["expected"],
        "frozen": str(months[-1 - one.about].period),
    }


def _answer(ledger: Ledger, one: Planted, months: tuple[Month, ...]) -> dict[str, Any]:
    return {
        "frozen": digits(_cost(ledger, one, months[-1 - one.about].period)),
        "measured": dict(_measured(ledger, one, months)),
        "result": RESULTS[one.told["planted"]],
    }


def _measured(
    ledger: Ledger, one: Planted, months: tuple[Month, ...]
) -> Iterator[tuple[str, dict[str, str]]]:
    """The months after it was due: what they cost, and what that is beyond the frozen days."""
    base = months[-1 - one.about].period
    frozen = Decimal(digits(_cost(ledger, one, base)))
    for month in months[len(months) + 1 - one.about :]:
        amount = Decimal(digits(_cost(ledger, one, month.period)))
        effect = amount - frozen / base.days * month.period.days
        yield str(month.period), {"amount": str(amount), "effect": f"{effect:.6f}"}


def _cost(ledger: Ledger, one: Planted, period: BillingPeriod) -> int:
    """What the team used of the service in a month, in 1e-12 of its one currency."""
    label = f"{one.told['team']} {one.told['service']}"
    key = Key("decided", "charge", period, "USD", label)
    return ledger.sums[key].amounts["EffectiveCost"] if key in ledger.sums else 0
