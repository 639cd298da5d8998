from __future__ import annotations

import csv
import subprocess
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.core.amount import total
from finops.errors import UsageError
from finops.ingestion import ingest
from finops.ingestion import invoices
from finops.invoicing.commitments import LedgerStatus
from finops.invoicing.differences import Reason
from finops.invoicing.reconciliation import Status
from tests.faults.bill import costing
from tests.invoicing.bill import AT
from tests.invoicing.bill import bring
from tests.invoicing.bill import days
from tests.invoicing.bill import invoice
from tests.invoicing.bill import report
from tests.invoicing.bill import tell
from tests.lanes import thorough

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.invoicing import Reconciliation
    from tests.conftest import Answer

PARTS = ("cost_and_usage", "invoice_detail", "contract_commitment", "billing_period")
BUNDLES = (("aws", 1), ("aws", 20), ("azure", 1302), ("azure", 3), ("gcp", 1302), ("gcp", 4))


def folder_import(folder: Path, bundle: Path, month: str = "2026-05") -> Reconciliation:
    workspace = make_workspace(folder)
    ingest.run(workspace, [str(bundle)], actor=local_actor(), at=AT)
    found = report(workspace, month)
    workspace.close()
    return found


def without(bundle: Path, folder: Path, place: int) -> dict[str, str]:
    """Copy a bundle but for one line of its InvoiceDetail, which is given back."""
    folder.mkdir()
    for part in PARTS:
        name = f"synthetic_focus_1_4_{part}.csv"
        (folder / name).write_bytes((bundle / name).read_bytes())
    path = folder / "synthetic_focus_1_4_invoice_detail.csv"
    with path.open(newline="") as file:
        lines = list(csv.DictReader(file))
    gone = lines.pop(place)
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(gone))
        writer.writeheader()
        writer.writerows(lines)
    return gone


@pytest.fixture
def focus14(shared: Path) -> Path:
    """The independent generator's AWS bundle."""
    return shared / "fdt-aws-seed1302" / "focus14"


@pytest.fixture(scope="module", params=thorough(BUNDLES), ids=lambda one: f"{one[0]}-{one[1]}")
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle of another provider or seed, made on the spot."""
    provider, seed = request.param
    folder = tmp_path_factory.mktemp("bundle")
    words = ["generate", "--provider", provider, "--focus-version", "1.3", "--rows", "300"]
    toolkit(*words, "--seed", str(seed), "--out", str(folder))
    usage = folder / f"focus_1_3_cost_and_usage_{provider}.csv"
    terms = folder / f"focus_1_3_contract_commitment_{provider}.csv"
    words = ["convert", "--cost-and-usage", str(usage), "--contract-commitment", str(terms)]
    toolkit(
        *words, "--mode", "synthetic", "--exit-policy", "pipeline", "--out", str(folder / "focus14")
    )
    return folder / "focus14"


def toolkit(*words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "focus_data_toolkit", *words], check=True, capture_output=True
    )


@pytest.fixture
def mini(opened: Workspace, shared: Path) -> Reconciliation:
    """A hand-checkable month, with its two invoices."""
    charges = str(shared / "mini" / "mini_focus_2026-04.csv")
    ingest.run(opened, [charges], actor=local_actor(), at=AT)
    file = shared / "mini" / "mini_invoices.csv"
    invoices.bring(opened, file, actor=local_actor(), at=AT)
    return report(opened)


def test_of_the_hand_checked_month_aws_matches_and_azure_is_explained_by_its_tax(
    mini: Reconciliation,
) -> None:
    aws, azure = mini.invoices
    assert (aws.status, aws.difference, aws.explained) == (Status.MATCHED, Decimal(0), ())
    assert (aws.invoiced, aws.billed) == (Decimal("1675.80"), Decimal("1675.80"))
    assert (azure.status, azure.unexplained) == (Status.EXPLAINED, Decimal(0))
    assert [(one.reason, one.amount) for one in azure.explained] == [
        (Reason.TAX, Decimal("864.78"))
    ]
    assert mini.ties
    assert mini.state == "reconciled"


def test_of_the_hand_checked_month_the_prepaid_balance_and_the_utilization_are_known(
    mini: Reconciliation,
) -> None:
    reservation, plan = mini.commitments
    assert (reservation.currency, reservation.closing) == ("EUR", Decimal(3350))
    assert reservation.utilization == Decimal("0.8")
    assert (plan.closing, plan.utilization) == (Decimal(0), Decimal("0.833333"))


def test_of_the_hand_checked_month_the_bridge_foots_in_each_currency(mini: Reconciliation) -> None:
    for currency, billed, effective in (("USD", "1675.8", "1710"), ("EUR", "4118", "768")):
        steps = [one for one in mini.bridge if one.currency == currency]
        assert (steps[0].amount, steps[-1].amount) == (Decimal(billed), Decimal(effective))
        assert total(one.amount for one in steps[:-1]) == steps[-1].amount


def test_the_independent_bundle_ties_to_the_last_digit(tmp_path: Path, focus14: Path) -> None:
    found = folder_import(tmp_path / "workspace", focus14)
    assert [(one.status, one.billed) for one in found.invoices] == [
        (Status.MATCHED, Decimal("8719.2072126264267")),
        (Status.MATCHED, Decimal("9835.649044998164113")),
    ]
    assert found.ties
    bought, used, unused = (
        total(getattr(one, name) for one in found.commitments)
        for name in ("purchased", "used", "unused")
    )
    assert bought == Decimal("4610.304") == used + unused
    assert used == Decimal("3235.6530436128")
    assert {one.status for one in found.commitments} == {LedgerStatus.MATCHED}


@pytest.mark.parametrize("place", thorough(range(6)))
def test_without_one_line_of_its_invoices_the_gap_is_that_line(
    tmp_path: Path, focus14: Path, place: int
) -> None:
    gone = without(focus14, tmp_path / "bundle", place)
    found = folder_import(tmp_path / "workspace", tmp_path / "bundle")
    amount = -Decimal(gone["BilledCost"])
    (wrong,) = found.unexplained
    assert wrong.invoice_id == gone["InvoiceId"]
    assert (wrong.status, wrong.unexplained, wrong.explained) == (Status.UNEXPLAINED, amount, ())
    assert not found.ties


def test_the_command_ends_with_1_when_a_line_is_missing(
    finops: Callable[..., Answer], tmp_path: Path, focus14: Path
) -> None:
    gone = without(focus14, tmp_path / "bundle", 2)
    finops("init")
    finops("import", str(tmp_path / "bundle"))
    answer = finops("reconcile", "--json")
    assert answer.code == 1
    assert answer.document["invoices"][0]["unexplained"] == f"-{gone['BilledCost'].rstrip('0')}"


def test_bundles_of_other_providers_and_seeds_tie(tmp_path: Path, made: Path) -> None:
    found = folder_import(tmp_path / "workspace", made)
    assert found.invoices
    assert {one.status for one in found.invoices} == {Status.MATCHED}
    assert {one.status for one in found.commitments} <= {LedgerStatus.MATCHED}
    assert found.ties


def test_without_any_one_line_other_bundles_lack_that_line(tmp_path: Path, made: Path) -> None:
    with (made / "synthetic_focus_1_4_invoice_detail.csv").open(newline="") as file:
        count = len(list(csv.DictReader(file)))
    for place in (0, count - 1):
        gone = without(made, tmp_path / f"bundle-{place}", place)
        found = folder_import(tmp_path / f"workspace-{place}", tmp_path / f"bundle-{place}")
        (wrong,) = found.unexplained
        assert wrong.unexplained == -Decimal(gone["BilledCost"])
        assert wrong.explained == ()


def test_tax_outside_the_data_and_rounding_still_match(opened: Workspace, tmp_path: Path) -> None:
    """REC-1 of the definitions."""
    bring(opened, tmp_path / "bill.csv", [costing("10484.564891")])
    tell(opened, invoice("I-1", "10484.57", "2096.91", lines=3))
    (found,) = report(opened).invoices
    assert found.status is Status.WITHIN_ROUNDING
    assert found.difference == Decimal("2096.915109")
    assert [(one.reason, one.amount) for one in found.explained] == [
        (Reason.TAX, Decimal("2096.91")),
        (Reason.ROUNDING, Decimal("0.005109")),
    ]


def test_a_correction_is_invoiced_in_one_month_and_incurred_in_another(
    opened: Workspace, tmp_path: Path
) -> None:
    """REC-2 of the definitions."""
    correction = costing(
        "-1200", **days("2026-06", "2026-05"), ChargeClass="Correction", InvoiceId="I-6"
    )
    bring(
        opened,
        tmp_path / "bill.csv",
        [
            costing("100000", **days("2026-05"), InvoiceId="I-5"),
            costing("121150", **days("2026-06"), InvoiceId="I-6"),
            correction,
        ],
    )
    may, june = report(opened, "2026-05").bridge, report(opened, "2026-06").bridge
    assert [may[0].amount, june[0].amount] == [100000, 119950]
    assert [may[-1].amount, june[-1].amount] == [98800, 121150]
    moved = {one.step: one.amount for one in june if one.amount}
    assert moved["Billed here, incurred in another month"] == 1200
    moved = {one.step: one.amount for one in may if one.amount}
    assert moved["Incurred here, billed in another month"] == -1200


def test_a_provider_without_invoice_numbers_is_matched_by_its_account(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(
        opened,
        tmp_path / "bill.csv",
        [
            costing("10", InvoiceId="", BillingAccountId="1"),
            costing("20", InvoiceId="", BillingAccountId="2"),
        ],
    )
    tell(opened, invoice("A", "10", account="1"), invoice("B", "20", account="2"))
    assert [(one.invoice_id, one.status) for one in report(opened).invoices] == [
        ("A", Status.MATCHED),
        ("B", Status.MATCHED),
    ]


def test_a_credit_memo_of_the_next_month_explains_what_was_invoiced_too_much(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(
        opened,
        tmp_path / "bill.csv",
        [costing("90"), costing("70", **days("2026-05"), InvoiceId="I-2")],
    )
    tell(
        opened,
        invoice("I-1", "100"),
        invoice("I-2", "70", month="2026-05"),
        invoice("CM-1", "-10", month="2026-05", reference="I-1"),
    )
    (april,) = report(opened).invoices
    assert april.status is Status.EXPLAINED
    assert [(one.reason, one.amount) for one in april.explained] == [
        (Reason.CREDIT_MEMO, Decimal(10))
    ]
    assert april.explained[0].evidence[-1] == ("InvoiceId", "CM-1")
    memo, may = report(opened, "2026-05").invoices
    assert (memo.status, memo.explained[0].amount) == (Status.EXPLAINED, Decimal(-10))
    assert may.status is Status.MATCHED


def test_a_voided_invoice_is_none_and_a_reissued_one_counts_as_it_is_now(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "bill.csv", [costing("10")])
    tell(opened, invoice("I-1", "12"))
    assert report(opened).invoices[0].unexplained == 2
    tell(opened, invoice("I-1", "10"))
    assert report(opened).invoices[0].status is Status.MATCHED
    tell(opened, invoice("I-1", "10", status="Voided"))
    assert report(opened).invoices[0].status is Status.NO_INVOICE


def test_an_invoice_whose_account_has_no_charges_has_no_usage(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "bill.csv", [costing("10")])
    tell(opened, invoice("I-1", "10"), invoice("I-9", "50", "9.5", account="99"))
    missing = report(opened).invoices[1]
    assert (missing.status, missing.unexplained) == (Status.NO_USAGE, Decimal(0))
    assert [(one.reason, one.amount) for one in missing.explained] == [
        (Reason.MISSING_ACCOUNT, Decimal("59.5"))
    ]


def test_a_month_with_a_missing_delivery_is_not_reconciled_though_all_of_it_has_a_name(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "bill.csv", [costing("10")])
    tell(opened, invoice("I-1", "10"), invoice("I-9", "50", account="99"))
    found = report(opened)
    assert found.ties
    assert found.state == "provisional"
    assert [one.invoice_id for one in found.undelivered] == ["I-9"]
    assert [one.tied for one in found.invoices] == [True, False]


@pytest.mark.parametrize(("second", "status"), [("30", Status.MATCHED), ("31", Status.UNEXPLAINED)])
def test_several_invoices_of_an_account_without_numbers_tie_as_one(
    opened: Workspace, tmp_path: Path, second: str, status: Status
) -> None:
    bring(opened, tmp_path / "bill.csv", [costing("100", InvoiceId="")])
    tell(opened, invoice("A", "70", account="1"), invoice("B", second, account="1"))
    (found,) = report(opened).invoices
    assert (found.invoice_id, found.status) == ("A + B", status)
    assert found.unexplained == Decimal(second) - 30
    memo = invoice("M", "-1", account="1", reference="B")
    tell(opened, memo, invoice("B", "31", account="1"))
    both, credit = report(opened).invoices
    assert [one.reason for one in (*both.explained, *credit.explained)] == [Reason.CREDIT_MEMO] * 2


def test_charges_without_an_invoice_are_named_and_the_month_is_open(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "bill.csv", [costing("10")])
    found = report(opened)
    assert found.state == "open"
    (match,) = found.invoices
    assert (match.status, match.difference) == (Status.NO_INVOICE, Decimal(-10))
    assert match.explained[0].reason is Reason.NO_INVOICE


def test_a_month_that_is_not_there_is_refused_with_those_that_are(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "bill.csv", [costing("10")])
    with pytest.raises(UsageError, match="of 2020-01") as caught:
        report(opened, "2020-01")
    assert "2026-04" in caught.value.sentence


def test_two_currencies_under_one_number_are_two_invoices(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "bill.csv", [costing("10"), costing("8", BillingCurrency="EUR")])
    tell(opened, invoice("I-1", "10"))
    tell(opened, invoice("I-1", "9", currency="EUR", account="e"))
    assert [(one.currency, one.difference) for one in report(opened).invoices] == [
        ("EUR", Decimal(1)),
        ("USD", Decimal(0)),
    ]
