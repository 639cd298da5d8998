from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from finops.reporting import worklist_table
from finops.workloads.progress import State
from tests.portal.things import told
from tests.portal.things import works


def test_each_finding_is_a_row_with_its_price_command_state_and_mark() -> None:
    found = told()
    held = replace(works()[0].progress, state=State.EXPECTED, reason="a fail-over")
    rows = worklist_table.rows(found, found.findings, {held.key: held}, mark="2026-04 provisional")
    first, *others = [dict(zip(worklist_table.COLUMNS, row, strict=True)) for row in rows]
    assert (first["Net now"], first["Currency"]) == (Decimal(10), "USD")
    assert (first["State"], first["Reason"]) == ("expected", "a fail-over")
    assert first["Period state"] == "2026-04 provisional"
    assert str(first["Check"]).startswith("aws ec2 describe-volumes")
    assert [one["State"] for one in others] == ["open", "open"]
    assert others[-1]["Net now"] is None
