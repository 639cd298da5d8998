"""Unowned: what no team answers for, by amount, with who looks after it and since when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.allocation.suggested import for_accounts
from finops.allocation.suggested import suggest
from finops.allocation.suggested import TEAM
from finops.core.condition import all_hold
from finops.core.measure import Axis
from finops.core.period import BillingPeriod
from finops.focus.columns import UNALLOCATED
from finops.measures import ask
from finops.measures import Query

if TYPE_CHECKING:
    from finops.core.mapping import MappingRule
    from finops.dataset import Dataset
    from finops.measures import Answer

BY = ("InvoiceIssuerName", "BillingAccountId", "SubAccountId", "SubAccountName", "ServiceName")
"""What unowned cost is listed by."""

_AGED = ("InvoiceIssuerName", "SubAccountId", "ServiceName")


@dataclass(frozen=True, kw_only=True)
class Unowned:
    """One line of unowned cost, in `currency` of its report: whose it is not, and what may be done.

    `since` is the first month from which on it never had an owner, `age` the months from then to
    the month that is told, that one counted. `steward` answers for it until a team does; `rule` is
    one that would give it to somebody, and `why` what speaks for it.
    """

    issuer: str
    account: str
    sub_account: str
    name: str
    service: str
    amount: Decimal
    charges: int
    steward: str
    since: str
    age: int
    rule: MappingRule | None = None
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    """The unowned cost of a billing month, largest first, and what it is a share of.

    `amount` + `owned` = `cost`; the lines add up to `amount`.
    """

    month: str
    currency: str
    cost: Decimal
    amount: Decimal
    lines: tuple[Unowned, ...]

    @property
    def owned(self) -> Decimal:
        """What teams answer for."""
        return self.cost - self.amount


def unowned(dataset: Dataset, month: str) -> Report:
    """List what nobody owns in a billing month, by effective cost.

    Raises:
        RateMissing: an amount must be converted and there is no rate for its month.
    """
    whole = _cost(dataset, (), month)
    answer = _cost(dataset, BY, month, where=((TEAM, UNALLOCATED),))
    known = _Known(dataset, month)
    lines = sorted(
        (known.line(row) for row in answer.rows),
        key=lambda line: (-abs(line.amount), line.sub_account, line.service),
    )
    return Report(
        month=month,
        currency=answer.currency,
        cost=whole.total["EffectiveCost"] or Decimal(0),
        amount=answer.total["EffectiveCost"] or Decimal(0),
        lines=tuple(lines),
    )


class _Known:
    """What is known of unowned cost besides its amount: since when, whose, and what would help."""

    def __init__(self, dataset: Dataset, month: str) -> None:
        self._month = month
        self._rules = dataset.rules
        self._since = _since(dataset, month)
        self._groups = suggest(dataset, month)
        self._accounts = for_accounts(dataset, month)

    def line(self, row: tuple[object, ...]) -> Unowned:
        """One line, from the columns `BY` and the two measures."""
        issuer, account, sub_account, name, service = (str(cell or "") for cell in row[:5])
        cost, charges = row[5:7]
        told = self._groups.get((sub_account, service)) or self._accounts.get(sub_account)
        since = self._since.get((issuer, sub_account, service), self._month)
        return Unowned(
            issuer=issuer,
            account=account,
            sub_account=sub_account,
            name=name,
            service=service,
            amount=Decimal(str(cost or 0)),
            charges=int(str(charges)),
            steward=self._steward(row),
            since=since,
            age=_months(since, self._month),
            rule=told.rule if told else None,
            why=told.why if told else "",
        )

    def _steward(self, row: tuple[object, ...]) -> str:
        """Who answers for a line: the first stewardship that fits, by what the line tells."""
        charge = {
            name: None if cell is None else str(cell) for name, cell in zip(BY, row, strict=False)
        }
        fits = (one for one in self._rules.stewards if all_hold(one.when, charge, {}))
        return next((one.person for one in fits), self._rules.steward)


def _cost(
    dataset: Dataset, by: tuple[str, ...], month: str, *, where: tuple[tuple[str, str], ...] = ()
) -> Answer:
    query = Query(
        measures=("EffectiveCost", "Charges"),
        by=by,
        where=where,
        period=BillingPeriod.parse(month),
        axis=Axis.BILLING,
    )
    return ask(dataset, query)


def _since(dataset: Dataset, month: str) -> dict[tuple[str, str, str], str]:
    """From which month on, without a gap, each group had cost that nobody owned."""
    query = Query(
        measures=("Charges",),
        by=_AGED,
        where=((TEAM, UNALLOCATED),),
        end=BillingPeriod.parse(month).end,
        axis=Axis.BILLING,
        grain="month",
    )
    months: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for told, issuer, account, service, charges in ask(dataset, query).rows:
        if charges:
            months[str(issuer or ""), str(account or ""), str(service or "")].add(str(told))
    return {group: _first(there, month) for group, there in months.items()}


def _first(there: set[str], month: str) -> str:
    period = BillingPeriod.parse(month)
    while str(period.plus(-1)) in there:
        period = period.plus(-1)
    return str(period)


def _months(since: str, month: str) -> int:
    (one, other) = (BillingPeriod.parse(each).start for each in (since, month))
    return (other.year - one.year) * 12 + other.month - one.month + 1
