"""Ties: whether the chosen month's invoices equal their charges, worked out once and told."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import Amount
from finops.core.amount import EXACT
from finops.core.amount import total
from finops.invoicing import books_of
from finops.invoicing import reconcile
from finops.invoicing import Reconciliation
from finops.invoicing.close import SHORT
from finops.invoicing.commitments import LedgerStatus
from finops.invoicing.periods import FINAL
from finops.invoicing.periods import unsettled
from finops.invoicing.posted import postings
from finops.invoicing.reconciliation import Status
from finops.invoicing.true_ups import true_ups as settled
from finops.portal import desk
from finops.portal import formats
from finops.portal import late
from finops.portal import scope_bar
from finops.portal.charts import Step
from finops.portal.memory import Memory
from finops.portal.seal import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from finops.dataset import Dataset
    from finops.invoicing import bridge as bridging
    from finops.invoicing.prepaid import Prepaid
    from finops.invoicing.reconciliation import Match
    from finops.invoicing.true_ups import Settled
    from finops.portal.lens import Lens
    from finops.records.closings import Closing

PAGE = "inform/reconciliation.py"
"""Where a reader goes from any page to see what ties."""

UNNAMED = "UNEXPLAINED"
UNLOCKS = (
    "One file unlocks it: the **headers of the invoices** (csv or xlsx, one invoice a line) or a "
    "FOCUS 1.4 InvoiceDetail export."
)

_OPEN_MARKS = {
    "open": ("open, not yet reconciled", ":material/lock_open:"),
    "missing": ("provisional, a delivery is missing", ":material/inventory:"),
    "provisional": ("provisional, ties so far", ":material/pending:"),
    "reconciled": ("reconciled, it ties", ":material/check_circle:"),
}
"""Of each state of a month that is not closed the words and the mark."""

_KEPT = 200
_OPEN = {Status.NO_INVOICE, Status.NO_USAGE, Status.PROVISIONAL}


def whole() -> Dataset:
    """All that the reader may see: an invoice is reconciled whole, whatever the bar narrows to."""
    return desk.whole()


def report(lens: Lens) -> Reconciliation:
    """The reconciliation of the chosen month, worked out once a snapshot and viewer."""
    dataset, workspace = whole(), desk.workspace()
    snapshot = dataset.snapshot
    # An id stands for charges alone: invoices may differ between workspaces that share one.
    key = (workspace.root, snapshot.id, snapshot.revision, dataset.scopes, lens.period)
    return _reports().get(
        key, lambda: reconcile(dataset, books_of(workspace, snapshot), lens.period)
    )


def true_ups(lens: Lens) -> tuple[Settled, ...]:
    """What the chosen month's invoices differ from the accruals that were posted of it."""
    workspace, month = desk.workspace(), str(lens.period)
    there = desk.known(("postings", month), lambda: postings(workspace, month))
    return settled(report(lens), there)


def sentence(found: Reconciliation) -> str:
    """Whether the month ties, of how many invoices, what is open, and how much has no name."""
    month = formats.month(found.period)
    if found.state == "open":
        return f"**{month} has no invoice yet, so nothing can tie.** {UNLOCKS}"
    known = [one for one in found.invoices if one.status is not Status.NO_INVOICE]
    told = f"{_tied(known)} of {_invoices(len(known))} tied"
    unexplained = _unexplained(found)
    tail = f"State: {found.state}.{late.sentence(found.restatements)}"
    if found.ties:
        return f"{_head(found)} {told}; {_open(found)}; nothing is unexplained. {tail}"
    wrong = sum(one.status is LedgerStatus.UNEXPLAINED for one in found.commitments)
    many = "commitment ledger does" if wrong == 1 else "commitment ledgers do"
    ledgers = f"; {wrong} {many} not tie" if wrong else ""
    what = f"{unexplained} unexplained" if unexplained else "nothing of the invoices unexplained"
    first = f"**{month} does not tie: {what}.**"
    return f"{first} {told}; {_open(found)}{ledgers}. {tail}"


def _head(found: Reconciliation) -> str:
    """What is said first of a month in which nothing is unexplained."""
    month = formats.month(found.period)
    if found.undelivered:
        return f"**{month} is not complete, a delivery is missing:**"
    return f"**{month} ties{'' if found.state in FINAL else ' so far'}:**"


def standing(found: Reconciliation) -> Standing:
    """How the month stands, for the seal: an open month has a mark that says so."""
    month = formats.month(found.period)
    if found.closing and found.state in {"closing", "closed"}:
        return _closed(month, found.closing, found.state, late.moved(found.restatements))
    if found.state != "open" and not found.ties:
        what = f"{_unexplained(found) or 'a commitment'} unexplained"
        return Standing(f"{month}: does not tie, {what}", ":material/error:", "red")
    told, icon = _OPEN_MARKS["missing" if found.undelivered else found.state]
    return Standing(f"{month}: {told}", icon, "green" if found.state == "reconciled" else "orange")


def _closed(month: str, closing: Closing, state: str, moved: str) -> Standing:
    """The mark of a month that is closed, or about to be; with what was said of it since."""
    if state == "closing":
        return Standing(f"{month}: provisional, closing", ":material/hourglass_top:", "orange")
    restated = f" · restated since {moved}" if moved else ""
    mark = f"{month}: closed · certificate {closing.seal[:SHORT]}{restated}"
    return Standing(mark, ":material/verified:", "green")


def point_at(dataset: Dataset) -> None:
    """Say how the invoices stand, to whoever sees all that they are about."""
    if not dataset.limited:
        point(report(scope_bar.lens()))


def point(found: Reconciliation) -> None:
    """Say how the invoices stand, as a link to the page that shows them."""
    known = [one for one in found.invoices if one.status is not Status.NO_INVOICE]
    told = f"Invoices: {_tied(known)} of {len(known)} tie"
    if found.state == "open":
        told = "Invoices: none yet, so nothing can tie"
    elif not found.ties:
        told += f", {_unexplained(found) or 'a commitment'} unexplained"
    if moved := late.moved(found.restatements):
        told += f"; restated since it was closed: {moved}"
    st.page_link(PAGE, label=told, icon=standing(found).icon, help="See what ties and what not.")


def currencies(found: Reconciliation) -> tuple[str, ...]:
    """The currencies that the month was billed in, those first that have something unexplained."""
    invoiced = {one.currency for one in found.invoices}
    wrong = {one.currency for one in found.unexplained}
    every = invoiced | {one.currency for one in (*found.bridge, *found.prices)}
    return tuple(sorted(every, key=lambda code: (code not in wrong, code)))


def by_name(found: Reconciliation, currency: str) -> tuple[Step, ...]:
    """From what was invoiced to what was billed, a step for each name a difference has."""
    mine = [one for one in found.invoices if one.currency == currency]
    named: dict[str, list[Decimal]] = defaultdict(list)
    for match in mine:
        for one in match.explained:
            named[str(one.reason)].append(EXACT.minus(one.amount))
        if match.unexplained:
            named[UNNAMED].append(EXACT.minus(match.unexplained))
    return (
        Step("Invoiced", total(one.invoiced for one in mine)),
        *(Step(name, total(amounts)) for name, amounts in sorted(named.items())),
        Step("Billed in the charges", total(one.billed for one in mine)),
    )


def bridge(found: Reconciliation, currency: str) -> tuple[Step, ...]:
    """From billed to effective cost; steps of nothing are left out."""
    return _walk(found.bridge, currency)


def prices(found: Reconciliation, currency: str) -> tuple[Step, ...]:
    """From list to effective cost; steps of nothing are left out."""
    return _walk(found.prices, currency)


def balance(one: Prepaid) -> str:
    """What the change of the prepaid balance says of billed and effective, and who is not in it."""
    check = one.check
    billed, effective, prepaid, tax, months, left = (
        formats.money(Amount(number, one.currency), signed=place > 1)
        for place, number in enumerate(
            (
                *(check.billed, check.effective, check.prepaid, check.tax_timing),
                *(check.other_months, check.residual),
            )
        )
    )
    holds = "nothing is left" if check.holds else f"{left} is UNEXPLAINED"
    told = (
        f"Billed {billed} less effective {effective}: prepaid {prepaid}, tax timing {tax}, billed "
        f"here and incurred elsewhere or the reverse {months}; {holds}."
    )
    if one.not_known:
        names = formats.listing(tuple(one.not_known), most=9)
        told += f" Not in the balance, opening not known: {len(one.not_known)} ({names})."
    return told


def worst_first(found: Reconciliation) -> tuple[Match, ...]:
    """The invoices, those first that somebody has to look at."""
    return tuple(
        sorted(
            found.invoices,
            key=lambda one: (not one.unexplained, one.status not in _OPEN, -abs(one.unexplained)),
        )
    )


def _walk(every: tuple[bridging.Step, ...], currency: str) -> tuple[Step, ...]:
    steps = [Step(one.step, one.amount) for one in every if one.currency == currency]
    return (*steps[:1], *(step for step in steps[1:-1] if step.amount), *steps[1:][-1:])


def _tied(matches: list[Match]) -> int:
    return sum(one.tied for one in matches)


def _invoices(number: int) -> str:
    return f"{formats.count(number)} invoice{'' if number == 1 else 's'}"


def _open(found: Reconciliation) -> str:
    """What still waits and keeps a month from being reconciled: invoices, deliveries, charges."""
    without = [one for one in unsettled(found.invoices) if one.status is Status.NO_INVOICE]
    empty = [one for one in found.invoices if one.status is Status.NO_USAGE and not one.undelivered]
    told = []
    if without:
        issuers = dict.fromkeys(formats.md_escape(one.issuer) for one in without)
        whose = formats.listing(tuple(issuers))
        told.append(f"{_sums(without, 'billed')} of {whose} billed without an invoice")
    if found.undelivered:
        told.append(_missing(found.undelivered))
    if empty:
        told.append(f"{_invoices(len(empty))} without charges")
    return " and ".join(told) or "nothing is open"


def _missing(matches: tuple[Match, ...]) -> str:
    """The accounts whose charges are not there, and what is invoiced for them."""
    parts = [(match.currency, one) for match in matches for one in match.undelivered]
    accounts = dict.fromkeys(formats.md_escape(one.evidence[-1][1]) for _, one in parts)
    sums = _added((currency, one.amount) for currency, one in parts)
    plural = "" if len(accounts) == 1 else "s"
    whose = formats.listing(tuple(accounts))
    return f"no charges of account{plural} {whose}, for which {sums} is invoiced"


def _unexplained(found: Reconciliation) -> str:
    return _sums(found.unexplained, "unexplained")


def _sums(matches: tuple[Match, ...] | list[Match], what: str) -> str:
    """The amounts of some invoices by currency, each as far as it is from zero."""
    return _added((one.currency, abs(getattr(one, what))) for one in matches)


def _added(amounts: Iterable[tuple[str, Decimal]]) -> str:
    sums: dict[str, list[Decimal]] = defaultdict(list)
    for currency, amount in amounts:
        sums[currency].append(amount)
    told = [formats.money(Amount(total(found), code)) for code, found in sorted(sums.items())]
    return formats.listing(tuple(told), most=9)


@st.cache_resource(show_spinner=False)
def _reports() -> Memory[Reconciliation]:
    return Memory(_KEPT)
