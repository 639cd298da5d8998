"""Closing: what stands between a month and its close, and the next step on the way there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.access.scope import viewer_of
from finops.core import fault
from finops.errors import Conflict
from finops.errors import UsageError
from finops.invoicing import close
from finops.invoicing import reopen
from finops.invoicing.books import books_of
from finops.invoicing.checklist import checklist
from finops.invoicing.checklist import Item
from finops.invoicing.periods import by_provider
from finops.invoicing.periods import Provider
from finops.invoicing.periods import state_of
from finops.invoicing.reconciliation import reconcile
from finops.records.closings import Closing
from finops.records.closings import closing_of
from finops.records.closings import Event

if TYPE_CHECKING:
    from finops.access.actor import Actor
    from finops.access.command import Call
    from finops.access.workspace import Workspace
    from finops.core.period import BillingPeriod
    from finops.invoicing.periods import State


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What this organization asks of a close: the settings `close_…`."""

    coverage: Decimal = Decimal("0.8")
    second: bool = True


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """A month on its way to the close, for the company or for one issuer (`provider`)."""

    period: BillingPeriod
    provider: str
    state: State
    checklist: tuple[Item, ...]
    closing: Closing | None
    providers: tuple[Provider, ...]
    snapshot: str

    @property
    def ready(self) -> bool:
        """Whether nothing of the checklist is missing."""
        return all(item.done for item in self.checklist)

    @property
    def closing_waits(self) -> bool:
        """Whether somebody has asked to close it, and it is not sealed yet."""
        step = self.closing
        return bool(step and step.event in {Event.REQUESTED, Event.APPROVED})

    @property
    def reopening_waits(self) -> bool:
        """Whether somebody has asked to open it again."""
        return bool(self.closing and self.closing.event is Event.REOPEN_REQUESTED)

    @property
    def seal(self) -> str:
        """The seal that holds; empty while the month is not closed."""
        return self.closing.seal if self.closing and self.closing.bound else ""


def look(
    workspace: Workspace, period: BillingPeriod, *, actor: Actor, provider: str, terms: Terms
) -> Outlook:
    """Say how far a month is, and what is missing to close it.

    Raises:
        UsageError: there is nothing of that month, or of that provider in it.
    """
    dataset = workspace.dataset(viewer_of(actor))
    books = books_of(workspace, dataset.snapshot)
    report = reconcile(dataset, books, period)
    providers = by_provider(report.invoices, books.closings, str(period))
    named = {one.name: one for one in providers}
    if provider and provider not in named:
        message = f"Nobody called {provider!r} bills anything in {period}."
        raise UsageError(message, remedy=f"Issuers of that month: {', '.join(named)}.")
    closing = closing_of(books.closings, str(period), provider)
    return Outlook(
        period=period,
        provider=provider,
        state=named[provider].state if provider else state_of(report.invoices, closing),
        checklist=checklist(dataset, report, provider=provider, coverage=terms.coverage),
        closing=closing,
        providers=providers,
        snapshot=dataset.snapshot.id,
    )


def ask(workspace: Workspace, outlook: Outlook, *, reason: str, terms: Terms, call: Call) -> None:
    """Ask that a month be closed; where no second person is needed, close it at once.

    Raises:
        UsageError: something of the checklist is missing.
        Conflict: the month is closed, or somebody has asked.
    """
    if missing := [one for item in outlook.checklist for one in item.missing]:
        message = f"{outlook.period} cannot be closed yet: {missing[0]}"
        raise UsageError(message, remedy=f"{len(missing)} things are missing in all.")
    month, provider = str(outlook.period), outlook.provider
    close.request(workspace.store, **call, month=month, provider=provider, reason=reason)
    fault.point("close:after-request")
    if not terms.second:
        agree(workspace, outlook, terms=terms, call={**call, "key": None})


def agree(workspace: Workspace, outlook: Outlook, *, terms: Terms, call: Call) -> None:
    """Approve a close that was asked for, and seal the month, after any other that waits for it.

    Raises:
        Conflict: nobody has asked, or the charges have changed since.
        NotAllowed: the same person asked for it.
    """
    month, provider = str(outlook.period), outlook.provider
    close.resume(workspace, at=call["at"])
    close.approve(workspace.store, **call, month=month, provider=provider, second=terms.second)
    fault.point("close:after-approval")
    close.resume(workspace, at=call["at"])


def advance(
    workspace: Workspace, outlook: Outlook, *, reason: str, terms: Terms, call: Call
) -> None:
    """Take the next step to the close: ask for it, or agree to what somebody asked.

    Raises:
        TieoutError: as `ask` and `agree`.
    """
    step = outlook.closing
    if step and step.event is Event.APPROVED:
        close.resume(workspace, at=call["at"])
    elif step and step.event is Event.REQUESTED:
        agree(workspace, outlook, terms=terms, call=call)
    elif not (step and step.bound):
        ask(workspace, outlook, reason=reason, terms=terms, call=call)


def advance_reopening(
    workspace: Workspace, outlook: Outlook, *, reason: str, terms: Terms, call: Call
) -> None:
    """Ask that a closed month be opened again, or agree to what somebody asked.

    Raises:
        Conflict: the month is not closed.
        NotAllowed: the same person asked for it.
        UsageError: no reason is given.
    """
    month, provider, step = str(outlook.period), outlook.provider, outlook.closing
    if step is None or not step.bound:
        message = f"{month} is not closed."
        raise Conflict(message)
    if step.event is not Event.REOPEN_REQUESTED:
        named = {"month": month, "provider": provider}
        reopen.request_reopen(workspace.store, **call, **named, reason=reason)
        fault.point("reopen:after-request")
        if terms.second:
            return
        call = {**call, "key": None}
    reopen.reopen(workspace.store, **call, month=month, provider=provider, second=terms.second)
    fault.point("reopen:after-approval")
