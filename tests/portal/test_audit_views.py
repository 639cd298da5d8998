"""The log on the page: its first line, as it is whole, empty or broken."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC

from finops.access.trail import Check
from finops.core.finding import Finding
from finops.portal import audit_views
from finops.records.audit import Head

WHOLE = Check(
    events=1214,
    last=datetime(2026, 11, 21, 9, tzinfo=UTC),
    head=Head(1214, "1a2b3c4d" + "0" * 56),
    noted=1214,
    findings=(),
)


def test_a_whole_log_is_told_with_its_end() -> None:
    said = "**The log is unbroken: 1,214 events to 21 Nov 2026, head 1a2b3c4d.**"
    assert audit_views.sentence(WHOLE) == said


def test_a_log_in_which_nothing_stands_is_whole() -> None:
    empty = Check(events=0, last=None, head=Head(0, "0" * 64), noted=0, findings=())
    assert audit_views.sentence(empty) == "**The log is unbroken: nothing has happened yet.**"


def test_a_broken_log_names_the_first_event_that_breaks() -> None:
    faults = tuple(Finding(rule="audit.seal", line=at, reason="it was changed") for at in (7, 9))
    broken = Check(events=9, last=WHOLE.last, head=WHOLE.head, noted=9, findings=faults)
    assert audit_views.sentence(broken) == "**The log is broken at event 7: it was changed.**"
