"""Deliveries: what a later file replaces, what it must not, and what is only told again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.errors import ImportRefused
from finops.ingestion.commit import Mode
from finops.measures import ask
from finops.measures import Query
from tests.corpus import as_csv
from tests.corpus import Charge
from tests.corpus import charge
from tests.corpus.workspaces import bring
from tests.corpus.workspaces import brought
from tests.corpus.workspaces import files_of

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from finops.access.workspace import Workspace


def billed(workspace: Workspace) -> Decimal:
    """What the newest snapshot bills."""
    total = ask(workspace.dataset(), Query(measures=("BilledCost",))).total["BilledCost"]
    assert total is not None
    return total


def on(day: int, cost: str, **said: str) -> Charge:
    """A charge on a day of April."""
    return charge(
        cost,
        ChargePeriodStart=f"2026-04-{day:02}T00:00:00Z",
        ChargePeriodEnd=f"2026-04-{day + 1:02}T00:00:00Z",
        **said,
    )


def saved(path: Path, *charges: Charge) -> Path:
    """A bill of these charges."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(as_csv(charges))
    return path


@pytest.fixture
def april(fresh: Workspace, tmp_path: Path) -> Workspace:
    """Two days of April for two sub-accounts: 10 and 20 dollars."""
    brought(fresh, saved(tmp_path / "april.csv", on(1, "10"), on(2, "20", SubAccountId="3333")))
    return fresh


def test_a_later_delivery_that_has_all_replaces_the_former(
    april: Workspace, tmp_path: Path
) -> None:
    later = [on(1, "11"), on(2, "22", SubAccountId="3333"), on(3, "33")]
    brought(april, saved(tmp_path / "later.csv", *later))
    assert billed(april) == 66


def test_a_part_of_a_month_alone_is_taken(fresh: Workspace, tmp_path: Path) -> None:
    brought(fresh, saved(tmp_path / "part-2.csv", on(16, "5")))
    assert billed(fresh) == 5


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (on(2, "22", SubAccountId="3333"), "day 2026-04-01; sub-account 2222 would vanish"),
        (on(1, "11", SubAccountId="3333"), "day 2026-04-02; sub-account 2222 would vanish"),
    ],
)
def test_what_would_vanish_is_told_with_its_amount_and_nothing_changes(
    april: Workspace, tmp_path: Path, left: Charge, said: str
) -> None:
    before, on_disk = april.snapshot(), files_of(april)
    part = saved(tmp_path / "part-2.csv", left)
    with pytest.raises(ImportRefused) as refused:
        bring(april, part)
    assert said in str(refused.value)
    assert "BilledCost " in str(refused.value)
    assert refused.value.remedy == "Use --replace to let it go, or --add to keep both."
    assert (april.snapshot(), files_of(april)) == (before, on_disk)
    assert billed(april) == 30


def test_the_amount_that_would_vanish_is_that_of_the_days_and_accounts_named(
    april: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(ImportRefused, match=r"day 2026-04-01; .* BilledCost 10 USD\."):
        bring(april, saved(tmp_path / "part-2.csv", on(2, "22", SubAccountId="3333")))


@pytest.mark.parametrize(("mode", "cost"), [(Mode.REPLACE, 22), (Mode.ADD, 52)])
def test_the_owner_of_the_bill_may_let_it_go_or_keep_both(
    april: Workspace, tmp_path: Path, mode: Mode, cost: int
) -> None:
    bring(april, saved(tmp_path / "part-2.csv", on(2, "22", SubAccountId="3333")), mode=mode)
    assert billed(april) == cost


def test_other_months_accounts_and_issuers_are_other_deliveries(
    april: Workspace, tmp_path: Path
) -> None:
    may = {"BillingPeriodStart": "2026-05-01T00:00:00Z", "BillingPeriodEnd": "2026-06-01T00:00:00Z"}
    for name, said in (
        ("month", may),
        ("account", {"BillingAccountId": "9999"}),
        ("issuer", {"InvoiceIssuerName": "Microsoft"}),
    ):
        brought(april, saved(tmp_path / f"{name}.csv", on(1, "100", **said)))
    assert billed(april) == 330


def test_a_former_delivery_does_not_come_back_by_itself(april: Workspace, tmp_path: Path) -> None:
    former = tmp_path / "april.csv"
    later = [on(1, "11"), on(2, "22", SubAccountId="3333")]
    brought(april, saved(tmp_path / "later.csv", *later))
    (report,) = bring(april, former)
    assert report.status == "unchanged"
    assert billed(april) == 33
    (report,) = bring(april, former, mode=Mode.REPLACE)
    assert report.status == "committed"
    assert billed(april) == 30


def test_adding_a_bill_twice_adds_it_once(april: Workspace, tmp_path: Path) -> None:
    part = saved(tmp_path / "part.csv", on(3, "5"))
    assert bring(april, part, mode=Mode.ADD)[0].status == "committed"
    assert bring(april, part, mode=Mode.ADD)[0].status == "unchanged"
    assert billed(april) == 35


def test_the_parts_of_a_delivery_come_together_and_one_may_be_restated(
    fresh: Workspace, tmp_path: Path
) -> None:
    """The unchanged part of the delivery stays, though only the other one is new."""
    saved(tmp_path / "bill/a.csv", on(1, "10"))
    saved(tmp_path / "bill/b.csv", on(1, "20"))
    bring(fresh, tmp_path / "bill")
    assert billed(fresh) == 30
    saved(tmp_path / "bill/b.csv", on(1, "25"))
    kept, restated = bring(fresh, tmp_path / "bill")
    assert (kept.status, restated.status) == ("unchanged", "committed")
    assert billed(fresh) == 35


def test_a_part_that_is_there_already_is_not_missing_from_a_delivery(
    fresh: Workspace, tmp_path: Path
) -> None:
    """The second part of a month comes together with the first, which was brought before."""
    brought(fresh, saved(tmp_path / "bill/a.csv", on(1, "10")))
    saved(tmp_path / "bill/b.csv", on(2, "20", SubAccountId="3333"))
    bring(fresh, tmp_path / "bill")
    assert billed(fresh) == 30


def test_a_part_that_was_dropped_from_a_delivery_would_vanish(
    fresh: Workspace, tmp_path: Path
) -> None:
    saved(tmp_path / "bill/a.csv", on(1, "10"))
    saved(tmp_path / "bill/b.csv", on(2, "20", SubAccountId="3333"))
    bring(fresh, tmp_path / "bill")
    (tmp_path / "bill/a.csv").unlink()
    saved(tmp_path / "bill/b.csv", on(2, "25", SubAccountId="3333"))
    with pytest.raises(ImportRefused, match=r"day 2026-04-01; .* BilledCost 10 USD"):
        bring(fresh, tmp_path / "bill")
    bring(fresh, tmp_path / "bill", mode=Mode.REPLACE)
    assert billed(fresh) == 25


def test_replacing_a_delivery_by_one_of_its_own_parts_lets_the_others_go(
    fresh: Workspace, tmp_path: Path
) -> None:
    saved(tmp_path / "bill/a.csv", on(1, "10"))
    saved(tmp_path / "bill/b.csv", on(2, "20"))
    bring(fresh, tmp_path / "bill")
    assert bring(fresh, tmp_path / "bill/a.csv")[0].status == "unchanged"
    assert billed(fresh) == 30
    bring(fresh, tmp_path / "bill/a.csv", mode=Mode.REPLACE)
    assert billed(fresh) == 10


def test_one_bill_of_many_deliveries_replaces_each_of_them(
    fresh: Workspace, tmp_path: Path
) -> None:
    accounts = ("1111", "2222", "3333")
    brought(
        fresh,
        saved(tmp_path / "all.csv", *(on(1, "10", BillingAccountId=name) for name in accounts)),
    )
    snapshot = fresh.snapshot()
    assert snapshot
    assert len({part.delivery for part in snapshot.parts}) == 3
    restated = (on(1, str(n), BillingAccountId=name) for n, name in enumerate(accounts, start=1))
    brought(fresh, saved(tmp_path / "again.csv", *restated))
    assert billed(fresh) == 6
