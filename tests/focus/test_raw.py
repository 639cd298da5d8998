"""A file as it was delivered, before anything is read into it."""

from __future__ import annotations

from finops.focus.raw import Format
from finops.focus.raw import Kind
from tests.focus.test_normalize import raw


def test_a_file_is_called_by_its_name() -> None:
    assert raw("BilledCost").name == "bill.csv"


def test_the_datasets_have_focus_s_names() -> None:
    names = {"CostAndUsage", "ContractCommitment", "InvoiceDetail", "BillingPeriod"}
    assert {kind.value for kind in Kind} == names
    assert {form.value for form in Format} == {"csv", "parquet"}
