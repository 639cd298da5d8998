"""The worklist as an engineer uses it: from the finding to its command, and to who does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.access import clock
from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.access.workspace import open_workspace
from finops.ingestion import ingest
from finops.workloads.progress import Progress
from finops.workloads.progress import progress_of
from finops.workloads.progress import State
from tests.corpus import written
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
    folder = tmp_path / "april"
    workspace = make_workspace(folder)
    file = tmp_path / "april.csv"
    file.write_text(written(row for row in rows() if row["BillingCurrency"] == "USD"))
    (report,) = ingest.run(
        workspace, [str(file)], actor=local_actor(), at=clock.now(), origin="test"
    )
    assert report.status == "committed"
    workspace.close()
    (folder / "finops.toml").write_text(f"today = {DAY}\n")
    return folder


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


def test_what_is_not_worth_it_needs_a_reason_and_leaves_the_list(visit: Visit, april: Path) -> None:
    at = visit(april, PAGE)
    state = next(one for one in at.selectbox if str(one.key).endswith("-state"))
    state.set_value(State.NOT_WORTH_IT)
    _send(at)
    assert any("has a reason" in one.value.replace("\\", "") for one in at.error)
    _write(at, "reason", "kept for the audit")
    _send(at)
    assert "2 things to do" in at.markdown[0].value
    assert [one.state for one in _kept(april)] == [State.NOT_WORTH_IT]


def _write(at: AppTest, field: str, text: str) -> None:
    next(one for one in at.text_input if str(one.key).endswith(f"-{field}")).set_value(text)


def _send(at: AppTest) -> None:
    next(one for one in at.button if str(one.key).endswith("-send")).click().run()


def _kept(folder: Path) -> list[Progress]:
    workspace = open_workspace(folder)
    found = list(progress_of(workspace, today=DAY).values())
    workspace.close()
    return found
