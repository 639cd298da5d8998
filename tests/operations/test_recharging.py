"""The journal charges a cost center back once its owner agreed; of others it says what lacks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from finops.core.period import BillingPeriod
from finops.errors import RateMissing
from finops.invoicing.posting import Accounts
from finops.invoicing.recharge import RECHARGE
from finops.operations.recharging import gate_of
from finops.operations.recharging import journal_of
from finops.operations.telling import accept
from tests.invoicing.bill import AT
from tests.operations.owned import call
from tests.operations.owned import closed
from tests.operations.owned import market
from tests.operations.owned import TERMS
from tests.operations.owned import told

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.invoicing.journal import Journal

TODAY = AT.date()
MONTHS = ("2026-04", "2026-05")


def of(workspace: Workspace, month: str = "2026-05", today: date = TODAY) -> Journal:
    period = BillingPeriod.parse(month)
    return journal_of(
        workspace, workspace.dataset(), period, accounts=Accounts(), today=today, terms=TERMS
    )


def charged(found: Journal) -> dict[str, int]:
    return {
        line.cost_center: int(line.debit)
        for one in found.entries
        if one.kind == RECHARGE
        for line in one.lines
        if line.cost_center
    }


def test_a_cost_center_waits_for_its_owner_and_its_months_and_is_then_charged(
    opened: Workspace, tmp_path: Path
) -> None:
    market(opened, tmp_path / "a.csv", MONTHS)
    assert [one.lacks for one in of(opened).recharged[0].waiting] == [
        (f"{center} has not agreed to 2026-04, 2026-05; 2 months in a row are asked",)
        for center in ("CC-1", "CC-2")
    ]
    closed(opened, *MONTHS)
    assert charged(of(opened)) == {}
    for month in MONTHS:
        accept(opened, told(opened, "CC-1", month), call=call("Ines Moreau"))
    found = of(opened)
    assert charged(found) == {"CC-1": 60}
    assert [one.cost_center for one in found.recharged[0].waiting] == ["CC-2"]
    later = of(opened, today=TODAY + timedelta(days=11))
    assert charged(later) == {"CC-1": 60, "CC-2": 40}
    assert later.recharged[0].rate == 1


def test_without_one_sum_of_the_month_everybody_waits_and_is_told_why() -> None:
    def refuse() -> tuple[()]:
        message = "There is no rate from JPY to USD."
        raise RateMissing(message)

    assert gate_of(refuse).lacks("CC-1")[0] == "There is no rate from JPY to USD"
