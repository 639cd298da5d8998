"""What was sealed stays what is shown: a closed month is told otherwise only once it is open."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.core.exchange_rate import ExchangeRate
from finops.errors import Conflict
from finops.exchange.rates import add_rates
from finops.ingestion.invoices import add_invoices
from finops.invoicing import close
from finops.invoicing import explanations
from finops.invoicing.books import Opening
from finops.invoicing.frozen import held
from finops.invoicing.frozen import moved
from finops.invoicing.openings import add_openings
from finops.records.closings import closings
from tests.invoicing import closable
from tests.invoicing.bill import AT
from tests.invoicing.bill import invoice
from tests.invoicing.bill import MONTH
from tests.invoicing.closable import by

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.ingestion.invoices import Header

WHAT = {"month": MONTH, "provider": ""}
RATE = ExchangeRate("EUR", "USD", "average", MONTH, "", Decimal("1.1"))
OPENING = Opening(commitment="sp-1", month=MONTH, amount=Decimal(5), currency="USD")


@pytest.fixture
def april(opened: Workspace, tmp_path: Path) -> Workspace:
    closable.prepare(opened, tmp_path / "april.csv")
    rates(opened, RATE)
    openings(opened, OPENING)
    return opened


def headers(workspace: Workspace, *told: Header) -> None:
    add_invoices(workspace.store, **by("Ann"), headers=told, file="invoices.csv")


def rates(workspace: Workspace, *told: ExchangeRate) -> None:
    add_rates(workspace.store, **by("Ann"), rates=told, file="rates.csv")


def openings(workspace: Workspace, *told: Opening) -> None:
    add_openings(workspace.store, **by("Ann"), openings=told, file="openings.csv")


def explain(workspace: Workspace) -> None:
    claim = explanations.Claim(
        invoice_id=MONTH, month=MONTH, reason="a fee", amount=Decimal(0), evidence="the contract"
    )
    explanations.say(workspace, claim, actor=local_actor("Ann"), at=AT)


def known(workspace: Workspace) -> frozenset[tuple[object, ...]]:
    """What the newest snapshot knows of the month that was asked to be closed."""
    snapshot = workspace.snapshot()
    assert snapshot is not None
    with workspace.store.reading() as session:
        return held(session, snapshot, closings(session)[0])


def test_nothing_that_a_closed_month_rests_on_can_change(april: Workspace) -> None:
    closable.shut(april)
    before = known(april)
    with pytest.raises(Conflict, match=f"cannot come in, or change: {MONTH} is closed"):
        headers(april, invoice(MONTH, "31", month=MONTH))
    with pytest.raises(Conflict, match="cannot come in, or change"):
        headers(april, invoice("late", "1", month=MONTH))
    with pytest.raises(Conflict, match="EUR to USD cannot get another rate"):
        rates(april, RATE._replace(rate=Decimal("1.2")))
    with pytest.raises(Conflict, match="USD to EUR cannot get another rate"):
        rates(april, ExchangeRate("USD", "EUR", "daily", "", f"{MONTH}-03", Decimal("0.9")))
    with pytest.raises(Conflict, match="opening balance of sp-1"):
        openings(april, replace(OPENING, amount=Decimal(6)))
    with pytest.raises(Conflict, match="opening balance of sp-2"):
        openings(april, replace(OPENING, commitment="sp-2", month="2026-03"))
    with pytest.raises(Conflict, match="cannot be explained otherwise"):
        explain(april)
    assert known(april) == before


def test_what_is_there_already_and_what_is_of_open_months_comes_in(april: Workspace) -> None:
    closable.shut(april)
    before = known(april)
    headers(april, invoice(MONTH, "30", month=MONTH), invoice("may", "7", month="2026-05"))
    rates(april, RATE, RATE._replace(period="2026-05", rate=Decimal("1.2")))
    openings(april, OPENING, replace(OPENING, month="2026-05"))
    assert known(april) == before
    rates(april, RATE._replace(from_currency="GBP"))
    assert known(april) > before


def test_opened_again_it_is_told_anew(april: Workspace) -> None:
    closable.shut(april)
    closable.back(april, "Ann")
    closable.back(april, "Bob")
    before = known(april)
    explain(april)
    explained = known(april)
    assert explained > before
    rates(april, RATE._replace(rate=Decimal("1.2")))
    assert known(april) != explained


def test_books_that_changed_after_the_request_are_not_approved_unseen(april: Workspace) -> None:
    closable.step(april, "Ann")
    headers(april, invoice("may", "7", month="2026-05"))
    with april.store.reading() as session:
        assert not moved(session, closings(session)[0], april.snapshot())
    rates(april, RATE._replace(rate=Decimal("1.2")))
    with april.store.reading() as session:
        assert moved(session, closings(session)[0], april.snapshot())
    with pytest.raises(Conflict, match="have changed since Ann asked"):
        close.approve(april.store, **by("Bob"), **WHAT, second=True)
