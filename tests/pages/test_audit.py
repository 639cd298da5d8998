"""The page Access & audit, as an auditor uses it: is it whole, who did what, who may."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Visit

AUDIT = "operate/audit.py"


def events(at: AppTest) -> list[int]:
    """The events that are shown."""
    return next(list(one.value["Event"]) for one in at.dataframe if "Event" in one.value)


def test_it_opens_with_whether_the_log_is_whole(visit: Visit, planned: Path) -> None:
    at = visit(planned, AUDIT)
    assert at.markdown[0].value.startswith("## **The log is unbroken: ")
    assert any(text.value.startswith("Head `") for text in at.markdown)


def test_events_are_filtered_and_told_before_and_after(visit: Visit, planned: Path) -> None:
    at = visit(planned, AUDIT)
    every = events(at)
    assert every == sorted(every, reverse=True)
    at.selectbox(key="audit-command").set_value("budgets.add").run()
    assert not at.exception
    assert 0 < len(events(at)) < len(every)
    assert at.code[0].value == "nothing"
    assert any(f"Event {events(at)[0]}" in mark.value for mark in at.markdown)


def test_who_may_do_what_stands_on_it(visit: Visit, planned: Path) -> None:
    at = visit(planned, AUDIT)
    table = next(one.value for one in at.dataframe if "auditor" in one.value)
    row = table[table["What"] == "period.approve"].iloc[0]
    assert (row["Needs"], row["finance"], row["auditor"]) == ("close periods", "yes", "")
