"""What is missing to close a month is named, and where to mend it; nothing else holds it up."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.invoicing.closing import Terms
from tests.invoicing import closable
from tests.invoicing.bill import bring
from tests.invoicing.bill import covered
from tests.invoicing.bill import invoice
from tests.invoicing.bill import purchase
from tests.invoicing.bill import tell
from tests.invoicing.closable import charge
from tests.invoicing.closable import look

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

APRIL, MAY = "2026-04", "2026-05"


def missing(workspace: Workspace, month: str = APRIL, **asked: object) -> dict[str, list[str]]:
    """What is missing, by item."""
    found = look(workspace, month, **asked)  # type: ignore[arg-type]
    assert all(item.page and item.command and item.says for item in found.checklist)
    return {item.name: list(item.missing) for item in found.checklist if item.missing}


def test_a_month_that_is_all_there_lacks_nothing(opened: Workspace, tmp_path: Path) -> None:
    closable.prepare(opened, tmp_path / "april.csv")
    assert missing(opened) == {}
    assert look(opened).ready


def test_an_invoice_that_is_not_there_or_does_not_tie_is_named(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "april.csv", [charge("10")])
    assert missing(opened)["Invoices"] == ["Cloud 2026-04: 10.00 USD has no invoice."]
    tell(opened, invoice(APRIL, "12.5"), invoice("I-9", "3", account="9"))
    assert missing(opened)["Invoices"] == [
        "Cloud 2026-04: 2.50 USD is unexplained.",
        "Cloud I-9: 3.00 USD has no charges.",
    ]


def test_an_account_that_was_there_and_is_not_is_named(opened: Workspace, tmp_path: Path) -> None:
    closable.prepare(opened, tmp_path / "april.csv")
    second = charge("7", BillingAccountId="2", InvoiceId="I-2")
    bring(opened, tmp_path / "second.csv", [second])
    closable.prepare(opened, tmp_path / "may.csv", MAY)
    assert missing(opened, MAY) == {
        "Deliveries": ["Cloud 2 had charges the month before and has none."]
    }
    assert missing(opened, MAY, provider="Cloud") == missing(opened, MAY)


def test_a_month_that_stops_before_its_last_day_is_named(opened: Workspace, tmp_path: Path) -> None:
    early = {
        "ChargePeriodStart": "2026-04-20T00:00:00Z",
        "ChargePeriodEnd": "2026-04-21T00:00:00Z",
    }
    bring(opened, tmp_path / "april.csv", [charge("10", **early)])
    tell(opened, invoice(APRIL, "10"))
    assert missing(opened) == {"Deliveries": ["Cloud 1 ends with 2026-04-20."]}


def test_a_small_seller_in_the_same_file_is_there_as_far_as_the_file_is(
    opened: Workspace, tmp_path: Path
) -> None:
    early = {
        "ChargePeriodStart": "2026-04-20T00:00:00Z",
        "ChargePeriodEnd": "2026-04-21T00:00:00Z",
    }
    seller = charge("5", InvoiceIssuerName="Seller", InvoiceId="S-1", **early)
    once = purchase("4", BillingAccountId="9", InvoiceId="O-1", Tags=closable.TEAM)
    bring(opened, tmp_path / "april.csv", [charge("10"), seller])
    bring(opened, tmp_path / "once.csv", [once])
    assert "Deliveries" not in missing(opened)


def test_cost_without_a_team_counts_against_the_threshold(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "april.csv", [charge("7"), charge("3", Tags="")])
    tell(opened, invoice(APRIL, "10"))
    says = "70.00% of the effective cost has a team; 80.00% is asked for."
    assert missing(opened) == {"Coverage": [says]}
    assert missing(opened, terms=Terms(coverage=Decimal("0.7"))) == {}


def test_a_commitment_that_does_not_tie_is_named(opened: Workspace, tmp_path: Path) -> None:
    bought = purchase("10", InvoiceId=APRIL, Tags=closable.TEAM)
    used = covered("15", "Used", month=MAY, InvoiceId=MAY, Tags=closable.TEAM)
    bring(opened, tmp_path / "april.csv", [charge("10"), bought])
    bring(opened, tmp_path / "may.csv", [charge("10", MAY), used])
    tell(opened, invoice(MAY, "10", month=MAY))
    assert missing(opened, MAY) == {"Commitments": ["sp-1: its ledger closes at -5.00 USD."]}


def test_one_issuer_s_close_asks_for_its_own_commitments_only(
    opened: Workspace, tmp_path: Path
) -> None:
    bought = purchase("10", InvoiceId=APRIL, Tags=closable.TEAM)
    used = covered("15", "Used", month=MAY, InvoiceId=MAY, Tags=closable.TEAM)
    other = charge("7", MAY, InvoiceIssuerName="Other", InvoiceId="")
    bring(opened, tmp_path / "april.csv", [charge("10"), bought])
    bring(opened, tmp_path / "may.csv", [charge("10", MAY), used, other])
    named = {
        provider: {item.name: item.done for item in look(opened, MAY, provider=provider).checklist}
        for provider in ("Cloud", "Other")
    }
    assert not named["Cloud"]["Commitments"]
    assert named["Other"]["Commitments"]
