"""`finops close` and `finops reopen`, as two people use them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.bill import write
from tests.invoicing.closable import charge

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Answer

HEADERS = (
    "InvoiceIssuerName,InvoiceId,BillingPeriodStart,Currency,NetAmount,TaxAmount,PayableAmount"
)


@pytest.fixture
def april(finops: Callable[..., Answer], tmp_path: Path) -> Callable[..., Answer]:
    """A month whose invoice is not there yet."""
    finops("init")
    assert finops("import", str(write(tmp_path / "april.csv", [charge("10")]))).code == 0
    return finops


def invoiced(finops: Callable[..., Answer], tmp_path: Path) -> None:
    file = tmp_path / "invoices.csv"
    file.write_text(f"{HEADERS}\nCloud,2026-04,2026-04-01,USD,10,0,10\n")
    assert finops("invoices", "add", str(file)).code == 0


def test_what_is_missing_is_said_with_the_command_that_mends_it(
    april: Callable[..., Answer],
) -> None:
    said = april("close", "2026-04", "--as", "Ann")
    assert said.code == 1
    assert "Cloud 2026-04: 10.00 USD has no invoice." in said.out
    assert "finops invoices add FILE" in said.out
    assert april("close", "2026-04", "--json").document["state"] == "open"


def test_two_people_close_a_month_and_two_open_it_again(
    april: Callable[..., Answer], tmp_path: Path
) -> None:
    invoiced(april, tmp_path)
    asked = april("close", "2026-04", "--as", "Ann", "--json")
    assert (asked.code, asked.document["state"]) == (0, "closing")
    alone = april("close", "2026-04", "--as", "Ann")
    assert (alone.code, alone.out) == (2, "")
    assert "a second person must agree" in alone.err
    done = april("close", "2026-04", "--as", "Bob", "--json").document
    assert (done["state"], done["requested_by"], done["approved_by"]) == ("closed", "Ann", "Bob")
    assert april("reconcile", "--period", "2026-04", "--json").document["state"] == "closed"
    assert "is closed" in april("close", "2026-04").out

    assert april("reopen", "2026-04", "--as", "Ann").code == 2
    assert april("reopen", "2026-04", "--as", "Ann", "--reason", "late").code == 0
    opened = april("reopen", "2026-04", "--as", "Bob", "--json").document
    assert (opened["state"], opened["seal"]) == ("reconciled", "")


def test_a_request_is_taken_back_and_a_reopening_refused(
    april: Callable[..., Answer], tmp_path: Path
) -> None:
    invoiced(april, tmp_path)
    april("close", "2026-04", "--as", "Ann")
    assert april("close", "2026-04", "--withdraw", "--json").document["state"] == "reconciled"
    april("close", "2026-04", "--as", "Ann")
    april("close", "2026-04", "--as", "Bob")
    asked = april("reopen", "2026-04", "--as", "Ann", "--reason", "late")
    assert "Ann asks to open it again: late" in asked.out
    assert april("reopen", "2026-04", "--refuse", "--json").document["state"] == "closed"


def test_one_provider_and_a_setting(april: Callable[..., Answer], tmp_path: Path) -> None:
    invoiced(april, tmp_path)
    (tmp_path / "workspace" / "finops.toml").write_text("close_second_approver = false\n")
    done = april("close", "2026-04", "--provider", "Cloud", "--json").document
    assert (done["state"], done["provider"]) == ("closed", "Cloud")
    assert april("close", "2026-04", "--provider", "Nobody").code == 2
    assert april("close", "April").code == 2


def test_a_certificate_is_written_and_proved_again(
    april: Callable[..., Answer], tmp_path: Path
) -> None:
    file = tmp_path / "april.zip"
    assert april("certificate", "2026-04", "--out", str(file)).code == 2
    invoiced(april, tmp_path)
    april("close", "2026-04", "--as", "Ann")
    seal = april("close", "2026-04", "--as", "Bob", "--json").document["seal"]

    shown = april("certificate", "2026-04", "--json").document
    assert (shown["seal"], shown["certificate"]["month"], shown["file"]) == (seal, "2026-04", None)
    assert april("certificate", "2026-04", "--out", str(file)).code == 0
    proved = april("certificate", "verify", str(file), "--json")
    assert (proved.code, proved.document["holds"], proved.document["seal"]) == (0, True, seal)

    file.write_bytes(file.read_bytes().replace(b"Ann", b"Eve"))
    changed = april("certificate", "verify", str(file))
    assert changed.code == 1
    assert "differs: the hash of certificate.json, certificate.html" in changed.out
    assert april("certificate", "verify").code == 2
    assert april("certificate", "verify", str(tmp_path / "none.zip")).code == 2
    assert april("certificate", "2026-04", "more").code == 2
    nowhere = april("certificate", "2026-04", "--out", str(tmp_path / "no" / "c.zip"))
    assert "cannot be written" in nowhere.err
