"""The worklist as an engineer uses it: from the finding to its command, and to who does it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import open_workspace
from finops.savings.ledger import savings_of
from finops.workloads.progress import Progress
from finops.workloads.progress import progress_of
from finops.workloads.progress import State
from tests.corpus import written
from tests.pages import works_month
from tests.workloads.conftest import DAY
from tests.workloads.conftest import rows

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Visit

PAGE = "optimize/worklist.py"


@pytest.fixture
def april(tmp_path: Path) -> Path:
    """The dollars of April, on the first of May."""
    return works_month.april(tmp_path)


def test_the_first_line_says_what_it_is_worth(visit: Visit, april: Path) -> None:
    assert "3 things to do: 144.60\xa0USD less in 30 days" in visit(april, PAGE).markdown[0].value


def test_the_chosen_finding_shows_its_price_and_its_commands(visit: Visit, april: Path) -> None:
    at = visit(april, PAGE)
    assert any("saves 135.00" in one.value.replace("\\", "") for one in at.markdown)
    shown = [one.value for one in at.code]
    assert any("describe-instances --instance-ids i-0ab12345" in one for one in shown)
    assert any("stop-instances" in one and "--dry-run" in one for one in shown)
    assert any("aws ec2 describe-volumes" in one for one in shown)


def test_a_finding_is_assigned_once_and_stays_so(visit: Visit, april: Path) -> None:
    at = visit(april, PAGE)
    _write(at, "owner", "bob")
    _send(at)
    assert any("assigned, on the record" in one.value.replace("\\", "") for one in at.success)
    assert any("It is **assigned**, by bob" in one.value for one in at.markdown)
    assert [one.state for one in _kept(april)] == [State.ASSIGNED]


def test_one_click_lets_a_finding_wait_with_a_reason_until_its_day(
    visit: Visit, april: Path
) -> None:
    at = visit(april, PAGE)
    _click(at, "-NOT_WORTH_IT")
    assert "2 things to do" in at.markdown[0].value
    _click(at, "-EXPECTED", reason="kept for the audit")
    assert "1 thing to do" in at.markdown[0].value
    kept = {one.state: one for one in _kept(april)}
    assert set(kept) == {State.NOT_WORTH_IT, State.EXPECTED}
    assert kept[State.EXPECTED].reason == "kept for the audit"
    assert "hours of work" in kept[State.NOT_WORTH_IT].reason
    assert {one.until for one in kept.values()} == {DAY + timedelta(days=90)}


def test_a_finding_is_claimed_as_a_saving_once(visit: Visit, april: Path) -> None:
    at = visit(april, PAGE)
    next(one for one in at.button if one.label == "Claim it as a saving").click().run()
    assert any("proposed as saving S" in one.value for one in at.success)
    assert any("which is identified" in one.value for one in at.caption)
    assert not [one for one in at.button if one.label == "Claim it as a saving"]
    workspace = open_workspace(april)
    (saving,) = savings_of(workspace, today=DAY)
    workspace.close()
    assert (saving.expected, saving.scope) == (
        Decimal("135.00"),
        "ResourceId=arn:aws:ec2:eu-west-1:1:instance/i-0ab12345",
    )
    assert saving.finding


def test_who_did_it_cannot_verify_it_and_is_told_who_can(
    visit: Visit, april: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = visit(april, PAGE)
    _write(at, "owner", "local")
    _send(at)
    for state in (State.APPROVED, State.DONE):
        next(one for one in at.selectbox if str(one.key).endswith("-state")).set_value(state)
        _send(at)
    assert any("still show it" in one.value for one in at.markdown)
    _bring_may_without_it(april, *_kept(april))
    at = visit(april, PAGE)
    assert any("no longer shows it" in one.value for one in at.markdown)
    assert any("--as NAME worklist set" in one.value for one in at.caption)
    monkeypatch.setenv("FINOPS_AS", "helen")
    at = visit(april, PAGE)
    next(one for one in at.button if one.label == "It is gone: verify it").click().run()
    assert [(one.state, one.actor) for one in _kept(april)] == [(State.VERIFIED, "helen")]


def _bring_may_without_it(folder: Path, done: Progress) -> None:
    """The same bill a month later, without what is done; and it is the first of June."""
    month = {"ChargePeriodStart", "ChargePeriodEnd", "BillingPeriodStart", "BillingPeriodEnd"}
    later = [
        row | {name: row[name].replace("-05-", "-06-").replace("-04-", "-05-") for name in month}
        for row in rows()
        if row["BillingCurrency"] == "USD" and row["ResourceId"] != done.resource
    ]
    file = folder / "may.csv"
    file.write_text(written(later))
    works_month.bring(folder, file)
    (folder / "finops.toml").write_text("today = 2026-05-31\n")


def _click(at: AppTest, end: str, *, reason: str = "") -> None:
    _write(at, "reason", reason)
    next(one for one in at.button if str(one.key).endswith(end)).click().run()


def _write(at: AppTest, field: str, text: str) -> None:
    next(one for one in at.text_input if str(one.key).endswith(f"-{field}")).set_value(text)


def _send(at: AppTest) -> None:
    next(one for one in at.button if str(one.key).endswith("-send")).click().run()


def _kept(folder: Path) -> list[Progress]:
    workspace = open_workspace(folder)
    found = list(progress_of(workspace, today=DAY).values())
    workspace.close()
    return found
