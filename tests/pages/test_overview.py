"""The overview, as the room looks at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Visit

OVERVIEW = "together/overview.py"


def test_it_opens_with_the_month_in_a_sentence(visit: Visit, three_months: Path) -> None:
    first = visit(three_months, OVERVIEW).markdown[0].value.replace("\u00a0", " ")
    assert first.startswith("## **October 2026 cost 943.43 USD**, 103.8 % more than September")


def test_billed_cost_is_told_as_billed(visit: Visit, three_months: Path) -> None:
    at = visit(three_months, OVERVIEW, basis="Billed")
    assert "October 2026 was billed 943.43" in at.markdown[0].value
    assert at.metric[0].label == "Billed cost"


def test_a_team_sees_its_own_figures(visit: Visit, three_months: Path) -> None:
    at = visit(three_months, OVERVIEW)
    at.multiselect(key="team").select("search").run()
    assert not at.exception
    assert at.metric[0].value == "623.10\u00a0USD"


def test_a_month_to_date_is_compared_with_as_many_days(visit: Visit, three_months: Path) -> None:
    at = visit(three_months, OVERVIEW, period="2026-11")
    assert "1 to 12 November 2026 cost" in at.markdown[0].value


def test_every_chart_can_be_read_as_a_table(visit: Visit, three_months: Path) -> None:
    at = visit(three_months, OVERVIEW)
    for switch in at.toggle:
        switch.set_value(True)
    at.run()
    assert len(at.dataframe) == len(at.toggle) == 7
    by_team = next(frame.value for frame in at.dataframe if "Team" in frame.value)
    assert list(by_team["Team"]) == ["search", "ml", "UNALLOCATED"]


def test_it_says_whether_the_month_ties_and_leads_to_it(
    visit: Visit, three_months: Path, tied: Path, untied: Path
) -> None:
    said = {three_months: "none yet", tied: "1 of 1 tie", untied: "12.50 USD unexplained"}
    for workspace, words in said.items():
        (link,) = visit(workspace, OVERVIEW).get("page_link")
        assert words in link.proto.label.replace("\u00a0", " ")
        assert link.proto.page == "reconciliation"


def test_what_rates_of_exchange_moved_is_a_step_and_the_seal_names_the_rates(
    visit: Visit, abroad: Path
) -> None:
    at = visit(abroad, OVERVIEW)
    for switch in at.toggle:
        switch.set_value(True)
    at.run()
    assert not at.exception
    moved = next(f.value for f in at.dataframe if "FX" in set(f.value.get("Service", ())))
    change = moved.set_index("Service")["Change (USD)"]
    assert str(change["FX"]) == "6.20"
    seals = [one.value for one in at.caption if one.value.startswith("Converted at")]
    assert seals == ["Converted at each month's usual rate"]
    at = visit(abroad, OVERVIEW, rates="Constant currency")
    told = [one.value for one in at.caption]
    assert any("constant currency: the usual rate of 2026-09" in one for one in told)
    assert "91.2\u00a0% more than September 2026" in at.markdown[0].value
