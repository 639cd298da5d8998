from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults.bill import bill

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops


def test_the_month_ties_and_every_figure_is_told(loaded: Finops, shared: Path) -> None:
    file = str(shared / "mini" / "mini_invoices.csv")
    assert loaded("invoices", "add", file, "--json").document["invoices"] == 2
    answer = loaded("reconcile", "--json")
    assert answer.code == 0
    assert answer.document["ties"] is True
    assert answer.document["period"] == "2026-04"
    azure = answer.document["invoices"][1]
    assert (azure["status"], azure["difference"]) == ("EXPLAINED", "864.78")
    assert azure["explained"][0]["reason"] == "tax outside the data"
    prepaid, _ = answer.document["prepaid"]
    assert (prepaid["currency"], prepaid["closing"], prepaid["not_known"]) == ("EUR", "3350", [])
    assert (prepaid["check"]["residual"], prepaid["check"]["holds"]) == ("0", True)
    listed = {one["step"]: one["amount"] for one in answer.document["prices"][-13:]}
    assert (listed["List"], listed["Commitment benefit"]) == ("2000", "-350")
    assert (listed["Negotiated discounts"], listed["Spot"]) == ("-85", "-210")
    printed = loaded("reconcile")
    assert "2026-04 ties: 2 of 2 invoices; reconciled." in printed.out
    assert "864.78 tax outside the data" in printed.out


def test_what_nobody_can_name_ends_with_1_until_a_person_explains_it(
    loaded: Finops, tmp_path: Path
) -> None:
    file = tmp_path / "invoices.csv"
    file.write_text(
        "InvoiceIssuerName,InvoiceId,BillingPeriodStart,Currency,NetAmount,TaxAmount,PayableAmount"
        "\nMicrosoft,G000000001,2026-04-01,EUR,4118.50,0,4118.50\n"
    )
    loaded("invoices", "add", str(file))
    answer = loaded("reconcile")
    assert answer.code == 1
    assert " 0.5 UNEXPLAINED" in answer.out
    assert "0 of 1 invoices" in answer.out
    words = ("invoices", "explain", "G000000001", "--reason", "Fee", "--evidence", "mail")
    refused = loaded(*words, "--amount", "0.60")
    assert refused.code == 2
    assert "more than is unexplained" in refused.err
    assert loaded(*words, "--amount", "0.50").code == 0
    assert loaded("reconcile").code == 0


def test_what_is_not_there_yet_is_said_and_needs_no_explanation(
    loaded: Finops, tmp_path: Path
) -> None:
    file = tmp_path / "invoices.csv"
    file.write_text(
        "InvoiceIssuerName,InvoiceId,BillingPeriodStart,Currency,NetAmount,TaxAmount,PayableAmount,"
        "BillingAccountId\nMicrosoft,M-9,2026-04-01,EUR,100,0,100,away\n"
    )
    loaded("invoices", "add", str(file))
    answer = loaded("reconcile")
    assert answer.code == 0
    assert "2026-04 ties so far: 0 of 1 invoices; provisional." in answer.out
    assert "A delivery is missing: M-9 asks for account away." in answer.out
    assert "An invoice is missing: Microsoft G000000001, 4,118 EUR." in answer.out
    assert loaded("reconcile", "--json").document["undelivered"] == ["M-9"]


def test_each_commitment_has_its_ledger(loaded: Finops) -> None:
    document = loaded("commitments", "--json").document
    closing = {one["currency"]: one["closing"] for one in document["commitments"]}
    assert closing == {"EUR": "3350", "USD": "0"}


def test_without_commitments_that_is_said(finops: Finops, tmp_path: Path) -> None:
    finops("init")
    finops("import", str(bill(tmp_path / "bill.csv", charges=3)))
    answer = finops("commitments")
    assert answer.code == 0
    assert "No commitment had a charge up to 2026-04." in answer.out
    assert finops("commitments", "--json").document["commitments"] == []


def test_an_opening_balance_comes_by_file(loaded: Finops, tmp_path: Path) -> None:
    file = tmp_path / "openings.csv"
    file.write_text(
        "CommitmentDiscountId,Period,Amount,Currency\n"
        "arn:aws:savingsplans::111111111111:savingsplan/sp-1,2026-04,250,USD\n"
    )
    assert loaded("commitments", "opening", str(file), "--json").document["openings"] == 1
    plan = loaded("commitments", "--json").document["commitments"][1]
    assert (plan["opening"], plan["closing"]) == ("250", "250")


def test_a_month_without_charges_is_told_in_a_sentence(loaded: Finops) -> None:
    answer = loaded("reconcile", "--period", "2020-01")
    assert answer.code == 2
    assert "neither charges nor invoices of 2020-01" in answer.err
    assert "2026-04" in answer.err


def test_an_empty_workspace_is_told_what_to_bring(finops: Finops) -> None:
    finops("init")
    answer = finops("reconcile")
    assert answer.code == 2
    assert "finops import" in answer.err
