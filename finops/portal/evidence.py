"""Evidence: the charges behind an invoice or a difference, by service and line by line."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple
from typing import TYPE_CHECKING

import streamlit as st

from finops.core.measure import Axis
from finops.core.scope import Scope
from finops.dataset.sql import parse
from finops.invoicing.differences import LINE
from finops.invoicing.differences import RATE
from finops.invoicing.differences import Reason
from finops.measures import Query
from finops.portal import desk
from finops.portal.memory import Memory
from finops.portal.tables import money_column
from finops.portal.tables import records
from finops.portal.tables import Table

if TYPE_CHECKING:
    from finops.core.period import BillingPeriod
    from finops.dataset import Dataset
    from finops.invoicing.differences import Difference
    from finops.invoicing.reconciliation import Match
    from finops.measures import Answer

MOST = 200
"""How many charges are shown one by one, the largest first; the question below says so too."""

LINES = """
SELECT ChargePeriodStart, SubAccountName, ServiceName, ChargeCategory, ChargeClass,
       ChargeDescription, ResourceId, BilledCost
FROM lines ORDER BY abs(BilledCost) DESC, ChargePeriodStart, ServiceName LIMIT 200
"""

_KEPT = 100
_BY = ("ServiceName", "ChargeCategory", "SubAccountName")


Evidence = tuple[tuple[str, str], ...]


class Behind(NamedTuple):
    """One thing whose charges can be looked at: what it is called, and which charges they are."""

    name: str
    scopes: tuple[Scope, ...]


def behind(dataset: Dataset, match: Match, period: BillingPeriod) -> tuple[Behind, ...]:
    """What of an invoice has charges to look at: the whole of it, then each named difference."""
    currency = match.charged_in or match.currency
    whenever = Scope(filters=(("BillingCurrency", frozenset({currency})),))
    month = replace(whenever, start=period.start, end=period.end, axis=Axis.BILLING)
    mine = _mine(dataset.within(month), match)
    named = []
    for one in match.explained:
        own = ("InvoiceId", match.invoice_id) in one.evidence
        more = tuple(p for p in one.evidence if p not in _of(match) and p[0] != RATE)
        said = (*mine, *more) if own else one.evidence
        # A credit memo speaks of an invoice of any month.
        start = whenever if one.reason == Reason.CREDIT_MEMO else month
        scopes = (start, _among(said), *_further(dataset, one, period))
        if one.evidence and LINE not in dict(one.evidence):  # A line of the invoice is no charge.
            named.append(Behind(f"{one.reason}: its charges", scopes))
    return (Behind("All charges of this invoice", (month, _among(mine))), *named)


def narrowed(dataset: Dataset, scopes: tuple[Scope, ...]) -> Dataset:
    """The charges within every one of the scopes."""
    for scope in scopes:
        dataset = dataset.within(scope)
    return dataset


def by_service(dataset: Dataset, currency: str) -> Table:
    """The charges by service, category and account, the largest first."""
    answer = _asked(dataset)
    amount = f"Billed ({currency})"
    rows = [
        {
            "Service": record["ServiceName"],
            "Category": record["ChargeCategory"],
            "Account": record["SubAccountName"],
            amount: record["BilledCost"],
            "Charges": record["Charges"],
        }
        for record in answer.records()
    ]
    rows.sort(key=lambda row: -abs(float(str(row[amount] or 0))))
    return records("Charges by service", rows, {amount: money_column()})


def lines(dataset: Dataset, currency: str) -> Table:
    """The charges one by one, the largest first, as many as fit."""
    key = desk.looked_at(dataset)
    found = _tables().get(key, lambda: tuple(dataset.select(parse(LINES)).rows))
    amount = f"Billed ({currency})"
    names = ("Day", "Account", "Service", "Category", "Class", "Description", "Resource", amount)
    rows = [dict(zip(names, row, strict=True)) for row in found]
    config = {amount: money_column(), "Day": st.column_config.DateColumn(format="D MMM YYYY")}
    return records("Charges, the largest first", rows, config)


def _mine(month: Dataset, match: Match) -> Evidence:
    """What leads to an invoice's charges: its number; its account where charges have no number."""
    issuer, number = _of(match)
    query = Query(measures=("Charges",), by=("InvoiceId",), where=(issuer,))
    known = {row[0] or "" for row in desk.ask(month, query).rows}
    if known != {""}:
        return issuer, number
    account = (("BillingAccountId", match.account),) if match.account else ()
    return (issuer, ("InvoiceId", ""), *account)


def _further(dataset: Dataset, one: Difference, period: BillingPeriod) -> tuple[Scope, ...]:
    """What some reasons say of their charges beyond dimensions: when, and for what."""
    if one.reason == Reason.LATE:
        usual = (("ChargeClass", frozenset[str | None]({None, ""})),)
        return (Scope(filters=usual, end=period.start, axis=Axis.CHARGE),)
    if one.reason == Reason.SUPPORT:
        rows = desk.ask(dataset, Query(measures=("Charges",), by=("ServiceName",))).rows
        names = frozenset[str | None](str(r[0]) for r in rows if "support" in str(r[0]).lower())
        return (Scope(filters=(("ServiceName", names),)),)
    return ()


def _of(match: Match) -> Evidence:
    return (("InvoiceIssuerName", match.issuer), ("InvoiceId", match.invoice_id))


def _among(said: Evidence) -> Scope:
    """The charges that have these values; an empty value stands for none."""
    return Scope(
        filters=tuple((name, frozenset({value} if value else {"", None})) for name, value in said)
    )


def _asked(dataset: Dataset) -> Answer:
    query = Query(measures=("BilledCost", "Charges"), by=_BY, axis=Axis.BILLING, currency="billing")
    return desk.ask(dataset, query)


@st.cache_resource(show_spinner=False)
def _tables() -> Memory[tuple[tuple[object, ...], ...]]:
    return Memory(_KEPT)
