"""Different numbers: amounts that people of the demo company bring to the meeting, and why.

Each is worked out from the generator's own ledger, by counting as that person counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.demo.money import digits
from finops.demo.money import part
from finops.demo.money import SCALE
from finops.demo.rates import RATE_SCALE

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from typing import Any

    from finops.core.period import BillingPeriod
    from finops.demo.ledger import Ledger
    from finops.demo.rates import Rates

    Rate = Callable[[str], int]

_CENTS = 2
_OFF = 4321_09
"""A slip of the pen, in cents: no standard difference is as large as this."""

COST, BILL, LIST = ("EffectiveCost", "charge"), ("BilledCost", "billing"), ("ListCost", "charge")


class _Month:
    """A month of the ledger, told in the reporting currency."""

    def __init__(self, ledger: Ledger, rates: Rates, period: BillingPeriod) -> None:
        self.home: str = ledger.company.organization["reporting_currency"]
        self._ledger, self._rates, self._period = ledger, rates, period

    def at(self, kind: str, months: int = 0) -> Rate:
        """What a currency is in the reporting one, by a kind of rate of a month."""
        month, one = self._period.plus(months), 10**RATE_SCALE
        return lambda told: (
            one if told == self.home else self._rates.of(told, self.home, kind, month)
        )

    def of(
        self,
        subject: str,
        keep: Callable[[str], bool],
        counted: tuple[str, str] = COST,
        rate: Rate | None = None,
    ) -> int:
        """The sum over the labels of a subject that are kept."""
        cost, axis = counted
        told = rate or self.at("average")
        return sum(
            sums.amounts[cost] * told(key.currency)
            for key, sums in self._ledger.sums.items()
            if (key.subject, key.axis, key.period) == (subject, axis, self._period)
            and keep(key.label)
        )

    def whole(self, counted: tuple[str, str] = COST, rate: Rate | None = None) -> int:
        """Everything."""
        return self.of("ProviderName", lambda _: True, counted, rate)


def different_numbers(
    ledger: Ledger, rates: Rates, period: BillingPeriod
) -> Iterator[dict[str, Any]]:
    """Every planted number of a month with its source and the sets of reasons that lead to it."""
    month = _Month(ledger, rates, period)
    cost = month.whole()
    tax = month.of("ChargeCategory", lambda label: label == "Tax")
    unused = month.of("commitment", lambda label: label.startswith("Unused "))
    support = month.of("ServiceName", lambda label: "Support" in label)
    nobodys = month.of("x_Team", lambda label: label == "UNALLOCATED")
    search = month.of("x_Team", lambda label: label == "search")
    for source, number, sets in (
        ("console", month.whole(BILL), [["axis", "basis"]]),
        ("ledger", month.whole(BILL, month.at("month-end")), [["FX", "axis", "basis"]]),
        ("ledger", month.whole(rate=month.at("average", -1)), [["FX"]]),
        ("console", month.whole(LIST), [["basis"]]),
        ("console", cost - tax, [["tax"]]),
        ("console", cost - tax - unused, [["tax", "unused commitment"]]),
        ("team", cost - support, [["support"]]),
        ("team", search, [["scope"]]),
        ("team", cost - nobodys, [["allocation"], ["scope"]]),
        ("deck", cost + _OFF * 10 ** (SCALE + RATE_SCALE - _CENTS), []),
    ):
        yield _fact(number, source, period, sets)


def _fact(number: int, source: str, period: BillingPeriod, sets: list[list[str]]) -> dict[str, Any]:
    cents = part(number, 1, 10 ** (SCALE + RATE_SCALE - _CENTS))
    question = {
        "command": "explain-number",
        "amount": digits(cents, _CENTS),
        "from": source,
        "period": str(period),
        "axis": "charge",
    }
    return {"question": question, "answer": {"sets": sets}}
